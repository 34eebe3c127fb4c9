import { attentionReasons } from '@atermtrack/domain'
import { z } from 'zod'
import { defineStep } from '../../routing/dialog-step.ts'

/** The note about a container. */
export const noteStep = defineStep('attn-note', { container: z.string() })

/** Until when a container is put off, and the list from which it was opened. */
export const untilStep = defineStep('attn-until', {
  container: z.string(),
  whose: z.enum(['own', 'all']),
  shown: z.enum(['any', 'hidden', ...attentionReasons]),
})
