import { crc32, deflateRawSync } from 'node:zlib'

/** One entry of a hand-made zip; the optional fields let its headers lie. */
export interface ZipPart {
  readonly name: string
  readonly data: string | Uint8Array
  readonly stored?: boolean
  readonly flags?: number
  readonly declaredSize?: number
  readonly declaredChecksum?: number
  readonly withDescriptor?: boolean
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

const DESCRIPTOR_FLAG = 8
const RELATIONSHIPS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'

export function buildZip(parts: readonly ZipPart[]): Buffer {
  const bodies: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const part of parts) {
    const { body, entry } = packPart(part, offset)
    bodies.push(body)
    directory.push(entry)
    offset += body.length
  }
  const entries = Buffer.concat(directory)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06_05_4b_50, 0)
  end.writeUInt16LE(parts.length, 8)
  end.writeUInt16LE(parts.length, 10)
  end.writeUInt32LE(entries.length, 12)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...bodies, entries, end])
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

function packPart(part: ZipPart, offset: number): { body: Buffer; entry: Buffer } {
  const name = Buffer.from(part.name)
  const data = Buffer.from(part.data)
  const packed = part.stored === true ? data : deflateRawSync(data)
  const checksum = part.declaredChecksum ?? crc32(data)
  const size = part.declaredSize ?? data.length
  const fields = Buffer.alloc(26)
  fields.writeUInt16LE(20, 0)
  fields.writeUInt16LE((part.flags ?? 0) | (part.withDescriptor === true ? DESCRIPTOR_FLAG : 0) | 0x08_00, 2)
  fields.writeUInt16LE(part.stored === true ? 0 : 8, 4)
  fields.writeUInt32LE(checksum, 10)
  fields.writeUInt32LE(packed.length, 14)
  fields.writeUInt32LE(size, 18)
  fields.writeUInt16LE(name.length, 22)
  const local = Buffer.from(fields)
  // With a descriptor the sizes stand behind the data; only the directory knows them beforehand.
  if (part.withDescriptor === true) local.fill(0, 10, 22)
  const descriptor = Buffer.alloc(part.withDescriptor === true ? 16 : 0)
  if (part.withDescriptor === true) {
    descriptor.writeUInt32LE(0x08_07_4b_50, 0)
    fields.copy(descriptor, 4, 10, 22)
  }
  const rest = Buffer.alloc(14)
  rest.writeUInt32LE(offset, 10)
  return {
    body: Buffer.concat([Buffer.from('PK\u0003\u0004', 'latin1'), local, name, packed, descriptor]),
    entry: Buffer.concat([Buffer.from('PK\u0001\u0002\u0014\u0000', 'latin1'), fields, rest, name]),
  }
}
