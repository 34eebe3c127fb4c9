import { defineAction } from '../../routing/action.ts'
import { oneOf, optional, pageNumber, rowId, token } from '../../routing/parameters.ts'
import { filters, placeParameter, wantedParameter } from './place.ts'

/** A workbook, and the place in the list that leads to it. */
const workbook = { workbookId: rowId, place: placeParameter }

export const listWorkbooks = defineAction('wb-list', {
  filter: oneOf(...filters),
  page: pageNumber,
  wanted: optional(wantedParameter),
})
/** Shows what a list can be narrowed to. */
export const narrowList = defineAction('wb-narrow', { place: placeParameter })
export const listFeeds = defineAction('wb-feeds')
/** A button of a gathered notice. */
export const openList = defineAction('wb-open', { list: oneOf('files', 'mail') })
export const showWorkbook = defineAction('wb-show', { ...workbook, page: pageNumber })
/** The same in a message of its own. */
export const openWorkbook = defineAction('wb-open-one', { workbookId: rowId })
export const askToAccept = defineAction('wb-accept', workbook)
/** The button carries the reason that the admin has seen. */
export const acceptWorkbook = defineAction('wb-accept-yes', {
  workbookId: rowId,
  reason: token,
  place: placeParameter,
})
export const askToReject = defineAction('wb-reject', workbook)
export const rejectWorkbook = defineAction('wb-reject-yes', workbook)
export const askToUndo = defineAction('wb-undo', workbook)
export const undoImport = defineAction('wb-undo-yes', workbook)
export const replayWorkbook = defineAction('wb-replay', workbook)
export const nameStation = defineAction('wb-station', workbook)
export const sendOriginal = defineAction('wb-file', workbook)

export const listMail = defineAction('wb-mails', { page: pageNumber })
export const showMail = defineAction('wb-mail', { mailId: rowId })
export const retryMail = defineAction('wb-mail-again', { mailId: rowId })
