import { crc32 } from 'node:zlib'
import { type Cell, cellText } from '@atermtrack/domain'
import { isFitRow } from './own-cells.ts'
import type { OwnColumn, StatusColumn } from './plan.ts'

/**
 * A hidden name of a workbook that refers to a column of ours: spreadsheet programs keep it with the column wherever that is
 * moved to. The checksum of the heading shows whether somebody uses the column for something else by now.
 */
export interface ColumnMark {
  /** Zero-based. */
  readonly column: number
  /** The key of the column, in lower case. */
  readonly key: string
  readonly headingSum: string
}

/** All names of marks begin like this, whatever the language of the columns. */
export const markStart = 'atermtrack_'
const markName = new RegExp(`^${markStart}([a-z]+)_([0-9a-f]{8})$`, 'i')

/** The name of the mark of a column. */
export function nameOfMark({ key, header }: Pick<StatusColumn, 'key' | 'header'>): string {
  return `${markStart}${key.toLowerCase()}_${headingSum(header)}`
}

/** Parses the name of a mark; undefined for a name that is not ours. */
export function parseMark(name: string): Omit<ColumnMark, 'column'> | undefined {
  const [, key, sum] = markName.exec(name) ?? []
  return key === undefined || sum === undefined ? undefined : { key: key.toLowerCase(), headingSum: sum.toLowerCase() }
}

/** A heading without the figure that Excel puts behind one that a table holds twice. */
export function plainHeading(cell: Cell): string | undefined {
  return cellText(cell)?.replace(/\s+/g, ' ').replace(/\d+$/, '').trim()
}

function headingSum(heading: string): string {
  return crc32(plainHeading(heading) ?? '')
    .toString(16)
    .padStart(8, '0')
}

/** The columns of an earlier annotation by their marks. */
export interface MarkedSearch {
  /** Looks at a row with a container number. */
  numbered(cells: readonly Cell[]): void
  end(headings: readonly Cell[] | undefined): readonly OwnColumn[] | undefined
}

/** A column may be named by a mark that this release does not know, or twice; then the first one counts. */
export function createMarkedSearch(
  marks: readonly ColumnMark[],
  columns: readonly Pick<StatusColumn, 'key' | 'kind'>[],
): MarkedSearch {
  const marked = columns
    .flatMap(({ key, kind }, index) => {
      const mark = marks.find((each) => each.key === key.toLowerCase())
      return mark ? [{ ...mark, kind, index }] : []
    })
    .filter(({ column }, place, all) => all.findIndex((other) => other.column === column) === place)
  let isFit = marked[0]?.index === 0

  return {
    numbered(cells) {
      isFit &&= isFitRow((place) => cells[marked[place]?.column ?? -1], marked)
    },
    end(headings) {
      const own = headings ? marked.filter(({ column, headingSum: sum }) => isSum(headings[column], sum)) : marked
      if (own.length === 0 || (!headings && !isFit)) return undefined
      return own.map(({ column, index }) => ({ column, index })).toSorted((one, other) => one.column - other.column)
    },
  }
}

function isSum(heading: Cell, sum: string): boolean {
  const text = cellText(heading)
  return text !== undefined && headingSum(text) === sum
}
