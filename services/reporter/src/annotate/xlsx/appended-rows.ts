import type { PlacedColumn } from '../plan/place-columns.ts'
import type { AppendedRow } from '../plan/plan.ts'
import type { CellRange } from './cell-place.ts'
import { type CellSyntax, cellXml } from './new-cells.ts'
import { NotPatchable } from './not-patchable.ts'
import type { StyleBook } from './parts/style-book.ts'

/** Rows that are written below everything that a sheet holds. */
export interface AppendedRows {
  /** The row of the first one, from 1. */
  readonly from: number
  readonly rows: readonly AppendedRow[]
  /** The styles of the cells of the row that they look like, by column. */
  readonly styles: ReadonlyMap<number, number>
}

/** Excel's last row. */
const mostRows = 1_048_576

/** Places rows below the last one that holds anything. Throws `NotPatchable` where a sheet has no room for them. */
export function placeAppended(
  rows: readonly AppendedRow[],
  { lastRow, styles }: { readonly lastRow: number; readonly styles: AppendedRows['styles'] },
): AppendedRows | undefined {
  if (rows.length === 0) return undefined
  if (lastRow + rows.length > mostRows) throw new NotPatchable('no room for more rows')
  return { from: lastRow + 1, rows, styles }
}

/** The number of the last appended row. */
export function lastAppended({ from, rows }: AppendedRows): number {
  return from + rows.length - 1
}

/** A range with the appended rows, where these follow upon it or begin in it. */
export function lengthenedOver(range: CellRange, appended: AppendedRows | undefined): CellRange {
  if (!appended || range.to.row < appended.from - 1) return range
  return { from: range.from, to: { ...range.to, row: Math.max(range.to.row, lastAppended(appended)) } }
}

interface RowParts extends CellSyntax {
  readonly columns: readonly PlacedColumn[]
  readonly numberColumn: number
  readonly book: StyleBook
}

/** The rows as XML, each with the look of the model row, its number and its statuses. */
export function appendedXml({ from, rows, styles }: AppendedRows, parts: RowParts): string {
  const { prefix } = parts
  return rows
    .map((appended, index) => {
      const row = from + index
      return `<${prefix}row r="${row}">${cellsOf(appended, row, styles, parts)}</${prefix}row>`
    })
    .join('')
}

function cellsOf(
  { text, note }: AppendedRow,
  row: number,
  styles: AppendedRows['styles'],
  { columns, numberColumn, book, prefix, is1904 }: RowParts,
): string {
  const { shade } = note
  const syntax = { prefix, is1904 }
  const cells = new Map<number, string>()
  const put = (column: number, value: (typeof note.values)[number], kind: PlacedColumn['kind'], style: number) =>
    cells.set(column, cellXml({ place: { column, row }, value, kind, style }, syntax))
  for (const [column, style] of styles) put(column, undefined, 'text', book.derive(style, { shade }))
  const own = styles.get(numberColumn) ?? 0
  put(numberColumn, text, 'text', book.derive(own, { shade }))
  for (const { column, kind, index } of columns) {
    put(column, note.values[index], kind, book.derive(own, { format: kind, shade }))
  }
  return [...cells]
    .toSorted(([one], [other]) => one - other)
    .map(([, xml]) => xml)
    .join('')
}
