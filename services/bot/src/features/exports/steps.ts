import { exportKinds } from '@atermtrack/domain'
import { z } from 'zod'
import { defineStep } from '../../routing/dialog-step.ts'

export const exportDatesStep = defineStep('export-dates', { exported: z.enum(exportKinds) })
