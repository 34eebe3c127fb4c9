import { defineAction } from '../../routing/action.ts'
import { containerNumber, optional, pageNumber, rowId, rowIdOrNone } from '../../routing/parameters.ts'

/** The update of its question identifies a list. A card that was opened from a list leads back to it. */
const place = { container: containerNumber, list: optional(rowIdOrNone) }

export const openCard = defineAction('card-open', place)
export const refreshCard = defineAction('card', place)
export const sendCardWorkbook = defineAction('card-excel', { container: containerNumber })
export const drawRoute = defineAction('card-route', { container: containerNumber })
export const drawPace = defineAction('card-pace', { container: containerNumber })
export const showHistory = defineAction('history', { container: containerNumber, list: rowIdOrNone, page: pageNumber })
export const watchContainer = defineAction('watch', { container: containerNumber })
export const unwatchContainer = defineAction('unwatch', { container: containerNumber })
export const showList = defineAction('lookup-list', { list: rowId })
export const sendListWorkbook = defineAction('lookup-excel', { list: rowId })
export const drawListMap = defineAction('lookup-map', { list: rowId })
export const drawListArrivals = defineAction('lookup-days', { list: rowId })
export const showAbsent = defineAction('lookup-absent', { list: rowId, page: pageNumber })
