import { defineAction } from '../../routing/action.ts'
import { oneOf, pageNumber, rowId, rowIdOrNone } from '../../routing/parameters.ts'

/** Asks for access; `skipAbout` omits the text of the person about themselves. */
export const askForAccess = defineAction('access-ask')
export const skipAbout = defineAction('access-skip')

export const offerRoles = defineAction('access-grant', { personId: rowId })
export const backToRequest = defineAction('access-back', { personId: rowId })
export const denyAccess = defineAction('access-deny', { personId: rowId })
export const chooseRole = defineAction('access-role', { personId: rowId, role: oneOf('viewer', 'operator', 'admin') })
export const offerCompanies = defineAction('access-companies', { personId: rowId, page: pageNumber })
/** Without a company a viewer sees nothing until they get one. */
export const chooseCompany = defineAction('access-company', { personId: rowId, companyId: rowIdOrNone })
export const nameCompany = defineAction('access-new', { personId: rowId })
