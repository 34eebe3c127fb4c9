import { createDate } from '../format/dates.ts'
import { createDayRange } from '../format/day-range.ts'
import { createDuration } from '../format/durations.ts'
import { createNumber } from '../format/numbers.ts'
import { createPlural } from '../format/plurals.ts'
import { createSize } from '../format/sizes.ts'

/** The name of the language in that language. */
export const languageName: string = 'Русский'

/** Numbers as Russian writes them: `1 204,5`. */
export const number = createNumber('ru-RU')

/** Separates a whole number from its fraction in a text that a spreadsheet reads. */
export const decimalMark: string = ','

/** The form of a noun that goes with a whole number: 1 контейнер, 2 контейнера, 5 контейнеров. */
export const plural = createPlural<'one' | 'few' | 'many'>('ru', 'many')

/** `3 сут 4 ч`, `5 ч 20 мин`, `0 мин`. */
export const duration = createDuration({ day: 'сут', hour: 'ч', minute: 'мин' })

/** `1,2 ГБ`, `12,3 МБ`, `0,4 КБ`. */
export const size = createSize('ru-RU', ['КБ', 'МБ', 'ГБ'])

/** `14–16 августа`: the days from one moment to another in a zone. */
export const dayRange = createDayRange('ru-RU', 'long')

/** `14–16 авг.`: the same for lists. */
export const shortDayRange = createDayRange('ru-RU', 'short')

/** Parts of moments as people say them. Dates are whole days, midnight at UTC. */
export const moments = {
  yesterday: 'вчера',
  today: 'сегодня',
  tomorrow: 'завтра',
  inDays: (n: number): string => `через ${n} ${plural(n, { one: 'день', few: 'дня', many: 'дней' })}`,
  /** Of the name that the railway gives a zone. */
  zoneName: (label: string): string => label,
  zone: (mark: string): string => `🕒 Время: ${mark}`,
  date: createDate('ru-RU', { day: 'numeric', month: 'long' }),
  shortDate: createDate('ru-RU', { day: '2-digit', month: '2-digit' }),
  fullDate: createDate('ru-RU', { day: '2-digit', month: '2-digit', year: 'numeric' }),
}

export function containers(count: number): string {
  return `${count} ${plural(count, { one: 'контейнер', few: 'контейнера', many: 'контейнеров' })}`
}
