import { z } from 'zod'
import { defineStep } from '../../routing/dialog-step.ts'

export const aboutStep = defineStep('access-about')
export const companyStep = defineStep('access-company-name', { personId: z.number() })
