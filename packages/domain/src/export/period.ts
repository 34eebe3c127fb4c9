/** Days of a calendar, `YYYY-MM-DD`, both included; an end that is undefined is open. */
export interface Period {
  readonly from: string | undefined
  readonly until: string | undefined
}

/** The periods that buttons offer. */
export const periodNames = ['today', 'yesterday', 'week', 'month', 'this_month', 'last_month', 'all'] as const
export type PeriodName = (typeof periodNames)[number]

const dayMs = 86_400_000
const weekDays = 7
const monthDays = 30

/** The days of a named period; `today` is `YYYY-MM-DD` in the zone that the days are meant in. */
export function namedPeriod(name: PeriodName, today: string): Period {
  const firstOfMonth = `${today.slice(0, 8)}01`
  const yesterday = addDays(today, -1)
  const periods: Readonly<Record<PeriodName, Period>> = {
    all: { from: undefined, until: undefined },
    today: { from: today, until: today },
    yesterday: { from: yesterday, until: yesterday },
    week: { from: addDays(today, 1 - weekDays), until: today },
    month: { from: addDays(today, 1 - monthDays), until: today },
    this_month: { from: firstOfMonth, until: today },
    last_month: monthEndingOn(addDays(firstOfMonth, -1)),
  }
  return periods[name]
}

function monthEndingOn(until: string): Period {
  return { from: `${until.slice(0, 8)}01`, until }
}

/** A period that somebody has typed, or why it is none. */
export type ReadPeriod =
  | { readonly kind: 'period'; readonly period: Period }
  /** `what` is the part that is no day. */
  | { readonly kind: 'unreadable' | 'no_such_day'; readonly what: string }
  | { readonly kind: 'reversed'; readonly from: string; readonly until: string }
  | { readonly kind: 'future'; readonly from: string }

const separator =
  /\s*(?:[–—]|\.{2,}|(?<=\s)-(?=\s)|(?<=\d\.\d{4}|\d\.\d{2})-(?=\d)|(?<=\s)(?:по|до|to|till|until)(?=\s))\s*/u
const dotted = /^(\d{1,2})[./](\d{1,2})(?:[./](\d{4}|\d{2}))?$/
const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/
const month = /^(\d{1,2})[./](\d{4})$/

/** Reads `01.11.2026 – 15.11.2026`, `01.11-15.11`, `2026-11-01`, `11.2026`; a day without a year is the newest that is not ahead. */
export function readPeriod(text: string, today: string): ReadPeriod {
  const plain = text
    .trim()
    .toLowerCase()
    .replace(/^(?:с|со|from|since)\s+/u, '')
  const [first = '', second, ...rest] = plain.split(separator)
  if (rest.length > 0) return { kind: 'unreadable', what: plain }
  const from = readDays(first, today)
  if ('kind' in from) return from
  const until = second === undefined ? from : readDays(second, today)
  if ('kind' in until) return until
  const period = { from: from.first, until: until.last }
  if (period.until < period.from) return { kind: 'reversed', ...period }
  if (period.from > today) return { kind: 'future', from: period.from }
  return { kind: 'period', period }
}

type Days = { readonly first: string; readonly last: string }
type Unread = Extract<ReadPeriod, { readonly kind: 'unreadable' | 'no_such_day' }>

function readDays(text: string, today: string): Days | Unread {
  const [, monthNumber, yearOfMonth] = month.exec(text) ?? []
  if (monthNumber !== undefined && yearOfMonth !== undefined) return wholeMonth(text, yearOfMonth, monthNumber)
  const [, isoYear, isoMonth = '', isoDay = ''] = iso.exec(text) ?? []
  if (isoYear !== undefined) return oneDay(text, { year: isoYear, month: isoMonth, day: isoDay })
  return readDotted(text, today)
}

function readDotted(text: string, today: string): Days | Unread {
  const [, day, dayMonth = '', year] = dotted.exec(text) ?? []
  if (day === undefined) return { kind: 'unreadable', what: text }
  if (year !== undefined) return oneDay(text, { year: year.length === 2 ? `20${year}` : year, month: dayMonth, day })
  const thisYear = oneDay(text, { year: today.slice(0, 4), month: dayMonth, day })
  if (!('first' in thisYear) || thisYear.first <= today) return thisYear
  return oneDay(text, { year: String(Number(today.slice(0, 4)) - 1), month: dayMonth, day })
}

function wholeMonth(text: string, year: string, monthNumber: string): Days | Unread {
  const first = oneDay(text, { year, month: monthNumber, day: '1' })
  if (!('first' in first)) return first
  const [nextYear, nextMonth] =
    Number(monthNumber) === 12 ? [Number(year) + 1, 1] : [Number(year), Number(monthNumber) + 1]
  return { first: first.first, last: addDays(`${nextYear}-${String(nextMonth).padStart(2, '0')}-01`, -1) }
}

function oneDay(
  text: string,
  { year, month: monthNumber, day }: { readonly year: string; readonly month: string; readonly day: string },
): Days | Unread {
  const written = `${year}-${monthNumber.padStart(2, '0')}-${day.padStart(2, '0')}`
  const date = new Date(`${written}T00:00:00Z`)
  const exists = !Number.isNaN(date.getTime()) && date.toISOString().startsWith(written)
  return exists ? { first: written, last: written } : { kind: 'no_such_day', what: text }
}

function addDays(day: string, days: number): string {
  return new Date(new Date(`${day}T00:00:00Z`).getTime() + days * dayMs).toISOString().slice(0, 10)
}
