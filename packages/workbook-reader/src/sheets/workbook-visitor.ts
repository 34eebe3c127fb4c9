import type { Cell } from '@atermtrack/domain'

/** `index` is the 0-based place among all sheets of the workbook, chart sheets included. */
export interface SheetInfo {
  readonly name: string
  readonly index: number
  readonly hidden: boolean
}

/**
 * Accepts one row that holds at least one value; `rowNumber` is 1-based as in Excel. `cells` is dense, indexed by
 * 0-based column, `undefined` where blank, as long as the widest row so far, and **reused** for the next row.
 */
export interface RowVisitor {
  (rowNumber: number, cells: readonly Cell[]): void | 'stop'
  /** Accepts the number of the first row with a value that is left out, with all below it, because too many blank ones stand above. */
  readonly leftOut?: (rowNumber: number) => void
}

/** Asked once per sheet in workbook order; a sheet answered with `undefined` is not even unpacked. */
export interface WorkbookVisitor {
  sheet(info: SheetInfo): RowVisitor | undefined
}
