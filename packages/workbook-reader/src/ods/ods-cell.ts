import type { Cell } from '@atermtrack/domain'
import { isoToDate } from '../cells/date-cells.ts'
import { parseNumber } from '../cells/number-cell.ts'
import { nameHash } from '../xml/name-hash.ts'
import { attributeOf, type XmlTag } from '../xml/xml-tag.ts'

/** The value in the tag of an OpenDocument cell; its paragraphs come after. */
export interface OdsValue {
  readonly type: string
  readonly value: string | undefined
  readonly isError: boolean
}

const TYPE = nameHash('office:value-type')
const EXTENDED_TYPE = nameHash('calcext:value-type')
/** By type, the attribute that holds the value. */
const VALUES: ReadonlyMap<string, number> = new Map([
  ['float', nameHash('office:value')],
  ['percentage', nameHash('office:value')],
  ['currency', nameHash('office:value')],
  ['date', nameHash('office:date-value')],
  ['time', nameHash('office:time-value')],
  ['boolean', nameHash('office:boolean-value')],
  ['string', nameHash('office:string-value')],
])
const DURATION = /^(-?)P(?:(\d{1,6})D)?T?(?:(\d{1,9})H)?(?:(\d{1,9})M)?(?:(\d{1,9}(?:[.,]\d{1,9})?)S)?$/u
const SECONDS_PER_DAY = 86_400

export function readOdsValue(tag: XmlTag): OdsValue {
  const type = attributeOf(tag, TYPE) ?? ''
  const place = VALUES.get(type)
  return {
    type,
    value: place === undefined ? undefined : attributeOf(tag, place),
    isError: attributeOf(tag, EXTENDED_TYPE) === 'error',
  }
}

/** The value of a cell with the text of its paragraphs; a time of day or duration is a number of days. */
export function toOdsCell({ type, value, isError }: OdsValue, text: string): Cell {
  if (isError) return text === '' ? undefined : { kind: 'error', code: text }
  if (value === undefined) return text || undefined
  switch (type) {
    case 'date':
      return isoToDate(value) ?? value
    case 'time':
      return toDays(value) ?? value
    case 'boolean':
      return value === 'true'
    case 'string':
      return value || text || undefined
    default:
      return parseNumber(value)
  }
}

function toDays(duration: string): number | undefined {
  const [whole, minus, days = '0', hours = '0', minutes = '0', seconds = '0'] = DURATION.exec(duration) ?? []
  if (whole === undefined) return undefined
  const total = Number(hours) * 3_600 + Number(minutes) * 60 + Number(seconds.replace(',', '.'))
  const value = Number(days) + total / SECONDS_PER_DAY
  return minus === '-' ? 0 - value : value
}
