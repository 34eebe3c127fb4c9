import { cleanText } from '../values/clean-text.ts'
import { findTrainCodes, type TrainCode } from '../values/train-code.ts'

// `\b` is ASCII-only and finds no boundary beside Cyrillic letters.
const code = String.raw`(?<![\p{L}\p{N}])[КкKk]\d{2}[\s\p{Pd}_−]{0,3}\d{3}(?!\p{N})`
const behindCode = new RegExp(String.raw`${code}[\s\p{Pd}_,.]*(\p{L}+(?:[ \p{Pd}]+\p{L}+)*)`, 'u')

/** The one train code in a file name; undefined when there is none, and also when there are several. */
export function trainCodeFromFileName(fileName: string): TrainCode | undefined {
  const codes = findTrainCodes(fileName)
  return codes.length === 1 ? codes[0] : undefined
}

/** The words behind the train code up to the first digit or mark: `КП К25-073 Селятино (2).xlsx` says `Селятино`. */
export function destinationFromFileName(fileName: string): string | undefined {
  const name = cleanText(fileName).replace(/\.[a-z]{3,4}$/i, '')
  const [, words] = behindCode.exec(name) ?? []
  const station = words?.replace(/[\s\p{Pd}]+(?:копия|copy)$/iu, '')
  return station !== undefined && /^(?:копия|copy)$/i.test(station) ? undefined : station
}
