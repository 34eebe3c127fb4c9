import type { Filter } from '../filter.ts'
import { countWords } from '../vocabulary.ts'
import { numeral, numeralOf } from './numerals.ts'

/** A duration or a distance at the beginning of a text. */
export type Measure =
  | { readonly kind: 'idle'; readonly minutes: number; readonly isCompared: boolean }
  | { readonly kind: 'km'; readonly kmLeft: NonNullable<Filter['kmLeft']> }

const number = '(\\d{1,3}(?: \\d{3})+|\\d+(?:[.,]\\d+)?)'
const more =
  '(?:больше|более|дольше|дальше|свыше|over|above|(?:more|longer|farther|further) than)(?: чем)?(?: на)?|не менее|не меньше|at least|[>≥]=?'
const less =
  '(?:ближе|меньше|менее)(?: чем)?(?: на)?|не более|не больше|не дальше|в|до|за|within|under|(?:less|closer|nearer) than|[<≤]=?'
const units =
  '(суток|сутки|сут|дн\\p{L}{0,2}|день|ч|час\\p{L}{0,2}|недел\\p{L}{1,2}|месяц\\p{L}{0,3}|days?|d|hours?|hrs?|h|weeks?|months?)'
const kilometres = '(?:км|километр\\p{L}{0,3}|km|kilomet\\p{L}{0,4})(?: (от|до|к|from|of|to|away from|left|to go))?'

const durations = anchored(
  `(?:(${more}|уже|от|for) )?(?:${number}(?: (?:х|ти|\\+)){0,2}|(${numeral})) ${units}(?: \\+)?`,
)
const wholeUnits = anchored(
  `(?:(?:(${more}|уже|целую|целый|целые) )(?:(?:an?|one|целых|целой) )?(суток|сутки|дня|день|часа|недел[ию]|месяца?|day|hour|week|month)|(сутки|неделю|месяц))`,
)
const thousands = '(тыс(?:яч\\p{L}{0,2})?|thousand)'
const distances = anchored(
  `(?:осталось )?(?:(${more})|(${less}))? ?(?:${number}(?: ${thousands})?|${thousands}) ${kilometres}`,
)

/** The measure at the beginning of a text, and its number of words. */
export function readMeasure(text: string): { readonly measure: Measure; readonly length: number } | undefined {
  const measure = readDistance(text) ?? readDuration(text) ?? readWholeUnit(text)
  return measure && { ...measure, length: countWords(measure.found) }
}

function readDistance(text: string) {
  const [found, over, under, written, times, thousand, way] = distances.exec(text) ?? []
  const isExplicit = over !== undefined || under !== undefined || way !== undefined
  if (found === undefined || (!isExplicit && !found.startsWith('осталось'))) return undefined
  const km = Math.round(toNumber(written ?? '1') * ((times ?? thousand) === undefined ? 1 : 1_000))
  return { found, measure: { kind: 'km', kmLeft: { side: over === undefined ? 'under' : 'over', km } } as const }
}

function readDuration(text: string) {
  const [found, comparison, digits, words = '', unit = ''] = durations.exec(text) ?? []
  if (found === undefined) return undefined
  const count = digits === undefined ? numeralOf(words) : toNumber(digits)
  const minutes = Math.round(count * minutesOf(unit))
  return {
    found,
    measure: { kind: 'idle', minutes, isCompared: comparison !== undefined || found.includes('+') } as const,
  }
}

/** `больше суток`, `уже неделю`, `неделю` */
function readWholeUnit(text: string) {
  const [found, comparison, compared, bare = ''] = wholeUnits.exec(text) ?? []
  return found === undefined
    ? undefined
    : {
        found,
        measure: { kind: 'idle', minutes: minutesOf(compared ?? bare), isCompared: comparison !== undefined } as const,
      }
}

function minutesOf(unit: string): number {
  if (/^(?:ч|h)/.test(unit)) return 60
  if (/^(?:мес|month)/.test(unit)) return 30 * 1440
  return /^(?:нед|w)/.test(unit) ? 7 * 1440 : 1440
}

function toNumber(written: string): number {
  return Number(written.replaceAll(' ', '').replace(',', '.'))
}

function anchored(pattern: string): RegExp {
  return new RegExp(`^${pattern}(?= |$)`, 'u')
}
