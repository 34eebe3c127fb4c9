import { z } from 'zod'
import { defineStep } from '../../routing/dialog-step.ts'

export const addressStep = defineStep('email-address')
/** Without an address: the one whose code is the newest. */
export const codeStep = defineStep('email-code', { id: z.number().optional() })
export const emailNameStep = defineStep('email-name', { id: z.number() })
