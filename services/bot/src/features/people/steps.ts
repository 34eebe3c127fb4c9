import { z } from 'zod'
import { defineStep } from '../../routing/dialog-step.ts'

/** Without a text, nothing has been looked for yet. */
export const searchStep = defineStep('people-search', { text: z.string().optional() })
export const writingStep = defineStep('people-writing', { personId: z.int() })
/** `html` is what was typed, as Telegram HTML; `written` is the update that brought it. */
export const sendingStep = defineStep('people-sending', { personId: z.int(), html: z.string(), written: z.int() })
