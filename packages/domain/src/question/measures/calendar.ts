import type { DayRange } from '../filter.ts'

const dayMs = 86_400_000

/** Days that a text names at its beginning. */
export interface FoundDays {
  readonly found: string
  readonly days: DayRange
  /** A date can begin or end a range. */
  readonly isDate: boolean
  /** A day of each week: the next one, or the last one where the question is about the past. */
  readonly isWeekly?: boolean
}

/** A pattern that fits at the beginning of a text and ends with a word. */
export function anchored(pattern: string): RegExp {
  return new RegExp(`^(?:${pattern})(?= |$)`, 'u')
}

export function oneDay(found: string, day: string): FoundDays {
  return { found, days: { from: day, to: day }, isDate: false }
}

/** A day that lies so many days later. */
export function addDays(day: string, count: number): string {
  return new Date(Date.parse(day) + count * dayMs).toISOString().slice(0, 10)
}

/** How many days lie between two days. */
export function daysBetween(from: string, to: string): number {
  return (Date.parse(to) - Date.parse(from)) / dayMs
}

/** 0 is Monday. */
export function weekdayOf(day: string): number {
  return (new Date(day).getUTCDay() + 6) % 7
}

/** The day of a calendar; undefined where there is none, such as 31 November. */
export function dayOf(year: number, month: number, day: number): string | undefined {
  const date = new Date(Date.UTC(year, month - 1, day))
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day ? date.toISOString().slice(0, 10) : undefined
}

/** First and last day of a month; the months go on beyond 1 and 12. */
export function monthOf(year: number, month: number): DayRange {
  const first = new Date(Date.UTC(year, month - 1, 1)).toISOString().slice(0, 10)
  return { from: first, to: addDays(new Date(Date.UTC(year, month, 1)).toISOString().slice(0, 10), -1) }
}

/** `за 3 дня` lie ahead of an arrival, and behind a departure; what has happened on Friday did so on the last one. */
export function asPast({ from, to }: DayRange, isWeekly: boolean, today: string): DayRange {
  if (isWeekly && from > today) return { from: addDays(from, -7), to: addDays(to, -7) }
  return from === today && to > today ? { from: addDays(today, -daysBetween(today, to)), to: today } : { from, to }
}
