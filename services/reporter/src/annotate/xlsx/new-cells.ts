import { type ColumnKind, type TableValue, toCell } from '@atermtrack/workbook-writer'
import { type CellPlace, formatReference } from './cell-place.ts'
import { escapeToBytes } from './parts/part-bytes.ts'

export interface NewCell {
  readonly place: CellPlace
  readonly value: TableValue
  readonly kind: ColumnKind
  readonly style: number
}

export interface CellSyntax {
  /** Of the elements of the sheet, with its colon. */
  readonly prefix: string
  /** The workbook counts days from 1904. */
  readonly is1904: boolean
}

const dayMs = 86_400_000
/** 1 January 1970 as a serial number of either way of counting. */
const unixEpoch = { from1900: 25_569, from1904: 24_107 }

/** A cell as it is put into a row: text inline, so that no other part need change. */
export function cellXml({ place, value, kind, style }: NewCell, { prefix, is1904 }: CellSyntax): string {
  const start = `<${prefix}c r="${formatReference(place)}" s="${style}"`
  const written = toCell(value, kind)
  if (written === null) return `${start}/>`
  if (typeof written === 'string') {
    const text = `<${prefix}t xml:space="preserve">${escapeToBytes(written)}</${prefix}t>`
    return `${start} t="inlineStr"><${prefix}is>${text}</${prefix}is></${prefix}c>`
  }
  const epoch = is1904 ? unixEpoch.from1904 : unixEpoch.from1900
  const number = typeof written === 'number' ? written : written.getTime() / dayMs + epoch
  return `${start}><${prefix}v>${number}</${prefix}v></${prefix}c>`
}
