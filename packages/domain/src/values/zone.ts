import { utcOfWallTime, wallTimeOfUtc, type WallTime } from './wall-time.ts'

const minuteMs = 60_000
const quarterMs = 15 * minuteMs
const dayMs = 24 * 60 * minuteMs
/** Some 50 years of days for one zone. */
const cacheLimit = 20_000
const moscow = 'Europe/Moscow'

const russianZones = new Set(
  `Europe/Kaliningrad Europe/Moscow Europe/Kirov Europe/Volgograd Europe/Simferopol Europe/Astrakhan Europe/Saratov
  Europe/Ulyanovsk Europe/Samara Asia/Yekaterinburg Asia/Omsk Asia/Novosibirsk Asia/Barnaul Asia/Tomsk Asia/Novokuznetsk
  Asia/Krasnoyarsk Asia/Irkutsk Asia/Chita Asia/Yakutsk Asia/Khandyga Asia/Vladivostok Asia/Ust-Nera Asia/Magadan
  Asia/Sakhalin Asia/Srednekolymsk Asia/Kamchatka Asia/Anadyr`.split(/\s+/),
)

/** Minutes east of UTC at a moment (milliseconds since 1970). */
type OffsetClock = (epochMs: number) => number

const clocks = new Map<string, OffsetClock>()

/** True for an IANA zone name; a bare offset such as `+03:00` knows no daylight saving and is refused. */
export function isZone(name: string): boolean {
  if (!/^[A-Za-z]/.test(name)) return false
  try {
    return Boolean(new Intl.DateTimeFormat('en-US', { timeZone: name }))
  } catch {
    return false
  }
}

/**
 * The moment at which clocks of the zone show this wall time. A time skipped in spring moves forward by the gap, a time
 * that comes twice in autumn is its first coming. Throws a RangeError for an unknown zone.
 */
export function toInstant(wall: WallTime, zone: string): Date {
  const clock = clockOf(zone)
  const asUtc = utcOfWallTime(wall)
  const before = clock(asUtc - dayMs)
  const after = clock(asUtc + dayMs)
  const early = asUtc - before * minuteMs
  const late = asUtc - after * minuteMs
  return new Date(clock(early) !== before && clock(late) === after ? late : early)
}

/** Converts an instant to the wall time of the zone. Throws a RangeError for an unknown zone or an invalid date. */
export function toWall(instant: Date, zone: string): WallTime {
  const epochMs = instant.getTime()
  return wallTimeOfUtc(epochMs + clockOf(zone)(epochMs) * minuteMs)
}

/** The label of the zone beside a time: `МСК`, `МСК+7` for Russian zones, else `UTC+3`, `UTC−5`, `UTC+5:30`. */
export function zoneLabel(zone: string, instant: Date): string {
  const offset = clockOf(zone)(instant.getTime())
  if (!russianZones.has(zone)) return `UTC${signed(offset)}`
  return `МСК${signed(offset - clockOf(moscow)(instant.getTime()))}`
}

function signed(minutes: number): string {
  if (minutes === 0) return ''
  const rest = Math.abs(minutes) % 60
  const hours = Math.floor(Math.abs(minutes) / 60)
  return `${minutes < 0 ? '−' : '+'}${hours}${rest === 0 ? '' : `:${String(rest).padStart(2, '0')}`}`
}

function clockOf(zone: string): OffsetClock {
  const known = clocks.get(zone)
  if (known) return known
  const clock = createOffsetClock(zone)
  clocks.set(zone, clock)
  return clock
}

/** Intl takes microseconds per call, an import asks 150,000 times: one answer serves a UTC day without a clock change. */
function createOffsetClock(zone: string): OffsetClock {
  const measure = createOffsetMeter(zone)
  const days = cached((day) => {
    const offset = measure(day * dayMs)
    return offset === measure((day + 1) * dayMs - 1) ? offset : undefined
  })
  const quarters = cached((quarter) => measure(quarter * quarterMs))
  return (epochMs) => days(Math.floor(epochMs / dayMs)) ?? quarters(Math.floor(epochMs / quarterMs))
}

function cached<T>(compute: (key: number) => T): (key: number) => T {
  const known = new Map<number, T>()
  return (key) => {
    if (known.has(key)) return known.get(key) as T
    if (known.size >= cacheLimit) known.clear()
    const value = compute(key)
    known.set(key, value)
    return value
  }
}

function createOffsetMeter(zone: string): OffsetClock {
  // Swedish dates are ISO 8601, so a short format call replaces the slow formatToParts.
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' })
  return (epochMs) => {
    const shown = Date.parse(`${format.format(epochMs).replace(' ', 'T')}Z`)
    return shown / minuteMs - Math.floor(epochMs / minuteMs)
  }
}
