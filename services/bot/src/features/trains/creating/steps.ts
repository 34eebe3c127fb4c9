import { z } from 'zod'
import { defineStep } from '../../../routing/dialog-step.ts'

const named = { trainCode: z.string() }
const going = { ...named, destination: z.string().optional() }

export const codeStep = defineStep('train-new-code')
export const destinationStep = defineStep('train-new-to', named)
export const dateStep = defineStep('train-new-day', going)
/** `sentAt` is a moment as ISO text. */
export const listStep = defineStep('train-new-list', { ...going, sentAt: z.string() })
