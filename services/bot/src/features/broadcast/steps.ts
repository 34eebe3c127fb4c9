import { defineStep } from '../../routing/dialog-step.ts'

export const textStep = defineStep('broadcast-text')
