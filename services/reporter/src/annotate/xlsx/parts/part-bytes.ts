import { foreignEncoding, escapeXml, type XmlTag } from '@atermtrack/workbook-reader/package'
import { NotPatchable } from '../not-patchable.ts'

// A part is handled as bytes, or as a string of its bytes: what is not touched comes out as it went in, whatever it says.

/** Bytes as a string of characters 0 to 255. */
export function toByteText(bytes: Buffer): string {
  return bytes.toString('latin1')
}

/** The bytes of a string of characters 0 to 255. */
export function toBytes(byteText: string): Buffer {
  return Buffer.from(byteText, 'latin1')
}

/** A tag with its brackets, as a string of its bytes. */
export function tagText({ bytes, from, to }: XmlTag): string {
  return bytes.toString('latin1', from, to)
}

/** The prefix of the name of a tag, with its colon; empty where it has none. */
export function prefixOf(tag: XmlTag): string {
  return /^<([^\s/>]*:)?/.exec(tagText(tag))?.[1] ?? ''
}

/** Text for the tags of a part, as a string of its bytes. */
export function escapeToBytes(text: string): string {
  return toByteText(Buffer.from(escapeXml(text), 'utf8'))
}

/** What is put into a part is UTF-8: a part of another encoding is not changed. */
export function requireUtf8(head: Buffer): void {
  const encoding = foreignEncoding(head)
  if (encoding !== undefined) throw new NotPatchable(`a part in ${encoding}`)
}
