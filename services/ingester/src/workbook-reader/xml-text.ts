const ENTITY = /&(?:#x([0-9a-f]{1,8})|#([0-9]{1,10})|(amp|lt|gt|quot|apos));/giu
const ESCAPE = /_x([0-9a-fA-F]{4})_/gu
const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

/**
 * Decodes the text of an element or attribute: entities, the `_xHHHH_` escapes of workbooks, line ends.
 * An unknown entity stays as it is. NUL goes, a lone surrogate becomes U+FFFD: no database takes either.
 */
export function decodeXmlText(raw: string): string {
  let text = raw.includes('\r') ? raw.replaceAll(/\r\n?/gu, '\n') : raw
  if (text.includes('&')) text = text.replaceAll(ENTITY, decodeEntity)
  if (text.includes('_x')) text = text.replaceAll(ESCAPE, decodeEscape)
  if (text === raw && !raw.includes('\0')) return raw
  return text.replaceAll('\0', '').replaceAll(/\p{Surrogate}/gu, '\uFFFD')
}

function decodeEntity(entity: string, hex?: string, decimal?: string, named?: string): string {
  if (named !== undefined) return NAMED[named.toLowerCase()] ?? entity
  const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16)
  return code <= 0x10_ff_ff ? String.fromCodePoint(code) : entity
}

function decodeEscape(_escape: string, hex: string): string {
  return String.fromCharCode(Number.parseInt(hex, 16))
}
