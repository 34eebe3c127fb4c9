import { z } from 'zod'
import { defineStep } from '../../routing/dialog-step.ts'

/** Without an id, the name is that of a new list. */
export const mailListNameStep = defineStep('mail-list-name', { listId: z.number().optional() })
export const mailListFieldStep = defineStep('mail-list-field', {
  listId: z.number(),
  field: z.enum(['addresses', 'clients', 'trains']),
})
