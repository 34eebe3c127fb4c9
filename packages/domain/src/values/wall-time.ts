/**
 * A clock reading without a zone, `YYYY-MM-DDTHH:MM:SS`, as a source printed it.
 * It sorts as text and PostgreSQL reads it as a `timestamp`.
 */
export type WallTime = string & { readonly __brand: 'WallTime' }

export interface WallParts {
  readonly year: number
  /** 1–12 */
  readonly month: number
  readonly day: number
  readonly hour?: number
  readonly minute?: number
  readonly second?: number
}

/** Undefined for a date or a time that does not exist (31.02., 24:00). Years run from 1900 to 2199. */
export function wallTimeOf(parts: WallParts): WallTime | undefined {
  const { year, month, day, hour = 0, minute = 0, second = 0 } = parts
  if (year < 1900 || year > 2199 || hour > 23 || minute > 59 || second > 59) return undefined
  const date = new Date(Date.UTC(year, month - 1, day, hour, minute, second))
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return undefined
  return wallTimeOfUtc(date.getTime())
}

/** The wall time that a clock at UTC shows at this moment (milliseconds since 1970). */
export function wallTimeOfUtc(epochMs: number): WallTime {
  return new Date(epochMs).toISOString().slice(0, 19) as WallTime
}

/** The moment (milliseconds since 1970) at which a clock at UTC shows this wall time. */
export function utcOfWallTime(wall: WallTime): number {
  return Date.parse(`${wall}Z`)
}

/** `dd.mm.yyyy HH:MM`, as the sources write it. */
export function formatWall(wall: WallTime): string {
  return `${formatWallDate(wall)} ${wall.slice(11, 16)}`
}

/** `dd.mm.yyyy` */
export function formatWallDate(wall: WallTime): string {
  return `${wall.slice(8, 10)}.${wall.slice(5, 7)}.${wall.slice(0, 4)}`
}

const isoTexts = new Map<number, string>()
const isoTextsKept = 20_000

/** `toISOString`, which is dear: the rows of a report share their times, and so do the containers of a train. */
export function isoText(instant: Date): string {
  const time = instant.getTime()
  const known = isoTexts.get(time)
  if (known !== undefined) return known
  if (isoTexts.size >= isoTextsKept) isoTexts.clear()
  const text = instant.toISOString()
  isoTexts.set(time, text)
  return text
}
