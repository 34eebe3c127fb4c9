import { readDays } from '../question/measures/read-days.ts'

/** Reads a text that names one day: `12 января`, `12.01`, `завтра`, `в пятницу`; `today` is `YYYY-MM-DD`. */
export function readDay(text: string, today: string): string | undefined {
  const words = text.toLowerCase().replaceAll('ё', 'е').replace(/\s+/g, ' ').trim()
  const asked = words.replace(/^(?:до|по|to|till|until) /u, '')
  const read = asked.length > 40 ? undefined : readDays(asked, today)
  if (!read || read.days.from !== read.days.to || read.length !== asked.split(' ').length) return undefined
  return read.days.from
}
