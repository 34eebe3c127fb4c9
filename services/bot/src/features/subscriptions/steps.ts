import { z } from 'zod'
import { defineStep } from '../../routing/dialog-step.ts'

const containers = z.array(z.string())

export const nameStep = defineStep('sub-name', { containers })
export const numbersStep = defineStep('sub-numbers', { name: z.string(), containers })
export const timesStep = defineStep('sub-times', { name: z.string(), containers })
export const confirmStep = defineStep('sub-confirm', { name: z.string(), containers, slots: z.array(z.string()) })
