import type { Cell, RowWarning, SheetWarning } from '@atermtrack/domain'
import type { SheetInfo } from '@atermtrack/workbook-reader'
import type { SheetsDigest } from '../workbook-digest.ts'

export interface Row {
  /** 1-based, as in the sheet. */
  readonly rowNumber: number
  readonly cells: readonly Cell[]
}

/** The first rows of a sheet, by which it was recognised. */
export interface SheetHead {
  readonly info: SheetInfo
  readonly rows: readonly Row[]
}

/** The warnings of one sheet, each saying which it is. */
export function inSheet({ name }: SheetInfo, warnings: readonly RowWarning[]): readonly SheetWarning[] {
  return warnings.map((warning) => ({ ...warning, sheet: name }))
}

/** Reads the sheets of one kind in a workbook. */
export interface SheetReader {
  /** Opens the next sheet and returns the function that accepts its rows, those of its head too; undefined for a sheet that does not count. */
  readonly open: (head: SheetHead) => ((row: Row) => void) | undefined
  readonly digest: () => SheetsDigest
}
