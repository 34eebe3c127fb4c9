import { defineStep } from '../../routing/dialog-step.ts'

export const addressStep = defineStep('email-address')
export const codeStep = defineStep('email-code')
