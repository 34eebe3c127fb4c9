/** How a column holds its values; dates carry wall times, since Excel knows no zones. */
export type ColumnKind = 'text' | 'integer' | 'decimal' | 'date' | 'dateTime'

/** Text, a finite number, or a wall time `YYYY-MM-DDTHH:MM:SS` in a date column; undefined is a blank cell. */
export type TableValue = string | number | undefined

const longestText = 32_767
const firstYear = 1900
const lastYear = 9999
// Characters that XML cannot carry, and line ends that Excel would show as boxes.
// oxlint-disable-next-line no-control-regex
const unprintable = /[\u0000-\u0008\u000B-\u001F\u007F\uFFFE\uFFFF\p{Cs}]/gu
/** Most texts hold neither, and one look is cheaper than two changes. */
// oxlint-disable-next-line no-control-regex
const unusual = /[\u0000-\u0008\u000B-\u001F\u007F_\uD800-\uDFFF\uFFFE\uFFFF]/
/** Excel reads `_x0041_` as `A`. */
const escapeLookAlike = /_(?=x[0-9A-Fa-f]{4}_)/g

/** Converts a value for exceljs: never to a formula, an object, or a value that makes Excel offer a repair. */
export function toCell(value: TableValue, kind: ColumnKind): string | number | Date | null {
  if (value === undefined) return null
  if (kind === 'text') return toText(String(value))
  if (kind === 'date' || kind === 'dateTime') return toDate(String(value))
  return typeof value === 'number' && Number.isFinite(value) ? value : null
}

function toText(value: string): string | null {
  if (value.length <= longestText && !unusual.test(value)) return value === '' ? null : value
  const text = value.slice(0, longestText).replace(unprintable, '')
  return text === '' ? null : text.replace(escapeLookAlike, '_x005F_')
}

/** A wall time as if it were UTC; null for one that Excel does not know. */
export function toDate(wall: string): Date | null {
  const date = new Date(`${wall}Z`)
  // Written so that an invalid date, whose year is NaN, fails too.
  return date.getUTCFullYear() >= firstYear && date.getUTCFullYear() <= lastYear ? date : null
}
