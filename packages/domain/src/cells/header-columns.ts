import type { Cell } from './cell.ts'
import { cellText } from './cell-values.ts'
import { normaliseLabel } from './header.ts'

/** The columns that the headings of one row name. */
export interface HeaderColumns<Field> {
  /** Zero-based place of each field in the cells of a row. */
  readonly columns: ReadonlyMap<Field, number>
  /** Headings that no field is known for. */
  readonly unknown: readonly string[]
  /** Headings that repeat a field; the first column of it counts. */
  readonly duplicates: readonly string[]
}

/** Asks `fieldOf` for the field of each heading (in the form of `normaliseLabel`), from left to right. */
export function readHeaderColumns<Field>(
  cells: readonly Cell[],
  fieldOf: (label: string) => Field | undefined,
): HeaderColumns<Field> {
  const columns = new Map<Field, number>()
  const unknown: string[] = []
  const duplicates: string[] = []
  for (const [index, cell] of cells.entries()) {
    const label = cellText(cell)
    if (label === undefined) continue
    const field = fieldOf(normaliseLabel(label))
    if (field === undefined) unknown.push(label)
    else if (columns.has(field)) duplicates.push(label)
    else columns.set(field, index)
  }
  return { columns, unknown, duplicates }
}
