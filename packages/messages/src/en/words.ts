import { createDate } from '../format/dates.ts'
import { createDayRange } from '../format/day-range.ts'
import { createDuration } from '../format/durations.ts'
import { createNumber } from '../format/numbers.ts'
import { createPlural } from '../format/plurals.ts'
import { createSize } from '../format/sizes.ts'

/** The name of the language in that language. */
export const languageName: string = 'English'

/** Numbers as English writes them: `1,204.5`. */
export const number = createNumber('en-GB')

/** Separates a whole number from its fraction in a text that a spreadsheet reads. */
export const decimalMark: string = '.'

/** The form of a noun that goes with a whole number: 1 container, 2 containers. */
export const plural = createPlural<'one' | 'other'>('en', 'other')

/** `3 d 4 h`, `5 h 20 min`, `0 min`. */
export const duration = createDuration({ day: 'd', hour: 'h', minute: 'min' })

/** `1.2 GB`, `12.3 MB`, `0.4 kB`. */
export const size = createSize('en-GB', ['kB', 'MB', 'GB'])

/** `14–16 August`: the days from one moment to another in a zone. */
export const dayRange = createDayRange('en-GB', 'long')

/** `14–16 Aug`: the same for lists. */
export const shortDayRange = createDayRange('en-GB', 'short')

/** Parts of moments as people say them. Dates are whole days, midnight at UTC. */
export const moments = {
  yesterday: 'yesterday',
  today: 'today',
  tomorrow: 'tomorrow',
  inDays: (n: number): string => `in ${n} ${plural(n, { one: 'day', other: 'days' })}`,
  /** Of the name that the railway gives a zone. */
  zoneName: (label: string): string => latinZone(label),
  zone: (mark: string): string => `🕒 Times: ${mark}`,
  date: createDate('en-GB', { day: 'numeric', month: 'long' }),
  shortDate: createDate('en-GB', { day: 'numeric', month: 'short' }),
  fullDate: createDate('en-GB', { day: 'numeric', month: 'short', year: 'numeric' }),
}

/** The name of a zone as the railway writes it, in Latin letters: `MSK+7`. */
export function latinZone(zone: string): string {
  return zone.replace('МСК', 'MSK')
}

export function containers(count: number): string {
  return `${count} ${plural(count, { one: 'container', other: 'containers' })}`
}
