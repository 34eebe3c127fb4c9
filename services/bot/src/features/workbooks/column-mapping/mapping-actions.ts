import { dislocationFields } from '@atermtrack/domain'
import { defineAction } from '../../../routing/action.ts'
import { count, oneOf, pageNumber, rowId } from '../../../routing/parameters.ts'
import { placeParameter } from '../place.ts'

export const beginMapping = defineAction('wb-teach', { workbookId: rowId, place: placeParameter })
export const chooseHeader = defineAction('wb-head', { workbookId: rowId, row: count })
export const listColumns = defineAction('wb-cols', { workbookId: rowId, page: pageNumber })
export const showColumn = defineAction('wb-col', { workbookId: rowId, column: count, page: pageNumber })
export const mapColumn = defineAction('wb-mean', {
  workbookId: rowId,
  column: count,
  field: oneOf(...dislocationFields, 'none'),
})
export const quitMapping = defineAction('wb-quit', { workbookId: rowId })
export const saveMapping = defineAction('wb-learn', { workbookId: rowId })
