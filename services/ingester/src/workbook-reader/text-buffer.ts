import { UnreadableWorkbook } from './unreadable-workbook.ts'

/** Gathers the pieces of one text, still encoded as XML and UTF-8. Reused from text to text. */
export interface TextBuffer {
  bytes: Buffer
  length: number
}

// Excel holds 32,767 characters in a cell; the rest is room for entities.
const MAX_TEXT_BYTES = 1024 * 1024
const LONG_PIECE_BYTES = 64
const AMPERSAND = 0x26
const ESCAPED_AMPERSAND = Buffer.from('&amp;')

export function createTextBuffer(): TextBuffer {
  return { bytes: Buffer.alloc(1024), length: 0 }
}

/** Adds `source[from, to)`. */
export function appendText(buffer: TextBuffer, source: Buffer, from: number, to: number): void {
  reserve(buffer, to - from)
  const { bytes } = buffer
  let { length } = buffer
  // A call into native code costs more than copying a short piece by hand.
  if (to - from > LONG_PIECE_BYTES) length += source.copy(bytes, length, from, to)
  else for (let at = from; at < to; at++) bytes[length++] = source[at] as number
  buffer.length = length
}

/** Adds text in which an ampersand means itself. */
export function appendLiteral(buffer: TextBuffer, source: Buffer, from: number, to: number): void {
  let start = from
  for (let at = source.indexOf(AMPERSAND, from); at !== -1 && at < to; at = source.indexOf(AMPERSAND, start)) {
    appendText(buffer, source, start, at)
    appendText(buffer, ESCAPED_AMPERSAND, 0, ESCAPED_AMPERSAND.length)
    start = at + 1
  }
  appendText(buffer, source, start, to)
}

function reserve(buffer: TextBuffer, extra: number): void {
  const needed = buffer.length + extra
  if (needed <= buffer.bytes.length) return
  if (needed > MAX_TEXT_BYTES) throw new UnreadableWorkbook('bomb', 'a text longer than any cell')
  const grown = Buffer.alloc(Math.min(MAX_TEXT_BYTES, needed * 2))
  buffer.bytes.copy(grown, 0, 0, buffer.length)
  buffer.bytes = grown
}
