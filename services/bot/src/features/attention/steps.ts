import { z } from 'zod'
import { defineStep } from '../../routing/dialog-step.ts'

/** The note about a container. */
export const noteStep = defineStep('attn-note', { container: z.string() })
