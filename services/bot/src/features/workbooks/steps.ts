import { z } from 'zod'
import { defineStep } from '../../routing/dialog-step.ts'

/** The column mapping that an admin has defined so far. */
export const mappingStep = defineStep('wb-teach', {
  workbookId: z.int(),
  header: z.int().nonnegative(),
  columns: z.record(z.string(), z.int().nonnegative()),
  // Absent from drafts of earlier releases.
  guessed: z.array(z.int().nonnegative()).default([]),
})
export const stationStep = defineStep('train-station', { trainCode: z.string() })
