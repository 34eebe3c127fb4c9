import { z } from 'zod'
import { defineStep } from '../../../routing/dialog-step.ts'

export const numbersStep = defineStep('train-move-which', { trainCode: z.string() })
/** `containers` are as they were typed; those that are not on the train are said again with the preview. */
export const targetStep = defineStep('train-move-to', { trainCode: z.string(), containers: z.array(z.string()) })
/** `shown` is the update whose answer shows what would change, `moving` how many containers it names. */
export const confirmStep = defineStep('train-move-sure', {
  trainCode: z.string(),
  containers: z.array(z.string()),
  to: z.string(),
  moving: z.int(),
  shown: z.int(),
})
