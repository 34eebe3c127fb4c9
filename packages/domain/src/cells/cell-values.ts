import type { Cell } from './cell.ts'
import { cleanText } from '../values/clean-text.ts'
import { parseWallTime, wallTimeOfSerial } from '../values/parse-wall-time.ts'
import { formatWall, type WallTime } from '../values/wall-time.ts'

/** The cell holds something, but not what its column promises. */
export const unreadable: unique symbol = Symbol('unreadable')

/** `undefined` is a blank cell (also `-`, `NaN` and the error values of Excel). */
export type Reading<T> = T | undefined | typeof unreadable

const blankTexts = new Set(
  '- – — − NaN nan #N/A #Н/Д #REF! #ССЫЛКА! #VALUE! #ЗНАЧ! #DIV/0! #ДЕЛ/0! #NAME? #ИМЯ? #NULL! #ПУСТО! #NUM! #ЧИСЛО!'.split(
    ' ',
  ),
)
const yesTexts = new Set(['1', '1.0', '+', 'да', 'true', 'истина', 'yes'])
const noTexts = new Set(['0', '0.0', '-', '–', '—', '−', 'нет', 'false', 'ложь', 'no'])

/** Text of any cell; a number without a trailing `.0`, a date as `dd.mm.yyyy HH:MM`. */
export function cellText(cell: Cell): string | undefined {
  if (typeof cell === 'string') return meaningful(cleanText(cell))
  if (typeof cell === 'number') return Number.isFinite(cell) ? plainNumber(cell) : undefined
  if (typeof cell === 'boolean') return String(cell)
  return cell?.kind === 'date' ? formatWall(cell.wall) : undefined
}

/**
 * An identifier as text: `123.0` and `12 3` are `123`, leading zeros of text stay, other text is kept as it is.
 * A number with an exponent or above 2^53 has lost digits and is unreadable.
 */
export function cellIdentifier(cell: Cell): Reading<string> {
  if (typeof cell === 'number') return identifierOfNumber(cell)
  if (typeof cell === 'boolean') return unreadable
  if (typeof cell === 'object') return cell.kind === 'date' ? unreadable : undefined
  const text = cellText(cell)
  if (text === undefined || /^\d+$/.test(text)) return text
  if (/^\d+(?:[.,]\d+)?e[+-]?\d+$/i.test(text)) return unreadable
  return /^\d[\d ]*(?:[.,]0+)?$/.test(text) ? text.replace(/[.,]0+$/, '').replaceAll(' ', '') : text
}

/** A whole number; a fraction (`12,5`) is rounded. */
export function cellInteger(cell: Cell): Reading<number> {
  const value = cellDecimal(cell)
  return typeof value === 'number' ? Math.round(value) : value
}

/** A number with a decimal comma or point and blanks between the thousands: `12,5`, `1 234,5`, `1.234,5`. */
export function cellDecimal(cell: Cell): Reading<number> {
  if (typeof cell === 'number') return Number.isFinite(cell) ? cell : undefined
  if (typeof cell === 'boolean') return unreadable
  if (typeof cell === 'object') return cell.kind === 'date' ? unreadable : undefined
  const text = cellText(cell)
  if (text === undefined) return undefined
  const digits = decimalPoint(text.replaceAll(' ', '').replace('−', '-'))
  return /^-?\d+(?:\.\d*)?$/.test(digits) ? Number(digits) : unreadable
}

/** A date cell, `dd.mm.yyyy[ HH:MM[:SS]]`, ISO text or an Excel serial number; a date that does not exist is unreadable. */
export function cellWallTime(cell: Cell): Reading<WallTime> {
  if (typeof cell === 'number') return Number.isFinite(cell) ? (wallTimeOfSerial(cell) ?? unreadable) : undefined
  if (typeof cell === 'boolean') return unreadable
  if (typeof cell === 'object') return cell.kind === 'date' ? cell.wall : undefined
  const text = cellText(cell)
  if (text === undefined) return undefined
  const wall = /^\d{5}(?:[.,]\d+)?$/.test(text) ? wallTimeOfSerial(Number(text.replace(',', '.'))) : parseWallTime(text)
  return wall ?? unreadable
}

/** Minutes of an idle time written as days:hours:minutes, `0: 15: 18`. */
export function cellIdleMinutes(cell: Cell): Reading<number> {
  const text = cellText(cell)
  if (text === undefined) return undefined
  if (!/^\d{1,5} ?: ?\d{1,2} ?: ?\d{1,2}$/.test(text)) return unreadable
  const [hours, minutes] = text.split(':').slice(1).map(Number) as [number, number]
  if (hours > 23 || minutes > 59) return unreadable
  return (Number.parseInt(text, 10) * 24 + hours) * 60 + minutes
}

/** 1/0, да/нет, +/−, true/false. Unlike elsewhere, a lone dash means no. */
export function cellYesNo(cell: Cell): Reading<boolean> {
  if (typeof cell === 'boolean') return cell
  const text = typeof cell === 'string' ? cleanText(cell) : cellText(cell)
  if (text === undefined) return undefined
  if (yesTexts.has(text.toLowerCase())) return true
  if (noTexts.has(text.toLowerCase())) return false
  return meaningful(text) === undefined ? undefined : unreadable
}

function meaningful(text: string): string | undefined {
  return text === '' || blankTexts.has(text) ? undefined : text
}

function identifierOfNumber(value: number): Reading<string> {
  if (Number.isNaN(value)) return undefined
  return Number.isSafeInteger(value) && value >= 0 ? String(value) : unreadable
}

/** Never an exponent, and not the seventeen digits of a sum of tenths. */
function plainNumber(value: number): string {
  if (Number.isInteger(value)) return BigInt(value).toString()
  const text = String(Number(value.toPrecision(15)))
  return text.includes('e') ? value.toFixed(15).replace(/\.?0+$/, '') : text
}

/** Where both marks occur the last one is the decimal mark. */
function decimalPoint(text: string): string {
  const comma = text.lastIndexOf(',')
  const point = text.lastIndexOf('.')
  if (comma < 0) return text
  return comma > point ? text.replaceAll('.', '').replace(',', '.') : text.replaceAll(',', '')
}
