import type { Filter } from './filter.ts'
import { countWords } from './vocabulary.ts'

/** A duration or a distance that the beginning of a text tells. */
export type Measure =
  | { readonly kind: 'idle'; readonly minutes: number; readonly isCompared: boolean }
  | { readonly kind: 'km'; readonly kmLeft: NonNullable<Filter['kmLeft']> }

const number = '(\\d{1,3}(?: \\d{3})+|\\d+(?:[.,]\\d+)?)'
const more =
  '(?:больше|более|дольше|дальше|свыше|over|above|(?:more|longer|farther|further) than)(?: чем)?|не менее|не меньше|at least|[>≥]=?'
const less =
  '(?:ближе|меньше|менее)(?: чем)?(?: на)?|не более|не больше|не дальше|в|до|within|under|(?:less|closer|nearer) than|[<≤]=?'
const units = '(суток|сутки|сут|дн\\p{L}{0,2}|день|ч|час\\p{L}{0,2}|недел\\p{L}{1,2}|days?|d|hours?|hrs?|h|weeks?)'
const kilometres = '(?:км|километр\\p{L}{0,3}|km|kilomet\\p{L}{0,4})(?: (?:от|до|к|from|of|to|away from))?'

const durations = anchored(`(?:(${more}|уже|от|for) )?${number}(?: (?:х|ти|\\+)){0,2} ${units}`)
const wholeUnits = anchored(`(?:${more})(?: (?:an?|one))? (суток|дня|часа|недели|day|hour|week)`)
const distances = anchored(`(?:осталось )?(?:(${more})|(${less}))? ?${number} ${kilometres}`)

/** The measure with which a text begins, and of how many words it is. */
export function readMeasure(text: string): { readonly measure: Measure; readonly length: number } | undefined {
  const measure = readDistance(text) ?? readDuration(text) ?? readWholeUnit(text)
  return measure && { ...measure, length: countWords(measure.found) }
}

function readDistance(text: string) {
  const [found, over, under, written = ''] = distances.exec(text) ?? []
  if (found === undefined || (over === undefined && under === undefined && !found.startsWith('осталось')))
    return undefined
  const km = Math.round(toNumber(written))
  return { found, measure: { kind: 'km', kmLeft: { side: over === undefined ? 'under' : 'over', km } } as const }
}

function readDuration(text: string) {
  const [found, comparison, written = '', unit = ''] = durations.exec(text) ?? []
  if (found === undefined) return undefined
  const minutes = Math.round(toNumber(written) * minutesOf(unit))
  return {
    found,
    measure: { kind: 'idle', minutes, isCompared: comparison !== undefined || found.includes('+') } as const,
  }
}

/** `больше суток` */
function readWholeUnit(text: string) {
  const [found, unit = ''] = wholeUnits.exec(text) ?? []
  return found === undefined
    ? undefined
    : { found, measure: { kind: 'idle', minutes: minutesOf(unit), isCompared: true } as const }
}

function minutesOf(unit: string): number {
  if (/^(?:ч|h)/.test(unit)) return 60
  return /^(?:нед|w)/.test(unit) ? 7 * 1440 : 1440
}

function toNumber(written: string): number {
  return Number(written.replaceAll(' ', '').replace(',', '.'))
}

function anchored(pattern: string): RegExp {
  return new RegExp(`^${pattern}(?= |$)`, 'u')
}
