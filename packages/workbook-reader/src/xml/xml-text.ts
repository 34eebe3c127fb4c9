import { toStorableText } from '../storable-text.ts'

const ENTITY = /&(?:#x([0-9a-f]{1,8})|#([0-9]{1,10})|(amp|lt|gt|quot|apos));/giu
const ESCAPE = /_x([0-9a-fA-F]{4})_/gu
const MARKS = /[&<>"]/u
const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

/** Decodes the text of an element or attribute in an OOXML part: as any XML, and the `_xHHHH_` escapes of workbooks. */
export function decodeXmlText(raw: string): string {
  const text = decodeMarks(raw)
  return toStorableText(text.includes('_x') ? text.replaceAll(ESCAPE, decodeEscape) : text)
}

/** Decodes the text of any other XML: entities, line ends. An unknown entity stays as it is. */
export function decodePlainXmlText(raw: string): string {
  return toStorableText(decodeMarks(raw))
}

/** Encodes text for an element or for an attribute in double quotes. */
export function escapeXml(text: string): string {
  // Most texts hold none of them, and one look is cheaper than four.
  if (!MARKS.test(text)) return text
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}

function decodeMarks(raw: string): string {
  const text = raw.includes('\r') ? raw.replaceAll(/\r\n?/gu, '\n') : raw
  return text.includes('&') ? text.replaceAll(ENTITY, decodeEntity) : text
}

function decodeEntity(entity: string, hex?: string, decimal?: string, named?: string): string {
  if (named !== undefined) return NAMED[named.toLowerCase()] ?? entity
  const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16)
  return code <= 0x10_ff_ff ? String.fromCodePoint(code) : entity
}

function decodeEscape(_escape: string, hex: string): string {
  return String.fromCharCode(Number.parseInt(hex, 16))
}
