import type { DayRange } from '../filter.ts'
import { countWords } from '../vocabulary.ts'

const dayMs = 86_400_000
const halfYearDays = 183
const months = [
  'янв|jan',
  'фев|feb',
  'мар|mar',
  'апр|apr',
  'ма[йя]|may',
  'июн|jun',
  'июл|jul',
  'авг|aug',
  'сен|sep',
  'окт|oct',
  'ноя|nov',
  'дек|dec',
]
const weekdays = [
  'понедельника?|monday',
  'вторника?|tuesday',
  'сред[ауы]|wednesday',
  'четверга?|thursday',
  'пятниц[ауы]|friday',
  'суббот[ауы]|saturday',
  'воскресень[ея]|sunday',
]
const single = anchored(
  '(сегодня|today|завтра|tomorrow|послезавтра|(?:the )?day after tomorrow|вчера|yesterday|позавчера)',
)
const week = anchored('(?:на |до конца )?(этой|текущей|следующей|прошлой|this|next|last)? ?(?:неделе|недели|week)')
const weekend = anchored('(?:на |в |at |on )?(?:the )?(?:выходных|выходные|weekend)')
const ahead = anchored('(?:через|in) (\\d{1,2}) (?:дн\\p{L}{1,2}|день|сут\\p{L}{0,2}|days?)')
const within = anchored(
  '(?:в течение|за|в ближайш\\p{L}+|ближайш\\p{L}+|within|in the next|next) (\\d{1,2}) (?:дн\\p{L}{1,2}|день|сут\\p{L}{0,2}|days?)',
)
const lately = anchored(
  '(?:за |in |over |for )?(?:the )?(?:последн\\p{L}+|прошедш\\p{L}+|last|past) (\\d{1,2}) (?:дн\\p{L}{1,2}|день|сут\\p{L}{0,2}|days?)',
)
const weekday = anchored(`(?:в |во |на |on )?(?:${weekdays.map((name) => `(${name})`).join('|')})`)
const dotted = anchored('(\\d{1,2})\\.(\\d{1,2})(?:\\.(\\d{4}|\\d{2}))?')
const iso = anchored('(\\d{4})-(\\d{2})-(\\d{2})')
const named = anchored(`(\\d{1,2}) (?:${months.map((name) => `(${name})\\p{L}*`).join('|')})(?: (\\d{4}))?`)
const until = anchored('(?:по|до|to|till)')

/** The days at the beginning of a text, and their number of words; `today` is `YYYY-MM-DD`. */
export function readDays(
  text: string,
  today: string,
): { readonly days: DayRange; readonly length: number } | undefined {
  const first = readOne(text, today)
  if (!first) return undefined
  const rest = text.slice(first.found.length + 1)
  const [join] = until.exec(rest) ?? []
  const second = first.isDate ? readOne(join === undefined ? rest : rest.slice(join.length + 1), today) : undefined
  const length = countWords(first.found)
  if (!second?.isDate || second.days.to < first.days.from) return { days: first.days, length }
  const days = { from: first.days.from, to: second.days.to }
  return { days, length: length + (join === undefined ? 0 : 1) + countWords(second.found) }
}

interface Found {
  readonly found: string
  readonly days: DayRange
  /** A date can begin or end a range. */
  readonly isDate: boolean
}

function readOne(text: string, today: string): Found | undefined {
  return (
    readNear(text, today) ??
    readWeek(text, today) ??
    readWeekend(text, today) ??
    readWeekday(text, today) ??
    readDate(text, today)
  )
}

function readNear(text: string, today: string): Found | undefined {
  const [word] = single.exec(text) ?? []
  if (word !== undefined) return oneDay(word, addDays(today, aheadOf(word)))
  const [later, days] = ahead.exec(text) ?? []
  if (later !== undefined) return oneDay(later, addDays(today, Number(days)))
  const [since, back] = lately.exec(text) ?? []
  if (since !== undefined)
    return { found: since, days: { from: addDays(today, -Number(back)), to: today }, isDate: false }
  const [soon, most] = within.exec(text) ?? []
  return soon === undefined
    ? undefined
    : { found: soon, days: { from: today, to: addDays(today, Number(most)) }, isDate: false }
}

function aheadOf(word: string): number {
  if (/^(?:сегодня|today)$/.test(word)) return 0
  if (/^(?:вчера|yesterday)$/.test(word)) return -1
  if (word === 'позавчера') return -2
  return /^(?:завтра|tomorrow)$/.test(word) ? 1 : 2
}

function readWeek(text: string, today: string): Found | undefined {
  const [found, which] = week.exec(text) ?? []
  if (found === undefined || (which === undefined && !found.startsWith('до конца'))) return undefined
  const weeks = which === 'следующей' || which === 'next' ? 1 : which === 'прошлой' || which === 'last' ? -1 : 0
  const monday = addDays(today, -weekdayOf(today) + weeks * 7)
  return { found, days: { from: monday, to: addDays(monday, 6) }, isDate: false }
}

/** Saturday and Sunday of this week. */
function readWeekend(text: string, today: string): Found | undefined {
  const [found] = weekend.exec(text) ?? []
  const saturday = addDays(today, 5 - weekdayOf(today))
  return found === undefined ? undefined : { found, days: { from: saturday, to: addDays(saturday, 1) }, isDate: false }
}

function readWeekday(text: string, today: string): Found | undefined {
  const [found, ...names] = weekday.exec(text) ?? []
  if (found === undefined) return undefined
  const asked = names.findIndex((name) => name !== undefined)
  return oneDay(found, addDays(today, (asked - weekdayOf(today) + 7) % 7))
}

function readDate(text: string, today: string): Found | undefined {
  const [dottedText, dottedDay, dottedMonth, dottedYear] = dotted.exec(text) ?? []
  if (dottedText !== undefined) {
    return dateOf(dottedText, { day: dottedDay, month: Number(dottedMonth), year: dottedYear }, today)
  }
  const [isoText, isoYear, isoMonth, isoDay] = iso.exec(text) ?? []
  if (isoText !== undefined) return dateOf(isoText, { day: isoDay, month: Number(isoMonth), year: isoYear }, today)
  const [namedText, namedDay, ...rest] = named.exec(text) ?? []
  if (namedText === undefined) return undefined
  const month = rest.slice(0, months.length).findIndex((name) => name !== undefined) + 1
  return dateOf(namedText, { day: namedDay, month, year: rest.at(-1) }, today)
}

function dateOf(
  found: string,
  { day, month, year }: { readonly day: string | undefined; readonly month: number; readonly year: string | undefined },
  today: string,
): Found | undefined {
  const written = year === undefined ? undefined : Number(year.length === 2 ? `20${year}` : year)
  const days = [written ?? Number(today.slice(0, 4))]
    .flatMap((year) => (written === undefined ? [year, year + 1, year - 1] : [year]))
    .map((year) => dayOf(year, month, Number(day)))
    .filter((day) => day !== undefined)
  const nearest = days.find((day) => Math.abs(daysBetween(today, day)) <= halfYearDays) ?? days[0]
  return nearest === undefined ? undefined : { found, days: { from: nearest, to: nearest }, isDate: true }
}

function dayOf(year: number, month: number, day: number): string | undefined {
  const date = new Date(Date.UTC(year, month - 1, day))
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day ? date.toISOString().slice(0, 10) : undefined
}

function oneDay(found: string, day: string): Found {
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
function weekdayOf(day: string): number {
  return (new Date(day).getUTCDay() + 6) % 7
}

function anchored(pattern: string): RegExp {
  return new RegExp(`^${pattern}(?= |$)`, 'u')
}
