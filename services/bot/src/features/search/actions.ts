import { defineAction } from '../../routing/action.ts'
import { pageNumber, token } from '../../routing/parameters.ts'

/** Decoding the filter needs the directory of stations. */
export const showFound = defineAction('find', { filter: token, page: pageNumber })
export const refreshFound = defineAction('find-now', { filter: token, page: pageNumber })
export const sendFoundWorkbook = defineAction('find-excel', { filter: token })
