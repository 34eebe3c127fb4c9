import { cutText } from '../values/clean-text.ts'

export type RowProblem =
  | 'container_missing'
  | 'container_unreadable'
  | 'container_check_digit'
  | 'container_repeated'
  | 'operation_missing'
  | 'station_missing'
  | 'arrival_missing'
  | 'time_missing'
  | 'time_unreadable'
  | 'time_in_future'
  | 'time_long_ago'
  | 'value_unreadable'
  | 'rows_left_out'

/**
 * A problem in one cell, or with a row and all below it. The row is skipped unless the problem is a check digit, an optional value or a time long ago. When rows of a
 * roster repeat a container, the last one stays and has the warning.
 */
export interface RowWarning {
  /** 1-based row of the sheet. */
  readonly row: number
  /** The source's heading of the column; empty for a problem of the whole row. */
  readonly column: string
  /** The text of the cell, cut to 100 characters. */
  readonly value: string | undefined
  readonly problem: RowProblem
}

/** A warning within a whole workbook. */
export interface SheetWarning extends RowWarning {
  /** Name of the sheet; empty for formats that have none. */
  readonly sheet: string
}

export interface RowWarnings<Field> {
  readonly list: readonly RowWarning[]
  /** All warnings, also those beyond the ones kept. */
  readonly count: () => number
  readonly add: (warning: {
    readonly row: number
    readonly field: Field
    readonly cell: string | undefined
    readonly problem: RowProblem
  }) => void
}

const warningsKept = 200
const longestValue = 100

/** Collects warnings, of which only the first 200 are kept: a spoilt file has one in every cell. */
export function createRowWarnings<Field>(headingOf: (field: Field) => string): RowWarnings<Field> {
  const list: RowWarning[] = []
  let count = 0
  return {
    list,
    count: () => count,
    add({ row, field, cell, problem }) {
      count += 1
      if (list.length >= warningsKept) return
      list.push({ row, column: headingOf(field), value: cell && cutText(cell, longestValue), problem })
    },
  }
}
