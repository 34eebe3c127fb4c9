import { columnsOf, printedColumns, type ReportColumn, reportColumns, usualColumns } from './report-columns.ts'

/** Ready choices of columns; those of `standard` are `usualColumns`. */
export const columnPresets = ['standard', 'print', 'all'] as const
export type ColumnPreset = (typeof columnPresets)[number]

/** The names to store for a ready choice: null stands for the usual columns, also those of later releases. */
export function presetColumns(preset: ColumnPreset): readonly ReportColumn[] | null {
  if (preset === 'standard') return null
  return preset === 'all' ? reportColumns : reportColumns.filter((column) => printedColumns.has(column))
}

/** The ready choice that a stored one equals; undefined for somebody's own. */
export function presetOf(chosen: readonly string[] | null): ColumnPreset | undefined {
  const columns = columnsOf(chosen).join()
  return columnPresets.find((preset) => columnsOf(presetColumns(preset)).join() === columns)
}

/**
 * Takes a column out of a choice, or puts it in: at its usual place while the others stand in the usual order, else at the end. The
 * container cannot be taken out.
 */
export function toggleColumn(chosen: readonly string[] | null, column: ReportColumn): readonly ReportColumn[] | null {
  const columns = columnsOf(chosen)
  if (column === 'container') return toStore(columns)
  if (columns.includes(column)) return toStore(columns.filter((other) => other !== column))
  const added = [...columns, column]
  return toStore(isInUsualOrder(columns) ? reportColumns.filter((known) => added.includes(known)) : added)
}

/** Moves a chosen column by one place; at the end of the list it comes to the other end. The container stays first. */
export function moveColumn(
  chosen: readonly string[] | null,
  column: ReportColumn,
  direction: 'left' | 'right',
): readonly ReportColumn[] | null {
  const [container, ...columns] = columnsOf(chosen)
  const place = columns.indexOf(column)
  if (container === undefined || place === -1) return toStore(columnsOf(chosen))
  columns.splice(place, 1)
  const target = place + (direction === 'left' ? -1 : 1)
  columns.splice(target < 0 ? columns.length : target > columns.length ? 0 : target, 0, column)
  return toStore([container, ...columns])
}

/** Columns that somebody has named, in their order, and the names that mean none. */
export interface ColumnsRead {
  /** As they are stored; undefined when no name means a column. */
  readonly columns: readonly ReportColumn[] | null | undefined
  readonly unknown: readonly string[]
}

const separators = /[,;·•|\n\t]+/u

/**
 * Reads names of columns, separated by commas or lines; the beginning of a name is enough where it means one column. `names` are those of
 * the language in which they are read, and may hold commas themselves.
 */
export function readColumns(text: string, names: Readonly<Record<ReportColumn, string>>): ColumnsRead {
  const pieces = text.split(separators).map(simple)
  const found: ReportColumn[] = []
  const unknown: string[] = []
  for (let at = 0; at < pieces.length;) {
    const whole = [3, 2, 1]
      .filter((count) => at + count <= pieces.length)
      .map((count) => ({
        count,
        column: named(
          pieces
            .slice(at, at + count)
            .filter(Boolean)
            .join(' '),
          names,
        ),
      }))
      .find(({ column }) => column !== undefined)
    const piece = pieces[at] ?? ''
    const column = whole?.column ?? beginningOf(piece, names)
    if (column) found.push(column)
    else if (piece !== '') unknown.push(piece)
    at += whole?.count ?? 1
  }
  return { columns: found.length === 0 ? undefined : toStore(columnsOf(found)), unknown }
}

function named(text: string, names: Readonly<Record<ReportColumn, string>>): ReportColumn | undefined {
  return text === '' ? undefined : reportColumns.find((column) => simple(names[column]) === text)
}

function beginningOf(text: string, names: Readonly<Record<ReportColumn, string>>): ReportColumn | undefined {
  const meant = text === '' ? [] : reportColumns.filter((column) => simple(names[column]).startsWith(`${text} `))
  return meant.length === 1 ? meant[0] : undefined
}

/** Case, punctuation, `ё` and the number of a line do not matter. */
function simple(text: string): string {
  return text
    .toLowerCase()
    .replaceAll('ё', 'е')
    .replace(/^\s*\d+[.)]\s/u, '')
    .replace(/[^\p{L}\d]+/gu, ' ')
    .trim()
}

function isInUsualOrder(columns: readonly ReportColumn[]): boolean {
  return reportColumns.filter((column) => columns.includes(column)).join() === columns.join()
}

function toStore(columns: readonly ReportColumn[]): readonly ReportColumn[] | null {
  return columns.join() === usualColumns.join() ? null : columns
}
