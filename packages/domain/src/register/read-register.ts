import { wordsOf } from '../question/words.ts'

/** A question for the register of late deliveries. */
export interface RegisterQuestion {
  /** First day of the month, `YYYY-MM-01`; undefined where none is named. */
  readonly month: string | undefined
  /** The words behind «для» or “for”, a company perhaps; in lower case. */
  readonly whom: string | undefined
}

const months = ['янв', 'фев', 'мар', 'апр', 'ма', 'июн', 'июл', 'авг', 'сен', 'окт', 'ноя', 'дек']
const englishMonths = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const asks =
  /(?:реестр|список|перечень|отчет) (?:[а-я]+ )?(?:просроч|опоздавш|опоздани)|^просроч[а-я]*(?: доставк[а-я]*)? (?:за|по)(?: |$)|register of late|late (?:deliver[a-z]+ )?register|late deliveries (?:for|in)(?: |$)/u
const longestQuestion = 200

/**
 * Reads «реестр просрочек за октябрь», «… за прошлый месяц», «… за 10.2026 для Ромашки»; undefined for a text about something else. `today` is
 * `YYYY-MM-DD`. A month without a year is the newest that has begun.
 */
export function readRegisterQuestion(text: string, today: string): RegisterQuestion | undefined {
  if (text.length > longestQuestion) return undefined
  const words = wordsOf(text).map((word) => word.text)
  const said = words.join(' ')
  if (!asks.test(said)) return undefined
  return { month: readMonth(words, text, today), whom: readWhom(said) }
}

/** The first day of the month before that of a day, both as `YYYY-MM-DD`. */
export function monthBefore(day: string): string {
  return firstDay(Number(day.slice(0, 4)), Number(day.slice(5, 7)) - 1)
}

/** The first day of the month after that of a day, both as `YYYY-MM-DD`. */
export function monthAfter(day: string): string {
  return firstDay(Number(day.slice(0, 4)), Number(day.slice(5, 7)) + 1)
}

function readMonth(words: readonly string[], text: string, today: string): string | undefined {
  const said = words.join(' ')
  const thisMonth = `${today.slice(0, 8)}01`
  if (/(?:прошл|предыдущ)[а-я]+ месяц|last month|previous month/u.test(said)) return monthBefore(today)
  if (/(?:эт|текущ)[а-я]+ месяц|this month/u.test(said)) return thisMonth
  const [, monthNumber, yearNumber] = /(?<!\d)(0?[1-9]|1[0-2])[./](20\d\d)(?!\d)/u.exec(text) ?? []
  if (monthNumber !== undefined) return firstDay(Number(yearNumber), Number(monthNumber))
  for (const [place, word] of words.entries()) {
    const month = monthOf(word)
    if (month === undefined) continue
    const year = /^20\d\d$/u.test(words[place + 1] ?? '') ? Number(words[place + 1]) : undefined
    return year === undefined ? newestBegun(month, thisMonth) : firstDay(year, month)
  }
  return undefined
}

/** From 1. */
function monthOf(word: string): number | undefined {
  const russian = months.findIndex((start) =>
    start === 'ма' ? /^ма[йяе]$|^маем$/u.test(word) : word.startsWith(start) && word.length >= 3,
  )
  // «мар…» is March, and of the words that begin like a month only whole forms count.
  if (russian >= 0)
    return /^(?:янв|фев|мар|апр|ма|июн|июл|авг|сен|окт|ноя|дек)[а-я]{0,6}$/u.test(word) ? russian + 1 : undefined
  const english = englishMonths.findIndex((start) => word.startsWith(start) && /^[a-z]{3,9}$/u.test(word))
  return english >= 0 ? english + 1 : undefined
}

function newestBegun(month: number, thisMonth: string): string {
  const year = Number(thisMonth.slice(0, 4))
  const day = firstDay(year, month)
  return day <= thisMonth ? day : firstDay(year - 1, month)
}

function readWhom(said: string): string | undefined {
  const [, whom] = /(?:^| )(?:для|по компании|компании|клиента|for company|of company) (.+)$/u.exec(said) ?? []
  return whom?.replace(/ (?:за|for|in) .*$/u, '').trim() || undefined
}

function firstDay(year: number, month: number): string {
  return new Date(Date.UTC(year, month - 1, 1)).toISOString().slice(0, 10)
}
