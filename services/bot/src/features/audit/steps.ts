import { z } from 'zod'
import { defineStep } from '../../routing/dialog-step.ts'

/** The next text is searched for; `text` is the search that is shown. */
export const searchStep = defineStep('audit-search', { text: z.string().optional() })
