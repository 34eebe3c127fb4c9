import type { TrainCode } from '../../values/train-code.ts'

/** A train of the terminal as people call it: the code without its letter, or the number in it alone. */
export type TrainName =
  | { readonly kind: 'code'; readonly code: TrainCode }
  /** Three digits; the year is open. */
  | { readonly kind: 'number'; readonly number: string }

const lead =
  '(?:(?:а|и|где|что|с|там|покажи|по|терминала|show|where|is|the)\\s{1,3}){0,4}(?:(?:поезд\\p{L}{0,3}|состав\\p{L}{0,3}|trains?)\\s{1,3})?(?:№|номер|number|#)?\\s{0,3}'
const tail = '(?:\\s{1,3}(?:где|там|сейчас|статус|where|is|it|now|status)){0,3}\\s{0,9}[?.!]?\\s{0,9}$'
const coded = new RegExp(`^\\s{0,9}${lead}[КK]?[\\s\\p{Pd}]{0,2}(\\d{2})\\s?[\\p{Pd}−/]\\s?(\\d{2,3})${tail}`, 'iu')
const spaced = new RegExp(`^\\s{0,9}(?:кп\\s)?[КK][\\s\\p{Pd}]{0,2}(\\d{2})\\s(\\d{2,3})${tail}`, 'iu')
const numbered = new RegExp(`^\\s{0,9}${lead}[КK]?\\s?(\\d{3})${tail}`, 'iu')
const named = new RegExp(
  `^\\s{0,9}(?:(?:а|и)\\s{1,3})?(?:где\\s{1,3}|where is\\s{1,3})?(?:поезд|состав|train)\\s{1,3}(?:№|номер|number|#)?\\s{0,3}(\\d{1,3})${tail}`,
  'iu',
)
const longestText = 60

/** Reads a text that is nothing but the name of a train in short: `25-073`, `К25-73`, `поезд 145`, `145`. */
export function readTrainName(text: string): TrainName | undefined {
  if (text.length > longestText) return undefined
  const [, year, number] = coded.exec(text) ?? spaced.exec(text) ?? []
  if (year !== undefined && number !== undefined)
    return { kind: 'code', code: `К${year}-${padded(number)}` as TrainCode }
  const alone = numbered.exec(text)?.[1] ?? named.exec(text)?.[1]
  return alone === undefined ? undefined : { kind: 'number', number: padded(alone) }
}

function padded(number: string): string {
  return number.padStart(3, '0')
}
