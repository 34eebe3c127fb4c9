import { defineAction } from '../../routing/action.ts'
import { oneOf, pageNumber, rowId, rowIdOrNone } from '../../routing/parameters.ts'

/** Without a company, the people of all companies are listed. */
export const listPeople = defineAction('pe-list', { companyId: rowIdOrNone, page: pageNumber })
export const viewPerson = defineAction('pe-view', { personId: rowId })
export const offerCompanies = defineAction('pe-companies', { personId: rowId, page: pageNumber })
export const setCompany = defineAction('pe-company', { personId: rowId, companyId: rowIdOrNone })
export const setRole = defineAction('pe-role', { personId: rowId, role: oneOf('operator', 'admin') })
export const askToDismiss = defineAction('pe-dismiss', { personId: rowId })
export const dismissPerson = defineAction('pe-dismiss-yes', { personId: rowId })
