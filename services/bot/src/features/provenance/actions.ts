import { defineAction } from '../../routing/action.ts'
import { containerNumber, pageNumber, rowIdOrNone } from '../../routing/parameters.ts'

/** A page of what is known about a container; the update of its question identifies the list that leads to its card. */
export const showProvenance = defineAction('why', { container: containerNumber, list: rowIdOrNone, page: pageNumber })
