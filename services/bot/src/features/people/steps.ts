import { z } from 'zod'
import { defineStep } from '../../routing/dialog-step.ts'

/** Without a text, nothing has been looked for yet. */
export const searchStep = defineStep('people-search', { text: z.string().optional() })
export const writingStep = defineStep('people-writing', { personId: z.int() })
/** `html` is the text or the caption, as Telegram HTML; `file` the call that sends the file above it; `written` the update that brought both. */
export const sendingStep = defineStep('people-sending', {
  personId: z.int(),
  html: z.string(),
  written: z.int(),
  file: z.object({ method: z.string(), payload: z.record(z.string(), z.unknown()) }).optional(),
})
/** Further parts of an album, which its draft gathers; another message replaces it. */
export const albumStep = defineStep('people-album', {
  personId: z.int(),
  draftId: z.int().positive(),
  mediaGroupId: z.string(),
})
