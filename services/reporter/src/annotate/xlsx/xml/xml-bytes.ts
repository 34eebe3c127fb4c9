import { NotPatchable } from '../not-patchable.ts'

const declarationBytes = 200

// A part is handled as a string of its bytes: what is not touched comes out as it went in, whatever it says.

/** Bytes as a string of characters 0 to 255. */
export function toByteText(bytes: Buffer): string {
  return bytes.toString('latin1')
}

export function toBytes(byteText: string): Buffer {
  return Buffer.from(byteText, 'latin1')
}

/** Text that is put between the tags of a part. */
export function escapeXml(text: string): string {
  const escaped = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
  return toByteText(Buffer.from(escaped, 'utf8'))
}

/** What is put into a part is UTF-8: a part of another encoding is not changed. */
export function requireUtf8(part: Buffer): void {
  const head = part.subarray(0, declarationBytes)
  const [, encoding = 'utf-8'] = /^[^<]*<\?xml[^>]*\sencoding\s*=\s*["']([\w.-]+)["']/.exec(toByteText(head)) ?? []
  const isWide =
    head.length > 1 && (head.readUInt16LE(0) === 0xfeff || head.readUInt16LE(0) === 0xfffe || head[1] === 0)
  if (isWide || !/^(?:utf-?8|us-ascii)$/i.test(encoding)) throw new NotPatchable(`a part in ${encoding}`)
}
