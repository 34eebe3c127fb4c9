import { defineAction } from '../../routing/action.ts'
import { containerNumber, optional, pageNumber, rowId, timeOfDay } from '../../routing/parameters.ts'

export const listSubscriptions = defineAction('sub-list', { page: pageNumber })
export const viewSubscription = defineAction('sub-view', { subscriptionId: rowId })
export const sendReportNow = defineAction('sub-send', { subscriptionId: rowId })
export const askToRemoveSubscription = defineAction('sub-remove', { subscriptionId: rowId })
export const removeSubscription = defineAction('sub-remove-yes', { subscriptionId: rowId })
export const beginSubscription = defineAction('sub-add')
/** A button of cards that are older than the watch button. */
export const beginSubscriptionOfOne = defineAction('sub-new', { container: containerNumber })
export const closeNumbers = defineAction('sub-next')
export const chooseTimes = defineAction('sub-times', { first: timeOfDay, second: optional(timeOfDay) })
export const saveSubscription = defineAction('sub-save')
export const dropDraft = defineAction('sub-drop')
