/** The terminal's code of a train: Cyrillic К, two digits of the year, a dash, three digits: `К25-073`. */
export type TrainCode = string & { readonly __brand: 'TrainCode' }

// `\b` is ASCII-only and finds no boundary beside Cyrillic letters.
const inText = /(?<![\p{L}\p{N}])[КкKk](\d{2})[\s\p{Pd}_−]{0,3}(\d{3})(?![\p{L}\p{N}])/gu
const alone = /^[КкKk]\s?(\d{2})[\s\p{Pd}_−]{0,3}(\d{3})$/u

/** A text that is a train code, with Latin K, any dash, a blank or nothing between the digits. */
export function parseTrainCode(text: string): TrainCode | undefined {
  const match = alone.exec(text.trim())
  return match ? canonical(match) : undefined
}

/** The distinct train codes in a file name or a sentence, in their order. */
export function findTrainCodes(text: string): TrainCode[] {
  return [...new Set(Array.from(text.matchAll(inText), canonical))]
}

function canonical([, year, number]: RegExpMatchArray): TrainCode {
  return `К${year}-${number}` as TrainCode
}
