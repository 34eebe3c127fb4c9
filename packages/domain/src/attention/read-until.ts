import { readDays } from '../question/measures/read-days.ts'
import { parseSlot } from '../schedule/schedule.ts'
import type { WallTime } from '../values/wall-time.ts'
import { toInstant, toWall } from '../values/zone.ts'

/** The moment that a text names, or why it cannot be taken. */
export type UntilRead =
  | { readonly kind: 'at'; readonly at: Date }
  | { readonly kind: 'refused'; readonly reason: 'unknown' | 'past' | 'far' }

export interface UntilOptions {
  readonly now: Date
  /** Zone of the times that the text names. */
  readonly zone: string
  /** A moment more than so many days ahead is refused. */
  readonly mostDays: number
}

const longestText = 40
const hourMs = 3_600_000
const dayMs = 24 * hourMs
const hoursOf = { hour: 1, day: 24, week: 168 } as const
const units = [
  ['hour', /^(?:ч|час|часа|часов|часик|h|hour|hours)$/u],
  ['day', /^(?:день|дня|дней|дн|сутки|суток|сут|d|day|days)$/u],
  ['week', /^(?:неделю|недели|недель|week|weeks)$/u],
] as const
const span = /^(?:через|на|in|for) (?:(\d{1,3}) ?|(?:a|an) )?(\p{L}+)\.?(?: (.+))?$/u

/**
 * Reads until when something is to wait, Russian or English: `до 5 декабря`, `5.12 09:00`, `через 3 дня`, `in 6 hours`, `завтра в 15`,
 * `до 18:00`. A day without a time begins at its midnight; a span without a time counts from now.
 */
export function readUntil(text: string, { now, zone, mostDays }: UntilOptions): UntilRead {
  const words = text
    .toLowerCase()
    .replaceAll('ё', 'е')
    .replace(/[,;]/g, ' ')
    .replace(/\s+/g, ' ')
    .replace(/[?!.…]+$/u, '')
    .trim()
  const at = words.length > longestText ? undefined : (readSpan(words, now, zone) ?? readMoment(words, now, zone))
  if (!at) return { kind: 'refused', reason: 'unknown' }
  if (at <= now) return { kind: 'refused', reason: 'past' }
  return at.getTime() - now.getTime() > mostDays * dayMs ? { kind: 'refused', reason: 'far' } : { kind: 'at', at }
}

function readSpan(words: string, now: Date, zone: string): Date | undefined {
  const [, count = '1', name = '', rest] = span.exec(words) ?? []
  const unit = units.find(([, names]) => names.test(name))?.[0]
  if (unit === undefined) return undefined
  const hours = Number(count) * hoursOf[unit]
  if (unit === 'hour') return rest === undefined ? new Date(now.getTime() + hours * hourMs) : undefined
  // By the clock of the zone: three days later it is the same time of day.
  const wall = toWall(now, zone)
  const day = addDays(wall.slice(0, 10), hours / 24)
  const time = rest === undefined ? wall.slice(11, 19) : timeIn(rest)
  return time === undefined ? undefined : toInstant(`${day}T${time}` as WallTime, zone)
}

function readMoment(words: string, now: Date, zone: string): Date | undefined {
  const asked = words.replace(/^(?:до|по|to|till|until) /u, '')
  const today = toWall(now, zone).slice(0, 10)
  const read = readDays(asked, today)
  if (!read) return readTime(asked, today, { now, zone })
  if (read.days.from !== read.days.to) return undefined
  const rest = asked.split(' ').slice(read.length).join(' ')
  const time = rest === '' ? '00:00:00' : timeIn(rest)
  return time === undefined ? undefined : toInstant(`${read.days.from}T${time}` as WallTime, zone)
}

/** The next time that the clock shows it: today, or tomorrow. */
function readTime(words: string, today: string, { now, zone }: Pick<UntilOptions, 'now' | 'zone'>): Date | undefined {
  const time = timeIn(words)
  if (time === undefined) return undefined
  return [today, addDays(today, 1)]
    .map((day) => toInstant(`${day}T${time}` as WallTime, zone))
    .find((moment) => moment > now)
}

/** `HH:MM:00` */
function timeIn(words: string): string | undefined {
  const slot = parseSlot(words.replace(/^(?:в|на|до|at|until) /u, '').replace(/ (?:ч|час|часа|часов)$/u, ''))
  return slot && `${slot}:00`
}

function addDays(day: string, count: number): string {
  return new Date(Date.parse(day) + count * dayMs).toISOString().slice(0, 10)
}
