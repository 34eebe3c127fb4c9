import { defineAction } from '../../routing/action.ts'
import { pageNumber, token } from '../../routing/parameters.ts'

export const listTerminals = defineAction('term-list', { page: pageNumber })
/** The digest of its name identifies a terminal. */
export const showStock = defineAction('term-page', { terminal: token, page: pageNumber })
export const drawStock = defineAction('term-draw', { terminal: token })
export const refreshStock = defineAction('term-refresh', { terminal: token, page: pageNumber })
