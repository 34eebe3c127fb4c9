import { lastAppended, lengthenedOver } from './appended-rows.ts'
import { type CellRange, formatRange, widenedTo } from './cell-place.ts'
import type { SheetPatch } from './patch-sheet.ts'

/** Sorted by a filter that does not hold them, statuses would come to stand beside the numbers of others. */
export function widerFilter(
  { measure: { filter }, numberColumn, headerRow, notes, appended }: SheetPatch,
  lastColumn: number,
): CellRange | undefined {
  if (!filter || numberColumn < filter.from.column || numberColumn > filter.to.column) return undefined
  const rows = [...notes.keys(), ...(appended ? [lastAppended(appended)] : [])]
  const [first = 0, last = 0] = [headerRow ?? rows[0], rows.at(-1)]
  const isOver = filter.from.row <= last && filter.to.row >= first
  return isOver ? lengthenedOver(widenedTo(filter, lastColumn), appended) : undefined
}

/** The used range of a sheet, which some programs believe. */
export function widerDimension(
  { from, to }: CellRange,
  { headerRow, appended }: Pick<SheetPatch, 'headerRow' | 'appended'>,
  lastColumn: number,
): string {
  const firstRow = Math.min(from.row, headerRow ?? from.row)
  const lastRow = Math.max(to.row, appended ? lastAppended(appended) : 0)
  return formatRange(widenedTo({ from: { ...from, row: firstRow }, to: { ...to, row: lastRow } }, lastColumn))
}
