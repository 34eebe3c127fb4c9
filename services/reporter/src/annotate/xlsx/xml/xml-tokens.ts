import { NotPatchable } from '../not-patchable.ts'

/** A tag, or what stands between two. All tokens of a part put together are the part, byte by byte. */
export interface XmlToken {
  readonly kind: 'open' | 'empty' | 'close' | 'other'
  /** With the brackets. */
  readonly raw: string
  /** Without its prefix; empty for what is no tag. */
  readonly name: string
  /** Of the name, with its colon. */
  readonly prefix: string
}

/** Cuts a part into tokens piece by piece; what has no end yet is kept for the next piece. */
export interface XmlTokenizer {
  push(piece: string, visit: (token: XmlToken) => void): void
  end(): void
}

// Beyond this a mark cannot be honest, and looking through it again with each piece would cost quadratic time.
const longestMark = 1024 * 1024
const doubleQuote = 0x22
const apostrophe = 0x27
const less = 0x3c
const greater = 0x3e
const slash = 0x2f
const space = 0x20
/** Of comments, CDATA and instructions. */
const marks: ReadonlySet<number> = new Set([0x21, 0x3f])
const sections: readonly (readonly [start: string, end: string])[] = [
  ['<!--', '-->'],
  ['<![CDATA[', ']]>'],
  ['<?', '?>'],
]

export function createXmlTokenizer(): XmlTokenizer {
  let rest = ''
  return {
    push(piece, visit) {
      const text = rest + piece
      const end = tokenize(text, visit)
      rest = text.slice(end)
      if (rest.length > longestMark) throw new NotPatchable('a mark without an end')
    },
    end() {
      if (rest !== '') throw new NotPatchable('the part ends within a mark')
    },
  }
}

/** All tokens of a whole part. */
export function tokensOf(xml: string): XmlToken[] {
  const tokens: XmlToken[] = []
  const tokenizer = createXmlTokenizer()
  tokenizer.push(xml, (token) => tokens.push(token))
  tokenizer.end()
  return tokens
}

/** Returns how far it got. */
function tokenize(text: string, visit: (token: XmlToken) => void): number {
  let at = 0
  while (at < text.length) {
    const end = text.charAt(at) === '<' ? endOfMark(text, at) : endOfText(text, at)
    if (end === -1) return at
    visit(toToken(text.slice(at, end)))
    at = end
  }
  return at
}

function endOfText(text: string, at: number): number {
  const end = text.indexOf('<', at)
  return end === -1 ? text.length : end
}

function endOfMark(text: string, at: number): number {
  for (const [start, end] of sections) {
    if (!text.startsWith(start, at)) continue
    const found = text.indexOf(end, at + start.length)
    return found === -1 ? -1 : found + end.length
  }
  if (text.charAt(at + 1) !== '!') return endOfTag(text, at)
  if (text.length - at < '<![CDATA['.length) return -1
  throw new NotPatchable('a declaration in the middle of a part')
}

function endOfTag(text: string, at: number): number {
  let quote = 0
  for (let place = at; place < text.length; place++) {
    const code = text.charCodeAt(place)
    if (quote !== 0) {
      if (code === quote) quote = 0
    } else if (code === doubleQuote || code === apostrophe) quote = code
    else if (code === greater) return place + 1
  }
  return -1
}

function toToken(raw: string): XmlToken {
  if (raw.charCodeAt(0) !== less || marks.has(raw.charCodeAt(1))) return { kind: 'other', raw, name: '', prefix: '' }
  const isClose = raw.charCodeAt(1) === slash
  const from = isClose ? 2 : 1
  const end = endOfName(raw, from)
  const colon = raw.lastIndexOf(':', end - 1)
  const start = colon < from ? from : colon + 1
  const isEmpty = raw.charCodeAt(raw.length - 2) === slash
  const kind = isClose ? 'close' : isEmpty ? 'empty' : 'open'
  return { kind, raw, name: raw.slice(start, end), prefix: raw.slice(from, start) }
}

function endOfName(raw: string, from: number): number {
  let at = from
  while (at < raw.length) {
    const code = raw.charCodeAt(at)
    if (code <= space || code === slash || code === greater) break
    at++
  }
  return at
}
