import { peopleList } from '@atermtrack/data'
import { defineAction } from '../../routing/action.ts'
import { oneOf, optional, pageNumber, rowId, rowIdOrNone } from '../../routing/parameters.ts'

/** Without a company, the people of all companies are listed. */
export const listPeople = defineAction('pe-list', { companyId: rowIdOrNone, page: pageNumber })
export const browsePeople = defineAction('pe-browse', { filter: oneOf(...peopleList.peopleFilters), page: pageNumber })
export const chooseFilter = defineAction('pe-filter')
export const askSearch = defineAction('pe-search')
/** Of the people whom the text of the open search finds. */
export const turnFound = defineAction('pe-found', { page: pageNumber })

/** `back` and `page` say which list the way back leads to. */
export const viewPerson = defineAction('pe-view', {
  personId: rowId,
  back: optional(oneOf(...peopleList.peopleFilters, 'company', 'found')),
  page: optional(pageNumber),
})
/** Lets in somebody who is not; without it a button changes the rights of somebody who is in, and nothing once they are out. */
const letIn = optional(oneOf('in'))
export const offerRights = defineAction('pe-rights', { personId: rowId })
export const offerCompanies = defineAction('pe-companies', { personId: rowId, page: pageNumber, letIn })
export const setCompany = defineAction('pe-company', { personId: rowId, companyId: rowIdOrNone, letIn })
export const setRole = defineAction('pe-role', { personId: rowId, role: oneOf('operator', 'admin'), letIn })
/** Asks before somebody becomes an administrator. */
export const askToAppoint = defineAction('pe-appoint', { personId: rowId, letIn })
export const askToDismiss = defineAction('pe-dismiss', { personId: rowId })
export const dismissPerson = defineAction('pe-dismiss-yes', { personId: rowId })

export const writeToPerson = defineAction('pe-write', { personId: rowId })
/** Sends the text that the message with this button has shown, which its update identifies. */
export const sendWritten = defineAction('pe-send', { personId: rowId, written: rowId })
export const dropWritten = defineAction('pe-drop')
/** The same for an album: the revision of its draft that the message above the button shows. */
export const sendAlbum = defineAction('pe-send-album', { draftId: rowId, revision: rowId })
export const dropAlbum = defineAction('pe-drop-album', { draftId: rowId })
