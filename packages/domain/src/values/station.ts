import { cleanText } from './clean-text.ts'

/** A station as a file names it; `code` is the six-digit ESR code. */
export interface Station {
  readonly name: string
  readonly code: string | undefined
}

/** A railway ("дорога"); `code` has two digits. */
export interface Road {
  readonly name: string
  readonly code: string | undefined
}

const shortNames = new Map([
  ['01', 'ОКТ'],
  ['10', 'КЛГ'],
  ['17', 'МОСК'],
  ['24', 'ГОРЬК'],
  ['28', 'СЕВ'],
  ['51', 'С-КАВ'],
  ['58', 'Ю-ВОСТ'],
  ['61', 'ПРИВ'],
  ['63', 'КБШ'],
  ['76', 'СВЕРД'],
  ['80', 'Ю-УР'],
  ['83', 'З-СИБ'],
  ['88', 'КРАСН'],
  ['92', 'В-СИБ'],
  ['94', 'ЗАБ'],
  ['96', 'Д-ВОСТ'],
])

/** `СЕЛЯТИНО (181102)`, or a name alone. A five-digit code lost its leading zero. Undefined without a name. */
export function parseStation(text: string): Station | undefined {
  return nameAndCode(cleanText(text), /^(.+?) ?\((\d{5,6})\)$/, 6)
}

/** `ЗАБАЙКАЛЬСКАЯ (94)`, or a name alone. A one-digit code lost its leading zero. Undefined without a name. */
export function parseRoad(text: string): Road | undefined {
  return nameAndCode(cleanText(text), /^(.+?) ?\((\d{1,2})\)$/, 2)
}

/** Checks the sixth digit of an ESR code: weights 1–5, or 3–7 where they leave ten, modulo 11. */
export function isValidStationCode(code: string): boolean {
  if (!/^\d{6}$/.test(code)) return false
  const first = weightedRemainder(code, 1)
  const check = first < 10 ? first : weightedRemainder(code, 3) % 10
  return check === Number(code.charAt(5))
}

/** Short name by the two-digit code: `94` is `ЗАБ`. */
export function roadShortName(code: string): string | undefined {
  return shortNames.get(code)
}

function nameAndCode(text: string, pattern: RegExp, digits: number): Station | undefined {
  if (text === '') return undefined
  const [, name, code] = pattern.exec(text) ?? []
  return name === undefined ? { name: text, code: undefined } : { name, code: code?.padStart(digits, '0') }
}

function weightedRemainder(code: string, firstWeight: number): number {
  let sum = 0
  for (let i = 0; i < 5; i++) sum += Number(code.charAt(i)) * (firstWeight + i)
  return sum % 11
}
