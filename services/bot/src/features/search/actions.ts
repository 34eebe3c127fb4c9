import { defineAction } from '../../routing/action.ts'
import { pageNumber, token } from '../../routing/parameters.ts'

/** Decoding the filter needs the directory of stations. */
export const showFound = defineAction('find', { filter: token, page: pageNumber })
export const refreshFound = defineAction('find-now', { filter: token, page: pageNumber })
/** Names are short: with a filter, the data of a button are full. */
export const drawFoundMap = defineAction('find-map', { filter: token })
export const drawFoundArrivals = defineAction('find-days', { filter: token })
export const shareFound = defineAction('find-send', { filter: token })
export const sendFoundWorkbook = defineAction('find-excel', { filter: token })
