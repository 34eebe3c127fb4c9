import { defineAction } from '../../routing/action.ts'
import { count, oneOf, optional, pageNumber, rowId } from '../../routing/parameters.ts'

/** The admin has confirmed this number of recipients, and this revision of the draft. */
export const sendBroadcast = defineAction('broadcast-send', {
  broadcastId: rowId,
  recipients: count,
  revision: optional(count),
})
export const rewriteDraft = defineAction('broadcast-rewrite', { broadcastId: rowId })
export const dropDraft = defineAction('broadcast-drop', { broadcastId: rowId })
export const toggleSound = defineAction('broadcast-sound', { broadcastId: rowId })
export const chooseTime = defineAction('broadcast-time', { broadcastId: rowId })
export const sendAtOnce = defineAction('broadcast-now', { broadcastId: rowId })

export const chooseAudience = defineAction('broadcast-audience', { broadcastId: rowId })
/** An audience that needs no further choice: everybody, a role, or the active within so many days. */
export const setAudience = defineAction('broadcast-to', {
  broadcastId: rowId,
  audience: oneOf('everybody', 'admin', 'operator', 'viewer', 'active7', 'active30', 'active90'),
})
export const listCompanies = defineAction('broadcast-companies', { broadcastId: rowId, page: pageNumber })
export const setCompany = defineAction('broadcast-company', { broadcastId: rowId, companyId: rowId })
export const listSubjects = defineAction('broadcast-subjects', {
  broadcastId: rowId,
  subject: oneOf('train', 'destination', 'client'),
  page: pageNumber,
})
/** The subject of this subscription. */
export const setSubject = defineAction('broadcast-subject', { broadcastId: rowId, subscriptionId: rowId })

export const listBroadcasts = defineAction('broadcast-list', { page: pageNumber })
export const openBroadcast = defineAction('broadcast-open', { broadcastId: rowId })
export const pauseBroadcast = defineAction('broadcast-pause', { broadcastId: rowId })
export const resumeBroadcast = defineAction('broadcast-resume', { broadcastId: rowId })
export const askToStop = defineAction('broadcast-stop', { broadcastId: rowId })
export const cancelBroadcast = defineAction('broadcast-cancel', { broadcastId: rowId })
export const orderUnreached = defineAction('broadcast-unreached', { broadcastId: rowId })
/** The round in which the admin saw failed messages: the button does nothing in a later one. */
export const resendFailed = defineAction('broadcast-again', { broadcastId: rowId, round: count })
export const askToRecall = defineAction('broadcast-recall', { broadcastId: rowId })
/** The admin has confirmed this number of messages. */
export const recallBroadcast = defineAction('broadcast-recall-yes', { broadcastId: rowId, messages: count })
