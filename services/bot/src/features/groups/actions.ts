import { defineAction } from '../../routing/action.ts'
import { pageNumber, rowId, rowIdOrNone } from '../../routing/parameters.ts'

export const listGroups = defineAction('grp-list', { page: pageNumber })
export const viewGroup = defineAction('grp-view', { groupId: rowId })
/** Offers the companies whose containers the group may see. */
export const offerScopes = defineAction('grp-allow', { groupId: rowId, page: pageNumber })
/** Without a company the group sees everything. */
export const letGroupIn = defineAction('grp-scope', { groupId: rowId, companyId: rowIdOrNone })
/** A button of a request, which another admin may have answered meanwhile. */
export const declineGroup = defineAction('grp-deny', { groupId: rowId })
export const closeGroup = defineAction('grp-close', { groupId: rowId })
