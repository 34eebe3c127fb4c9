/** The terminal's code of a train: Cyrillic К, two digits of the year, a dash, three digits: `К25-073`. */
export type TrainCode = string & { readonly __brand: 'TrainCode' }

// `\b` is ASCII-only and finds no boundary beside Cyrillic letters.
// A letter that stands apart may be a preposition, so a dash is required.
const inText =
  /(?<![\p{L}\p{N}])(?:[КкKk][\p{Pd}−]?(?<year>\d{2})[\s\p{Pd}_−/]{0,3}(?<number>\d{3})|(?:[КкKk]|поезд\p{L}{0,3}|состав\p{L}{0,3}|trains?)(?:\s{1,3}№?\s?|№\s?)(?<apartYear>\d{2})[\p{Pd}−/](?<apartNumber>\d{3})(?!\p{Pd}))(?![\p{L}\p{N}])/giu
const alone = /^[КкKk]\s?[\p{Pd}−]?(?<year>\d{2})[\s\p{Pd}_−/]{0,3}(?<number>\d{3})$/u

/** A text that is a train code, with Latin K, any dash, a blank or nothing between the digits. */
export function parseTrainCode(text: string): TrainCode | undefined {
  const match = alone.exec(text.trim())
  return match ? canonical(match) : undefined
}

/** The text with a mark in the place of each train code. */
export function replaceTrainCodes(text: string, mark: string): string {
  return text.replace(inText, mark)
}

/** The distinct train codes in a file name or a sentence, in their order; `поезд 25-073` is one too. */
export function findTrainCodes(text: string): TrainCode[] {
  return [...new Set(Array.from(text.matchAll(inText), canonical))]
}

function canonical({ groups = {} }: RegExpMatchArray): TrainCode {
  const { year = groups['apartYear'], number = groups['apartNumber'] } = groups
  return `К${year}-${number}` as TrainCode
}
