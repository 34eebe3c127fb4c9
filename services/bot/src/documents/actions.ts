import { defineAction } from '../routing/action.ts'
import { rowId } from '../routing/parameters.ts'

export const annotateDocument = defineAction('doc-annotate', { documentId: rowId })
/** A button of a notice about a workbook that waits for an admin's decision. */
export const annotateWorkbook = defineAction('wb-annotate', { workbookId: rowId })
