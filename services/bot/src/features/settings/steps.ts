import { defineStep } from '../../routing/dialog-step.ts'

export const zoneStep = defineStep('set-zone')
export const quietStep = defineStep('set-quiet')
