import type { DateCell, WallTime } from '@atermtrack/domain'

const HOUR_MS = 3_600_000
/** Moscow and Vladivostok keep no summer time, so fixed offsets hold for every date after 2016. */
const MOSCOW_OFFSET_MS = 3 * HOUR_MS
const VLADIVOSTOK_OFFSET_MS = 10 * HOUR_MS

/** `dd.mm.yyyy HH:MM` by the Moscow clock. */
export function moscowText(instant: Date): string {
  const iso = isoAt(instant, MOSCOW_OFFSET_MS)
  return `${moscowDate(instant)} ${iso.slice(11, 16)}`
}

/** `dd.mm.yyyy` by the Moscow clock. */
export function moscowDate(instant: Date): string {
  return dayFirst(isoAt(instant, MOSCOW_OFFSET_MS))
}

/** `dd.mm.yyyy` by the terminal's clock. */
export function vladivostokDate(instant: Date): string {
  return dayFirst(isoAt(instant, VLADIVOSTOK_OFFSET_MS))
}

/** A date cell that shows the terminal's clock. */
export function vladivostokCell(instant: Date): DateCell {
  return { kind: 'date', wall: isoAt(instant, VLADIVOSTOK_OFFSET_MS).slice(0, 19) as WallTime }
}

/** The instant of an hour and minute, Moscow time, on the Moscow day that `dayOffset` days separate from `instant`'s. */
export function moscowInstant(instant: Date, dayOffset: number, hour: number, minute: number): Date {
  const midnight = Date.parse(`${isoAt(instant, MOSCOW_OFFSET_MS).slice(0, 10)}T00:00:00Z`) - MOSCOW_OFFSET_MS
  return new Date(midnight + (dayOffset * 24 + hour) * HOUR_MS + minute * 60_000)
}

function isoAt(instant: Date, offsetMs: number): string {
  return new Date(instant.getTime() + offsetMs).toISOString()
}

function dayFirst(iso: string): string {
  return `${iso.slice(8, 10)}.${iso.slice(5, 7)}.${iso.slice(0, 4)}`
}
