import { defineAction } from '../../../routing/action.ts'
import { rowId } from '../../../routing/parameters.ts'

export const sendHere = defineAction('sub-here', { subscriptionId: rowId })
export const acceptReports = defineAction('sub-accept', { targetId: rowId })
/** Also later: the colleague wants no more of them. */
export const declineReports = defineAction('sub-decline', { targetId: rowId })
