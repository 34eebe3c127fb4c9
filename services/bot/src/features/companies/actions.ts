import { defineAction } from '../../routing/action.ts'
import { count, pageNumber, rowId } from '../../routing/parameters.ts'

export const listCompanies = defineAction('co-list', { page: pageNumber })
export const addCompany = defineAction('co-add')
export const viewCompany = defineAction('co-view', { companyId: rowId })
export const countContainers = defineAction('co-count', { companyId: rowId })
export const drawCompany = defineAction('co-map', { companyId: rowId })
export const renameCompany = defineAction('co-rename', { companyId: rowId })
export const askToShare = defineAction('co-share', { companyId: rowId })
/** The admin has agreed to this number of clients. */
export const shareCompany = defineAction('co-share-yes', { companyId: rowId, clients: count })
export const unshareCompany = defineAction('co-unshare', { companyId: rowId })
export const askToRemoveCompany = defineAction('co-remove', { companyId: rowId })
/** The admin has agreed to this number of people. */
export const removeCompany = defineAction('co-remove-yes', { companyId: rowId, people: count })

export const listClients = defineAction('co-clients', { companyId: rowId, page: pageNumber })
export const askToRemoveClient = defineAction('co-client', { companyId: rowId, clientId: rowId })
export const removeClient = defineAction('co-client-yes', { companyId: rowId, clientId: rowId })
export const offerKnownClients = defineAction('co-known', { companyId: rowId, page: pageNumber })
export const pickKnownClient = defineAction('co-pick', { companyId: rowId, spellingId: rowId })
export const addTypedClient = defineAction('co-typed', { companyId: rowId })
