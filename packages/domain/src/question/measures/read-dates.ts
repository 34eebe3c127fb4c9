import { anchored, dayOf, daysBetween, type FoundDays, monthOf } from './calendar.ts'

const halfYearDays = 183
const monthsOfYear = 12
/** Beside the number of a day the beginning of a month is enough. */
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
/** Alone it is said in full: `в Мариинске` is no March. */
const wholeMonths = [
  'январ[ьяе]|january',
  'феврал[ьяе]|february',
  'март[ае]?|march',
  'апрел[ьяе]|april',
  'ма[йяе]|may',
  'июн[ьяе]|june',
  'июл[ьяе]|july',
  'август[ае]?|august',
  'сентябр[ьяе]|september',
  'октябр[ьяе]|october',
  'ноябр[ьяе]|november',
  'декабр[ьяе]|december',
]
const ordinal = '(?: (?:го|му|е|ое|ого|ому|st|nd|rd|th))?'
const anyMonth = `(?:${months.map((name) => `(${name})\\p{L}*`).join('|')})`

const dotted = anchored('(\\d{1,2})\\.(\\d{1,2})(?:\\.(\\d{4}|\\d{2}))?')
const iso = anchored('(\\d{4})-(\\d{2})-(\\d{2})')
const named = anchored(`(\\d{1,2})${ordinal} ${anyMonth}(?: (\\d{4}))?`)
const monthFirst = anchored(`${anyMonth} (\\d{1,2})${ordinal}`)
const numbered = anchored('(\\d{1,2}) (?:(?:го|му|е|ое|ого|ому)(?: числ\\p{L}*)?|числ\\p{L}*|st|nd|rd|th)')
const span = anchored(
  `(?:со? |from |between )?(\\d{1,2})${ordinal}(?: (?:по|до|to|till|and|и))? (\\d{1,2})${ordinal} ${anyMonth}`,
)
const wholeMonth = anchored(
  `(?:в|во|за|in|for|during) (?:${wholeMonths.map((name) => `(${name})`).join('|')})(?: (\\d{4}))?`,
)
const nearMonth = anchored(
  '(?:в |во |за |in |до конца |by the end of )?(?:the )?(эт(?:ом|от|ого)|текущ\\p{L}*|следующ\\p{L}*|прошл\\p{L}*|this|next|last) (?:месяц\\p{L}{0,2}|month)',
)
const endOfMonth = anchored('(?:до конца месяца|(?:by|until|till) the end of (?:the )?month)')

/** A date, a range of dates within a month, or a whole month at the beginning of a text. */
export function readDate(text: string, today: string): FoundDays | undefined {
  return readWritten(text, today) ?? readSpan(text, today) ?? readNamed(text, today) ?? readMonth(text, today)
}

function readWritten(text: string, today: string): FoundDays | undefined {
  const [dottedText, dottedDay, dottedMonth, dottedYear] = dotted.exec(text) ?? []
  if (dottedText !== undefined)
    return dateOf(dottedText, { day: dottedDay, month: Number(dottedMonth), year: dottedYear }, today)
  const [isoText, isoYear, isoMonth, isoDay] = iso.exec(text) ?? []
  return isoText === undefined
    ? undefined
    : dateOf(isoText, { day: isoDay, month: Number(isoMonth), year: isoYear }, today)
}

/** `с 20 по 22 ноября`, `20-22 ноября`, `between 25 and 27 november` */
function readSpan(text: string, today: string): FoundDays | undefined {
  const [found, first, last, ...names] = span.exec(text) ?? []
  if (found === undefined) return undefined
  const month = monthIn(names)
  const from = dateOf(found, { day: first, month, year: undefined }, today)
  const to = dateOf(found, { day: last, month, year: undefined }, today)
  if (!from || !to || to.days.to < from.days.from) return undefined
  return { found, days: { from: from.days.from, to: to.days.to }, isDate: false }
}

/** `25 ноября`, `November 25th`, `25-го`: without a month it is the nearest such day. */
function readNamed(text: string, today: string): FoundDays | undefined {
  const [namedText, namedDay, ...rest] = named.exec(text) ?? []
  if (namedText !== undefined)
    return dateOf(namedText, { day: namedDay, month: monthIn(rest), year: rest.at(-1) }, today)
  const [firstText, ...names] = monthFirst.exec(text) ?? []
  if (firstText !== undefined)
    return dateOf(firstText, { day: names.at(-1), month: monthIn(names), year: undefined }, today)
  const [numberedText, day] = numbered.exec(text) ?? []
  if (numberedText === undefined) return undefined
  const [year, month] = [Number(today.slice(0, 4)), Number(today.slice(5, 7))]
  const near = [0, 1, -1].flatMap((later) => dayIn(year, month + later, Number(day)) ?? [])
  const [nearest] = near.toSorted((a, b) => Math.abs(daysBetween(today, a)) - Math.abs(daysBetween(today, b)))
  return nearest === undefined ? undefined : { found: numberedText, days: { from: nearest, to: nearest }, isDate: true }
}

function readMonth(text: string, today: string): FoundDays | undefined {
  const [year, month] = [Number(today.slice(0, 4)), Number(today.slice(5, 7))]
  const [found, ...names] = wholeMonth.exec(text) ?? []
  if (found !== undefined) {
    const asked = monthIn(names)
    const written = names.at(-1)
    const days = monthOf(written === undefined ? nearestYear(asked, year, month) : Number(written), asked)
    return { found, days, isDate: false }
  }
  const [end] = endOfMonth.exec(text) ?? []
  if (end !== undefined) return { found: end, days: { from: today, to: monthOf(year, month).to }, isDate: false }
  const [near, which = ''] = nearMonth.exec(text) ?? []
  if (near === undefined) return undefined
  const later = /^(?:след|next)/u.test(which) ? 1 : /^(?:прош|last)/u.test(which) ? -1 : 0
  return { found: near, days: monthOf(year, month + later), isDate: false }
}

/** In January a mere December is the last one. */
function nearestYear(asked: number, year: number, month: number): number {
  const away = asked - month
  return away > monthsOfYear / 2 ? year - 1 : away < -monthsOfYear / 2 ? year + 1 : year
}

/** Of the groups for the months, the place of the one that is there. */
function monthIn(groups: readonly (string | undefined)[]): number {
  return groups.slice(0, monthsOfYear).findIndex((name) => name !== undefined) + 1
}

function dayIn(year: number, month: number, day: number): string | undefined {
  const first = monthOf(year, month).from
  return dayOf(Number(first.slice(0, 4)), Number(first.slice(5, 7)), day)
}

function dateOf(
  found: string,
  { day, month, year }: { readonly day: string | undefined; readonly month: number; readonly year: string | undefined },
  today: string,
): FoundDays | undefined {
  const written = year === undefined ? undefined : Number(year.length === 2 ? `20${year}` : year)
  const days = [written ?? Number(today.slice(0, 4))]
    .flatMap((year) => (written === undefined ? [year, year + 1, year - 1] : [year]))
    .map((year) => dayOf(year, month, Number(day)))
    .filter((day) => day !== undefined)
  const nearest = days.find((day) => Math.abs(daysBetween(today, day)) <= halfYearDays) ?? days[0]
  return nearest === undefined ? undefined : { found, days: { from: nearest, to: nearest }, isDate: true }
}
