import { z } from 'zod'
import { defineStep } from '../../../routing/dialog-step.ts'

const shape = { trainCode: z.string() }

export const destinationStep = defineStep('train-fix-to', shape)
export const dateStep = defineStep('train-fix-day', shape)
export const codeStep = defineStep('train-fix-code', shape)
