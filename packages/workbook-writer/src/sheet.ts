import type { ColumnKind, TableValue } from './to-cell.ts'
import type { Tone } from './styles.ts'

/** A value with the look of its meaning. */
export interface TonedValue {
  readonly value: TableValue
  readonly tone: Tone
}

export type SheetCell = TableValue | TonedValue

export interface SheetColumn {
  readonly header: string
  readonly kind: ColumnKind
}

/** A row of the table; a group begins with a line above it. */
export interface SheetRow {
  readonly cells: readonly SheetCell[]
  readonly beginsGroup?: boolean
}

/** A chart of columns stacked on each other, over rows of the sheet. */
export interface SheetChart {
  readonly title: string
  /** Index of the column that names the categories. */
  readonly category: number
  /** Indexes of the columns that hold the numbers. */
  readonly series: readonly number[]
  /** 0-based, within the rows of the table. */
  readonly firstRow: number
  readonly rows: readonly SheetRow[]
}

/** A picture beside the table. */
export interface SheetPicture {
  readonly png: Uint8Array
  /** The same in words, for those who do not see it. */
  readonly text: string
}

export interface Sheet {
  readonly name: string
  /** Stands above the table; undefined for a table alone. */
  readonly title?: string | undefined
  /** Lines below the title: the time of the data, warnings. */
  readonly lines?: readonly string[]
  /** The meaning of the colours. */
  readonly legend?: readonly TonedValue[]
  readonly columns: readonly SheetColumn[]
  /** May be walked more than once. */
  readonly rows: Iterable<SheetRow>
  /** The rows whose texts set the widths of the columns; all where it is undefined. */
  readonly measured?: Iterable<SheetRow>
  readonly rowCount: number
  /** How many of the first columns are printed; all where it is undefined. */
  readonly printedColumns?: number | undefined
  readonly chart?: SheetChart | undefined
  readonly picture?: SheetPicture | undefined
}

/** The rows of a sheet, for a long list. */
export type LazyRows = Pick<Sheet, 'rows' | 'rowCount'> & Required<Pick<Sheet, 'measured'>>

/** The texts of so many rows show how wide a column has to be. */
const mostMeasured = 2_000

/**
 * Rows of a long list are made as they are written: it is never whole in memory as cells. Those measured lie evenly over the list. Rows
 * of a short one, which is measured whole, are made once for both.
 */
export function lazyRows<Item>(
  items: readonly Item[],
  toRow: (item: Item, former: Item | undefined) => SheetRow,
): LazyRows {
  const rowCount = items.length
  if (rowCount <= mostMeasured) {
    const rows = items.map((item, index) => toRow(item, items[index - 1]))
    return { rows, measured: rows, rowCount }
  }
  const every = (step: number): Iterable<SheetRow> => ({
    *[Symbol.iterator]() {
      for (let index = 0; index < rowCount; index += step) yield toRow(items[index] as Item, items[index - 1])
    },
  })
  return { rows: every(1), measured: every(Math.ceil(rowCount / mostMeasured)), rowCount }
}

/** The rows of one list behind those of another. */
export function joinRows(one: LazyRows, other: LazyRows): LazyRows {
  const both = (key: 'rows' | 'measured'): Iterable<SheetRow> => ({
    *[Symbol.iterator]() {
      yield* one[key]
      yield* other[key]
    },
  })
  return { rows: both('rows'), measured: both('measured'), rowCount: one.rowCount + other.rowCount }
}

/** The 1-based number of the row with the headings. */
export function headerRowOf({ title, lines = [], legend = [] }: Pick<Sheet, 'title' | 'lines' | 'legend'>): number {
  return (title === undefined ? 0 : 1) + lines.length + (legend.length > 0 ? 1 : 0) + 1
}

/** Where drawings stand beside the table: columns and rows from the edge of the table, 0-based. */
export const drawingPlace = { gap: 1, width: 10, firstRow: 3, height: 18 } as const

/** The 0-based row where the picture of a sheet begins: below its chart. */
export function pictureRowOf(chart: Sheet['chart']): number {
  return drawingPlace.firstRow + (chart ? drawingPlace.height + 1 : 0)
}

/** Whether a sheet has a chart or a picture. */
export function isDrawnOn({ chart, picture }: Pick<Sheet, 'chart' | 'picture'>): boolean {
  return chart !== undefined || picture !== undefined
}

/** A sheet of a table alone. `rows` hold values in the order of the columns. */
export function tableSheet(
  name: string,
  columns: readonly SheetColumn[],
  rows: readonly (readonly TableValue[])[],
): Sheet {
  return { name, columns, rows: rows.map((cells) => ({ cells })), rowCount: rows.length }
}
