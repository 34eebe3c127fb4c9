import { defineAction } from '../../routing/action.ts'
import { pageNumber, token } from '../../routing/parameters.ts'

export const listTerminals = defineAction('term-list', { page: pageNumber })
/** A terminal stands by the digest of its name. */
export const showStock = defineAction('term-page', { terminal: token, page: pageNumber })
export const refreshStock = defineAction('term-refresh', { terminal: token, page: pageNumber })
