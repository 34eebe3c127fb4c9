import { dislocationHeading, type DislocationField } from './dislocation-columns.ts'

export type RowProblem =
  | 'container_missing'
  | 'container_unreadable'
  | 'container_check_digit'
  | 'operation_missing'
  | 'station_missing'
  | 'time_missing'
  | 'time_unreadable'
  | 'value_unreadable'

/** What was wrong in one cell; the row was left out unless the problem is a check digit or an optional value. */
export interface RowWarning {
  /** 1-based row of the sheet. */
  readonly row: number
  /** The railway's heading of the column. */
  readonly column: string
  /** The text of the cell, cut to 100 characters. */
  readonly value: string | undefined
  readonly problem: RowProblem
}

export interface RowWarnings {
  readonly list: readonly RowWarning[]
  /** All warnings, also those beyond the ones kept. */
  readonly count: () => number
  readonly add: (warning: {
    readonly row: number
    readonly field: DislocationField
    readonly cell: string | undefined
    readonly problem: RowProblem
  }) => void
}

const warningsKept = 200
const longestValue = 100

/** Collects warnings, of which only the first 200 are kept: a spoilt file has one in every cell. */
export function createRowWarnings(): RowWarnings {
  const list: RowWarning[] = []
  let count = 0
  return {
    list,
    count: () => count,
    add({ row, field, cell, problem }) {
      count += 1
      if (list.length >= warningsKept) return
      list.push({ row, column: dislocationHeading(field), value: cell?.slice(0, longestValue), problem })
    },
  }
}
