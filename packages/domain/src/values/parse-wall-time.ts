import { wallTimeOf, wallTimeOfUtc, type WallTime } from './wall-time.ts'

const russian = /^(\d{1,2})\.(\d{1,2})\.(\d{4}|\d{2})(?:(?:,? |T)(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?)?$/
const iso = /^(\d{4})-(\d{2})-(\d{2})(?:[ T](\d{2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?)?$/

const dayMs = 86_400_000
/** Serial 0 of the 1900 date system. */
const serialEpochMs = Date.UTC(1899, 11, 30)
/** 2000-01-01 and 2100-01-01: outside of these a number in a date column is something else. */
const serialRange = [36_526, 73_051] as const

/**
 * Reads `dd.mm.yyyy[ HH:MM[:SS]]` (also with a two-digit year of this century) and ISO text, which is never day-first.
 * ISO text with an offset is an instant, not a wall time, so it is not read.
 */
export function parseWallTime(text: string): WallTime | undefined {
  const dayFirst = russian.exec(text)
  if (dayFirst) {
    const [, day, month, year, ...time] = dayFirst
    return wallTimeOfTexts(year?.length === 2 ? `20${year}` : year, month, day, time)
  }
  const yearFirst = iso.exec(text)
  if (!yearFirst) return undefined
  const [, year, month, day, ...time] = yearFirst
  return wallTimeOfTexts(year, month, day, time)
}

/** Reads an Excel serial number of this century (days since 1899-12-30), rounded to the second. */
export function wallTimeOfSerial(serial: number): WallTime | undefined {
  if (!(serial >= serialRange[0] && serial < serialRange[1])) return undefined
  return wallTimeOfUtc(serialEpochMs + Math.round((serial * dayMs) / 1000) * 1000)
}

type Digits = string | undefined

/** The texts are digits as a regex captured them; the time of day may be absent. */
export function wallTimeOfTexts(
  year: Digits,
  month: Digits,
  day: Digits,
  [hour = '0', minute = '0', second = '0']: readonly Digits[],
): WallTime | undefined {
  return wallTimeOf({
    year: Number(year),
    month: Number(month),
    day: Number(day),
    hour: Number(hour),
    minute: Number(minute),
    second: Number(second),
  })
}
