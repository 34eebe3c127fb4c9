import { subscriptionSubjects } from '@atermtrack/domain'
import { z } from 'zod'
import { defineStep } from '../../routing/dialog-step.ts'

const subject = z.enum(subscriptionSubjects)

/** The subject of a new subscription. The fields after the containers came later: dialogs of the release before lack them. */
const about = {
  containers: z.array(z.string()),
  /** The person's own words about containers. */
  words: z.record(z.string(), z.object({ note: z.string().optional(), orderNumber: z.string().optional() })).optional(),
  subject: subject.optional(),
  subjectText: z.string().optional(),
  companyId: z.int().optional(),
  companyName: z.string().optional(),
  stationName: z.string().optional(),
}
const named = { name: z.string(), ...about }

export const nameStep = defineStep('sub-name', { ...about, suggested: z.string().optional() })
export const numbersStep = defineStep('sub-numbers', named)
export const aboutStep = defineStep('sub-about', { ...named, subject })
export const timesStep = defineStep('sub-times', named)
export const confirmStep = defineStep('sub-confirm', { ...named, slots: z.array(z.string()) })

/** A text that changes a subscription. */
export const editStep = defineStep('sub-edit', {
  subscriptionId: z.int(),
  field: z.enum(['name', 'add', 'cut', 'times', 'days', 'pause', 'digest', 'colleague', 'past', 'columns']),
})
export const editSubjectStep = defineStep('sub-edit-subject', { subscriptionId: z.int(), subject })

/** A file that becomes the template of the reports of a subscription. */
export const templateStep = defineStep('sub-template', { subscriptionId: z.int() })

export const forceIdsStep = defineStep('sub-force-ids')
/** Without ids, all of them. */
export const forceConfirmStep = defineStep('sub-force-confirm', { ids: z.array(z.int()).optional() })
