import { crc32, deflateRawSync } from 'node:zlib'
import { type PackedEntry, utf8Flag, version, writeZip } from './write-zip.ts'

/** One entry of a hand-made zip; the optional fields let its headers lie. */
export interface ZipPart {
  readonly name: string
  readonly data: string | Uint8Array
  readonly stored?: boolean
  readonly flags?: number
  readonly declaredSize?: number
  readonly declaredChecksum?: number
}

/** The parts of a small workbook; what is left out gets a plain default, `undefined` leaves the part out. */
export interface XlsxParts {
  readonly sheet?: string
  readonly sharedStrings?: string
  readonly styles?: string
  readonly workbook?: string
  readonly relationships?: string
  readonly extra?: readonly ZipPart[]
}

const RELATIONSHIPS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'

export function buildZip(parts: readonly ZipPart[]): Buffer {
  return writeZip(parts.map(packPart))
}

export function buildXlsx(parts: XlsxParts): Buffer {
  const { sheet = '<worksheet><sheetData/></worksheet>', sharedStrings, styles, extra = [] } = parts
  const entries: ZipPart[] = [
    { name: '[Content_Types].xml', data: '<Types/>' },
    { name: '_rels/.rels', data: relationships([['rId1', 'officeDocument', 'xl/workbook.xml']]) },
    { name: 'xl/workbook.xml', data: parts.workbook ?? workbookXml('<sheet name="Лист1" sheetId="1" r:id="rId1"/>') },
    { name: 'xl/_rels/workbook.xml.rels', data: parts.relationships ?? relationships(usualRelationships) },
    { name: 'xl/worksheets/sheet1.xml', data: sheet },
  ]
  if (sharedStrings !== undefined) entries.push({ name: 'xl/sharedStrings.xml', data: sharedStrings })
  if (styles !== undefined) entries.push({ name: 'xl/styles.xml', data: styles })
  return buildZip([...entries, ...extra])
}

/** A worksheet part around the XML of its rows. */
export function sheetXml(rows: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n<worksheet xmlns="${MAIN}"><sheetData>${rows}</sheetData></worksheet>`
}

export function workbookXml(sheets: string, properties = ''): string {
  return `<workbook xmlns="${MAIN}" xmlns:r="${RELATIONSHIPS}">${properties}<sheets>${sheets}</sheets></workbook>`
}

export function relationships(list: readonly (readonly [id: string, type: string, target: string])[]): string {
  const items = list.map(
    ([id, type, target]) => `<Relationship Id="${id}" Type="${RELATIONSHIPS}/${type}" Target="${target}"/>`,
  )
  return `<Relationships>${items.join('')}</Relationships>`
}

const usualRelationships = [
  ['rId1', 'worksheet', 'worksheets/sheet1.xml'],
  ['rId2', 'sharedStrings', 'sharedStrings.xml'],
  ['rId3', 'styles', 'styles.xml'],
] as const

function packPart({ name, stored = false, flags = 0, declaredSize, declaredChecksum, ...part }: ZipPart): PackedEntry {
  const data = Buffer.from(part.data)
  return {
    name: Buffer.from(name),
    flags: flags | utf8Flag,
    method: stored ? 0 : 8,
    crc: declaredChecksum ?? crc32(data),
    size: declaredSize ?? data.length,
    packed: stored ? data : deflateRawSync(data),
    modifiedTime: 0,
    modifiedDate: 0,
    madeBy: version,
    attributes: 0,
  }
}
