import type { TextBuffer } from './text-buffer.ts'
import { decodeXmlText } from './xml-text.ts'

/** Turns gathered bytes into text. */
export type DecodeText = (source: TextBuffer) => string

interface TextCache {
  readonly arena: Buffer
  readonly lengths: Uint8Array
  readonly texts: string[]
}

const SLOTS = 8_192
const SLOT_BYTES = 96

/**
 * Decodes with a small cache: a railway sheet repeats its stations and operations in every row, and a repeated text
 * then costs a comparison of bytes and is one string in memory.
 */
export function createTextDecoder(): DecodeText {
  const cache: TextCache = {
    arena: Buffer.alloc(SLOTS * SLOT_BYTES),
    lengths: new Uint8Array(SLOTS),
    texts: Array.from({ length: SLOTS }, () => ''),
  }
  return (source) => (source.length > SLOT_BYTES ? decode(source) : decodeCached(cache, source))
}

function decodeCached(cache: TextCache, source: TextBuffer): string {
  const { bytes, length } = source
  const slot = slotOf(bytes, length)
  const start = slot * SLOT_BYTES
  if (cache.lengths[slot] === length && isSame(cache.arena, start, bytes, length)) return cache.texts[slot] ?? ''
  const text = decode(source)
  bytes.copy(cache.arena, start, 0, length)
  cache.lengths[slot] = length
  cache.texts[slot] = text
  return text
}

function decode({ bytes, length }: TextBuffer): string {
  return decodeXmlText(bytes.toString('utf8', 0, length))
}

function slotOf(bytes: Buffer, length: number): number {
  let hash = 0x81_1c_9d_c5
  for (let at = 0; at < length; at++) hash = Math.imul(hash ^ (bytes[at] as number), 0x01_00_01_93)
  return (hash ^ (hash >>> 15)) & (SLOTS - 1)
}

function isSame(arena: Buffer, start: number, bytes: Buffer, length: number): boolean {
  for (let at = 0; at < length; at++) if (arena[start + at] !== bytes[at]) return false
  return true
}
