import { defineStep } from '../../routing/dialog-step.ts'

/** The next text is the number of a container. */
export const containerStep = defineStep('why-container')
