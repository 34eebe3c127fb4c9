import type { DateCell, WallTime } from '@atermtrack/domain'

/** Turns a serial number into the date Excel shows; undefined for a serial that is not a date. */
type SerialToDate = (serial: number) => DateCell | undefined

const SECONDS_PER_DAY = 86_400
const END_OF_9999_SECONDS = 253_402_300_800
const MAX_CACHED = 50_000
const UNIX_DAY_OF_1904 = -24_107
// Excel counts from 1900-01-01 as day 1 and believes that 1900-02-29, its day 60, has been.
const UNIX_DAY_BEFORE_1900 = -25_568
const PHANTOM_DAY = 60
const ISO_DATE = /^(\d{4}-\d\d-\d\d)(?:T(\d\d:\d\d)(?::(\d\d(?:\.\d{1,9})?))?(?:Z|[+-]\d\d:?\d\d)?)?$/u

/** Serials of one workbook to wall times rounded to the second, no time zone involved; equal serials share a cell. */
export function createSerialToDate(is1904: boolean): SerialToDate {
  const cells = new Map<number, DateCell | undefined>()
  return (serial) => {
    const known = cells.get(serial)
    if (known) return known
    const cell = toDateCell(serial, is1904)
    if (cells.size >= MAX_CACHED) cells.clear()
    cells.set(serial, cell)
    return cell
  }
}

function toDateCell(serial: number, is1904: boolean): DateCell | undefined {
  if (!(serial >= 0)) return undefined
  const seconds = Math.round(serial * SECONDS_PER_DAY)
  const day = Math.floor(seconds / SECONDS_PER_DAY)
  if (is1904) return fromUnixSeconds(seconds + UNIX_DAY_OF_1904 * SECONDS_PER_DAY)
  if (day === PHANTOM_DAY) return undefined
  const skipped = day > PHANTOM_DAY ? 1 : 0
  return fromUnixSeconds(seconds + (UNIX_DAY_BEFORE_1900 - skipped) * SECONDS_PER_DAY)
}

/** An ISO date cell as the wall time it names; an offset from UTC is not applied. Undefined if it is not a date. */
export function isoToDate(text: string): DateCell | undefined {
  const [, date, minutes = '00:00', seconds = '00'] = ISO_DATE.exec(text) ?? []
  if (date === undefined) return undefined
  const start = Date.parse(`${date}T${minutes}:00Z`)
  // Date.parse reads 30 February as 1 March.
  if (Number.isNaN(start) || new Date(start).toISOString().slice(0, 10) !== date) return undefined
  return Number(seconds) < 60 ? fromUnixSeconds(start / 1000 + Math.round(Number(seconds))) : undefined
}

function fromUnixSeconds(seconds: number): DateCell | undefined {
  if (seconds >= END_OF_9999_SECONDS) return undefined
  return { kind: 'date', wall: new Date(seconds * 1000).toISOString().slice(0, 19) as WallTime }
}
