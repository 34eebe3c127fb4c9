/** The hours of every day in which people work. */
export interface DailyHours {
  /** Minutes after midnight. */
  readonly from: number
  readonly until: number
}

/** Parses `08:00-20:00`; undefined for anything else. */
export function parseWorkHours(text: string): DailyHours | undefined {
  const match = /^([01]?\d|2[0-3]):([0-5]\d)\s*[-–]\s*([01]?\d|2[0-4]):([0-5]\d)$/.exec(text.trim())
  if (!match) return undefined
  const [, fromHour, fromMinute, untilHour, untilMinute] = match.map(Number)
  const from = Number(fromHour) * 60 + Number(fromMinute)
  const until = Number(untilHour) * 60 + Number(untilMinute)
  return from < until && until <= 24 * 60 ? { from, until } : undefined
}
