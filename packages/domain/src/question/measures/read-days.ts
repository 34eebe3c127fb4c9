import type { DayRange } from '../filter.ts'
import { countWords } from '../vocabulary.ts'
import { addDays, anchored, type FoundDays, oneDay, weekdayOf } from './calendar.ts'
import { numeral, numeralOf } from './numerals.ts'
import { readDate } from './read-dates.ts'

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
  '(сегодня\\p{L}*|седня|today|tonight|this(?= (?:morning|afternoon|evening)(?: |$))|завтра\\p{L}*|tomorrow|послезавтра|(?:the )?day after tomorrow|вчера\\p{L}*|yesterday|позавчера)',
)
const week = anchored(
  '(?:на |за |до конца |by the end of (?:the )?)?(эт(?:ой|у)|текущ(?:ей|ую)|следующ(?:ей|ую)|прошл(?:ой|ую)|this|next|last)? ?(?:недел[иеую]|week)',
)
const weekend = anchored('(?:на |в |at |on )?(?:the )?(?:выходных|выходные|weekend)')
const count = `(?:(\\d{1,2})(?: (?:х|ти))?|(${numeral}))`
const unit = '(дн\\p{L}{1,2}|день|сут\\p{L}{0,2}|недел\\p{L}{1,2}|месяц\\p{L}{0,3}|days?|weeks?|months?)'
/** One of it, without a number. In English `last week` is a week of the calendar. */
const russianOne = '(сутки|суток|день|неделю|недели|месяц|месяца)'
const ahead = anchored(`(?:через|in) (?:${count} ${unit}|(?:a |an )${unit})|через ${russianOne}`)
const within = anchored(
  `(?:в течение|за|в ближайш\\p{L}+|ближайш\\p{L}+|within|in the next|next) ${count} ${unit}|(?:в течение|за|(?:в )?ближайш\\p{L}+) ${russianOne}|within (?:a |the )${unit}`,
)
const lately = anchored(
  `(?:за |in |over |for )?(?:the )?(?:последн\\p{L}+|прошедш\\p{L}+|прошл\\p{L}+|last|past) ${count} ${unit}|(?:за )?(?:последн\\p{L}+|прошедш\\p{L}+|прошлые) ${russianOne}|(?:in|over|for) the (?:last|past) ${unit}`,
)
const weekday = anchored(`(?:в |во |на |on )?(?:${weekdays.map((name) => `(${name})`).join('|')})`)
const until = anchored('(?:по|до|to|till)')
const beside = anchored('(?:и|или|and|or)')

/** The days at the beginning of a text, and their number of words; `today` is `YYYY-MM-DD`. */
export function readDays(
  text: string,
  today: string,
): { readonly days: DayRange; readonly length: number; readonly isWeekly: boolean } | undefined {
  const first = readOne(text, today)
  if (!first) return undefined
  const rest = text.slice(first.found.length + 1)
  const length = countWords(first.found)
  const isWeekly = first.isWeekly === true
  const range = first.isDate ? readNext(rest, until, today) : undefined
  if (range?.isDate && range.days.to >= first.days.from)
    return { days: { from: first.days.from, to: range.days.to }, length: length + range.length, isWeekly }
  // `сегодня-завтра`, `25 и 26 ноября`
  const next = readNext(rest, beside, today)
  const follows = next?.days.from === addDays(first.days.to, 1)
  return follows && next
    ? { days: { from: first.days.from, to: next.days.to }, length: length + next.length, isWeekly }
    : { days: first.days, length, isWeekly }
}

/** Further days, with a word in front of them or without. */
function readNext(rest: string, joins: RegExp, today: string): (FoundDays & { readonly length: number }) | undefined {
  const [join] = joins.exec(rest) ?? []
  const next = readOne(join === undefined ? rest : rest.slice(join.length + 1), today)
  return next && { ...next, length: (join === undefined ? 0 : 1) + countWords(next.found) }
}

function readOne(text: string, today: string): FoundDays | undefined {
  return (
    readNear(text, today) ??
    readWeek(text, today) ??
    readWeekend(text, today) ??
    readWeekday(text, today) ??
    readDate(text, today)
  )
}

function readNear(text: string, today: string): FoundDays | undefined {
  const [word] = single.exec(text) ?? []
  if (word !== undefined) return oneDay(word, addDays(today, aheadOf(word)))
  const later = ahead.exec(text)
  if (later) return oneDay(later[0], addDays(today, daysIn(later)))
  const since = lately.exec(text)
  if (since) return { found: since[0], days: { from: addDays(today, -daysIn(since)), to: today }, isDate: false }
  const soon = within.exec(text)
  return soon ? { found: soon[0], days: { from: today, to: addDays(today, daysIn(soon)) }, isDate: false } : undefined
}

/** The length of a span of days, from the groups of its count and its unit. */
function daysIn([, ...groups]: RegExpExecArray): number {
  const [digits, words] = groups
  const unitName = groups.slice(2).find((group) => group !== undefined) ?? ''
  const days = /^(?:нед|week)/u.test(unitName) ? 7 : /^(?:мес|month)/u.test(unitName) ? 30 : 1
  return Math.ceil(days * (digits === undefined ? (words === undefined ? 1 : numeralOf(words)) : Number(digits)))
}

function aheadOf(word: string): number {
  if (/^(?:сегодня|седня|today|tonight|this)/.test(word)) return 0
  if (/^(?:вчера|yesterday)/.test(word)) return -1
  if (word === 'позавчера') return -2
  return /^(?:завтра|tomorrow)/.test(word) ? 1 : 2
}

function readWeek(text: string, today: string): FoundDays | undefined {
  const [found, which] = week.exec(text) ?? []
  if (found === undefined || (which === undefined && !/^(?:до конца|by the end)/u.test(found))) return undefined
  const weeks = /^(?:след|next)/u.test(which ?? '') ? 1 : /^(?:прош|last)/u.test(which ?? '') ? -1 : 0
  const monday = addDays(today, -weekdayOf(today) + weeks * 7)
  return { found, days: { from: monday, to: addDays(monday, 6) }, isDate: false }
}

/** Saturday and Sunday of this week. */
function readWeekend(text: string, today: string): FoundDays | undefined {
  const [found] = weekend.exec(text) ?? []
  const saturday = addDays(today, 5 - weekdayOf(today))
  return found === undefined
    ? undefined
    : { found, days: { from: saturday, to: addDays(saturday, 1) }, isDate: false, isWeekly: true }
}

function readWeekday(text: string, today: string): FoundDays | undefined {
  const [found, ...names] = weekday.exec(text) ?? []
  if (found === undefined) return undefined
  const asked = names.findIndex((name) => name !== undefined)
  return { ...oneDay(found, addDays(today, (asked - weekdayOf(today) + 7) % 7)), isWeekly: true }
}
