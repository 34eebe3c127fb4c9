import { conditionOf, terminalSheetKind, type TerminalVisit, visitKey } from '@atermtrack/domain'
import { copyLine } from '../platform/copy-text.ts'

export const copyTerminalSightings =
  'copy terminal_staging (sheet, row_number, container, visit_key, fields) from stdin'

export const createTerminalStaging = `create temporary table terminal_staging
  (sheet text, row_number integer, container text, visit_key text, fields jsonb) on commit drop`

/** One row of a terminal report as a line for `copyTerminalSightings`, with its condition; blank fields are left out of it. */
export function encodeTerminalVisit(visit: TerminalVisit, sheetName: string): string {
  const { container, rowNumber, sheet: _kind, ...fields } = visit
  const condition = conditionOf({ ...visit, sheet: terminalSheetKind(sheetName) })
  return copyLine([sheetName, rowNumber, container, visitKey(visit), JSON.stringify({ ...fields, ...condition })])
}
