import { cleanText, parseWallTime, readDay, toInstant, toWall, type WallTime } from '@atermtrack/domain'

/** The oldest year of a train code that somebody still corrects. */
const earliest = '2020-01-01'

interface Asked {
  readonly now: Date
  readonly zone: string
  /** The date so far; a day without a time keeps its time. */
  readonly sentAt: Date
}

/** Reads the date of a train as a person types it: `28.08.2025`, `28.08.2025 14:30`, `вчера`; undefined for any other text and for a day to come. */
export function readSentAt(text: string, { now, zone, sentAt }: Asked): Date | undefined {
  const asked = cleanText(text)
  const wall = parseWallTime(asked)
  const today = toWall(now, zone).slice(0, 10)
  const day = wall?.slice(0, 10) ?? readDay(asked, today)
  if (day === undefined || day < earliest || day > today) return undefined
  const hasTime = wall !== undefined && asked.includes(':')
  const at = toInstant(hasTime ? wall : (`${day}${toWall(sentAt, zone).slice(10)}` as WallTime), zone)
  if (at <= now) return at
  return hasTime ? undefined : now
}
