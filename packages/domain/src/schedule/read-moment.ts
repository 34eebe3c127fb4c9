import { readDays } from '../question/measures/read-days.ts'
import { countWords } from '../question/vocabulary.ts'
import type { WallTime } from '../values/wall-time.ts'
import { toInstant, toWall } from '../values/zone.ts'
import { parseSlot } from './schedule.ts'

/** A moment to come, as a text names it. `past` carries the moment that is over. */
export type ReadMoment =
  | { readonly kind: 'moment' | 'past' | 'too_far'; readonly at: Date }
  | { readonly kind: 'unreadable' }

/** Nobody plans a single message further ahead; a later date is a slip of the pen. */
const mostDaysAhead = 366
const dayMs = 86_400_000

/**
 * Reads a future moment in a zone: `18:30`, `завтра 9:00`, `05.12 10:00`, `05.12.2026 в 10:00`. Without a day it is today, even if that is over:
 * anybody who means tomorrow is asked to say so. A time that the clocks of the zone skip moves forward by the gap.
 */
export function readMoment(text: string, { zone, now }: { readonly zone: string; readonly now: Date }): ReadMoment {
  const words = text
    .trim()
    .toLowerCase()
    .split(/[\s,]+/)
  const slot = parseSlot(words.at(-1) ?? '')
  if (slot === undefined) return { kind: 'unreadable' }
  const today = toWall(now, zone).slice(0, 10)
  const day = readDay(
    words.slice(0, -1).filter((word) => word !== 'в' && word !== 'at'),
    today,
  )
  if (day === undefined) return { kind: 'unreadable' }
  const at = toInstant(`${day}T${slot}:00` as WallTime, zone)
  if (at <= now) return { kind: 'past', at }
  return { kind: at.getTime() - now.getTime() > mostDaysAhead * dayMs ? 'too_far' : 'moment', at }
}

/** `YYYY-MM-DD`; today for no words at all. */
function readDay(words: readonly string[], today: string): string | undefined {
  if (words.length === 0) return today
  const text = words.join(' ')
  const read = readDays(text, today)
  if (!read || read.length !== countWords(text)) return undefined
  return read.days.from === read.days.to ? read.days.from : undefined
}
