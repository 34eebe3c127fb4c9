import {
  cellText,
  findNumberColumn,
  findNumberHeading,
  type NumberColumn,
  normaliseLabel,
  type NumberCell,
  numberCellOf,
  type NumberedRow,
  readNumberCells,
} from '@atermtrack/domain'
import {
  type ReadingLimits,
  readWorkbook,
  type RowVisitor,
  type SheetInfo,
  type UnreadableReason,
  UnreadableWorkbook,
} from '@atermtrack/workbook-reader'
import { readMarks } from '../xlsx/parts/column-names.ts'
import type { ColumnMark } from './column-marks.ts'
import { createOwnSearch, type OwnSearch, type OwnSet } from './own-columns.ts'
import type { NumberPlace, NumberSheet } from './plan.ts'

/** The findings in a workbook. They cross from the reading process, so they are plain data. */
export type NumbersFound =
  | { readonly kind: 'found'; readonly sheets: readonly NumberSheet[] }
  | { readonly kind: 'no_numbers' }
  | UnreadableFile

export interface UnreadableFile {
  readonly kind: 'unreadable'
  readonly reason: UnreadableReason
  readonly detail: string
}

export interface FindOptions {
  /** The columns of an earlier annotation, in each language. */
  readonly ownSets: readonly OwnSet[]
  readonly limits: ReadingLimits
  /** A table with headings and no number yet is found too. */
  readonly takesEmpty?: boolean
}

/** As many as a sheet may have rows: one cell can hold hundreds of numbers, and each costs as much as a row. */
const mostNumbers = 200_000
/** Rows of a sheet that are searched for the column of its numbers. */
const headRows = 200

/**
 * Finds the container numbers in all sheets that are shown. The work is bound to the processor, so it belongs in a process of
 * its own. Only faults of the file are returned; anything else throws.
 */
export async function findNumbers(
  bytes: Uint8Array,
  { ownSets, limits, takesEmpty = false }: FindOptions,
): Promise<NumbersFound> {
  const searches: SheetSearch[] = []
  let marks: ReadonlyMap<string, readonly ColumnMark[]> = new Map()
  const visitor = {
    sheet(info: SheetInfo): RowVisitor | undefined {
      if (info.hidden) return undefined
      const search = createSheetSearch(info, createOwnSearch(ownSets, marks.get(info.name)), takesEmpty)
      searches.push(search)
      return search.row
    },
  }
  try {
    marks = await readMarks(bytes, limits)
    await readWorkbook(bytes, visitor, limits)
    const sheets = searches.flatMap((search) => search.end() ?? [])
    return sheets.length === 0 ? { kind: 'no_numbers' } : { kind: 'found', sheets }
  } catch (error) {
    if (!(error instanceof UnreadableWorkbook)) throw error
    return { kind: 'unreadable', reason: error.reason, detail: error.detail }
  }
}

interface SheetSearch {
  readonly row: RowVisitor
  /** Undefined when the sheet holds no numbers. */
  readonly end: () => NumberSheet | undefined
}

function createSheetSearch({ index, name }: SheetInfo, own: OwnSearch, takesEmpty: boolean): SheetSearch {
  let head: NumberedRow[] | undefined = []
  let found: NumberColumn | undefined
  let headings: NumberedRow | undefined
  const cells: NumberPlace[] = []
  const moreHeaderRows: number[] = []

  function addRow({ rowNumber, cells: row }: NumberedRow): void {
    if (!found || rowNumber <= (found.headerRow ?? 0)) return
    const read = readNumberCells(numberCellOf(row, found))
    if (read.length > 0) own.numbered(row)
    else if (repeatsHeading(row)) moreHeaderRows.push(rowNumber)
    for (const number of read) cells.push(toPlace(rowNumber, number))
    if (cells.length > mostNumbers) {
      throw new UnreadableWorkbook('too_many_rows', `more than ${mostNumbers} numbers in one sheet`)
    }
  }

  function repeatsHeading(row: NumberedRow['cells']): boolean {
    if (!found || !headings) return false
    const text = (cells: NumberedRow['cells']) => normaliseLabel(cellText(cells[found?.column ?? 0]) ?? '')
    return text(row) !== '' && text(row) === text(headings.cells)
  }

  function endHead(): void {
    if (!head) return
    const rows = head
    head = undefined
    found = findNumberColumn(rows) ?? (takesEmpty ? findNumberHeading(rows) : undefined)
    headings = rows.find(({ rowNumber }) => rowNumber === found?.headerRow)
    for (const row of rows) addRow(row)
  }

  return {
    row(rowNumber, row) {
      if (!head) return found ? addRow({ rowNumber, cells: row }) : 'stop'
      head.push({ rowNumber, cells: [...row] })
      if (head.length === headRows) endHead()
    },
    end() {
      endHead()
      const isHeld = cells.length > 0 || takesEmpty
      if (!found || !isHeld) return undefined
      const repeated = moreHeaderRows.length > 0 ? { moreHeaderRows } : {}
      return { index, name, ...found, ...repeated, own: own.end(headings?.cells), cells }
    },
  }
}

function toPlace(rowNumber: number, read: NumberCell): NumberPlace {
  return read.kind === 'number'
    ? { rowNumber, text: read.container, isMistyped: false }
    : { rowNumber, text: read.text, isMistyped: true }
}
