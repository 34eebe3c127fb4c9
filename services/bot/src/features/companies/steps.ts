import { z } from 'zod'
import { defineStep } from '../../routing/dialog-step.ts'

/** Without an id, the name is that of a new company. */
export const nameStep = defineStep('company-name', { companyId: z.number().optional() })
export const clientStep = defineStep('company-client', { companyId: z.number(), search: z.string().optional() })
