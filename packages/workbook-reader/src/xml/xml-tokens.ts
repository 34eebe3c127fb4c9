import { hashBytes } from './name-hash.ts'
import { createXmlScanner } from './xml-scanner.ts'
import { isEmptyElement } from './xml-tag.ts'

/** A tag, or what stands between two tags. All tokens of a part put together are the part, byte by byte. */
export interface XmlToken {
  readonly kind: 'open' | 'empty' | 'close' | 'other'
  /** With the brackets. */
  readonly raw: string
  /** Without its prefix, but with it where it stands for another namespace than the part's own; empty for text. */
  readonly name: string
  /** Of a name in the part's own namespace, with its colon. */
  readonly prefix: string
}

const tagName = /^<\/?([^\s/>]*:)?([^\s/>]*)/u

/** All tokens of a whole part, given as a string of its bytes. Throws `UnreadableWorkbook` as `scanXml` does. */
export function tokensOf(part: string): XmlToken[] {
  const tokens: XmlToken[] = []
  let done = 0
  function addOther(to: number): void {
    if (to > done) tokens.push({ kind: 'other', raw: part.slice(done, to), name: '', prefix: '' })
  }
  function addTag(kind: XmlToken['kind'], hash: number, from: number, to: number): void {
    addOther(from)
    const raw = part.slice(from, to)
    const [, prefix = '', name = ''] = tagName.exec(raw) ?? []
    const isOwn = hash === hashBytes(0, Buffer.from(name, 'latin1'), 0, name.length)
    tokens.push(isOwn ? { kind, raw, name, prefix } : { kind, raw, name: prefix + name, prefix: '' })
    done = to
  }
  const scanner = createXmlScanner({
    open: (name, tag) => addTag(isEmptyElement(tag) ? 'empty' : 'open', name, tag.from, tag.to),
    close(name, bytes, from, to) {
      if (to > from) addTag('close', name, from, to)
    },
    text() {},
    isDone: () => false,
  })
  scanner.push(Buffer.from(part, 'latin1'))
  scanner.end()
  addOther(part.length)
  return tokens
}
