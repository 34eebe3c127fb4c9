import { UnreadableWorkbook } from '../unreadable-workbook.ts'

/**
 * The text of one cell, still encoded as XML and UTF-8: `bytes[from, to)`. Reused from text to text. A text that comes
 * in one piece, as nearly all do, is not copied: chunks of a part are never written to again.
 */
export interface GatheredText {
  bytes: Buffer
  from: number
  to: number
  own: Buffer
}

// Excel holds 32,767 characters in a cell; the rest is room for entities.
const MAX_TEXT_BYTES = 1024 * 1024
const AMPERSAND = 0x26
const ESCAPED_AMPERSAND = Buffer.from('&amp;')

export function createGatheredText(): GatheredText {
  const own = Buffer.alloc(1024)
  return { bytes: own, from: 0, to: 0, own }
}

export function clearText(text: GatheredText): void {
  text.from = 0
  text.to = 0
}

/** Adds `source[from, to)`. */
export function appendText(text: GatheredText, source: Buffer, from: number, to: number): void {
  if (text.from === text.to) {
    text.bytes = source
    text.from = from
    text.to = to
    return
  }
  makeOwn(text, text.to - text.from + (to - from))
  text.to += source.copy(text.own, text.to, from, to)
}

/** Adds text in which an ampersand means itself. */
export function appendLiteral(text: GatheredText, source: Buffer, from: number, to: number): void {
  const piece = source.subarray(from, to)
  let start = 0
  for (let at = piece.indexOf(AMPERSAND); at !== -1; at = piece.indexOf(AMPERSAND, start)) {
    appendText(text, piece, start, at)
    appendText(text, ESCAPED_AMPERSAND, 0, ESCAPED_AMPERSAND.length)
    start = at + 1
  }
  appendText(text, piece, start, piece.length)
}

/** Moves the text into its own bytes, with room for `needed` in all. */
function makeOwn(text: GatheredText, needed: number): void {
  if (needed > MAX_TEXT_BYTES) throw new UnreadableWorkbook('cell_too_long', 'a text longer than any cell')
  if (text.bytes === text.own && needed <= text.own.length) return
  const target = needed <= text.own.length ? text.own : Buffer.alloc(Math.min(MAX_TEXT_BYTES, needed * 2))
  const length = text.bytes.copy(target, 0, text.from, text.to)
  text.own = target
  text.bytes = target
  text.from = 0
  text.to = length
}
