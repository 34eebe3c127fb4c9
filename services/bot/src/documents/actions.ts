import { defineAction } from '../routing/action.ts'
import { rowId } from '../routing/parameters.ts'

export const annotateDocument = defineAction('doc-annotate', { documentId: rowId })
/** Stands under a notice about a workbook that waits for an admin's word. */
export const annotateWorkbook = defineAction('wb-annotate', { workbookId: rowId })
