import { defineAction } from '../../routing/action.ts'
import { containerNumber, pageNumber, token } from '../../routing/parameters.ts'

export const listTerminals = defineAction('term-list', { page: pageNumber })
/** The digest of its name identifies a terminal. */
export const showStock = defineAction('term-page', { terminal: token, page: pageNumber })
export const drawStock = defineAction('term-draw', { terminal: token })
export const refreshStock = defineAction('term-refresh', { terminal: token, page: pageNumber })
/** Decoding the filter needs the names of what stands there. */
export const showBoxes = defineAction('stock', { filter: token, page: pageNumber })
export const refreshBoxes = defineAction('stock-now', { filter: token, page: pageNumber })
export const sendStockWorkbook = defineAction('stock-xls', { filter: token })
/** Sends the card of a container as a new message. */
export const openBox = defineAction('stock-card', { container: containerNumber })
