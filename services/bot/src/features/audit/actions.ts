import { defineAction } from '../../routing/action.ts'
import { pageNumber } from '../../routing/parameters.ts'

/** A page of the entries that the open search finds. */
export const turnAuditPage = defineAction('audit-page', { page: pageNumber })
/** All entries: it ends the search. */
export const showAudit = defineAction('audit-all')
