import type { GatheredText } from './gathered-text.ts'

interface ByteCache<T> {
  readonly convert: (text: GatheredText) => T
  readonly arena: Buffer
  readonly lengths: Uint8Array
  readonly values: (T | undefined)[]
}

const SLOTS = 4_096
const SLOT_BYTES = 96

/**
 * Puts a small cache before a conversion: a railway sheet repeats its stations, operations and times in every row, and
 * a repeated text then costs a comparison of bytes and is one string in memory.
 */
export function cacheByBytes<T>(convert: (text: GatheredText) => T): (text: GatheredText) => T {
  const cache: ByteCache<T> = {
    convert,
    arena: Buffer.alloc(SLOTS * SLOT_BYTES),
    lengths: new Uint8Array(SLOTS),
    values: Array.from({ length: SLOTS }, () => undefined),
  }
  return (text) => {
    const length = text.to - text.from
    return length === 0 || length > SLOT_BYTES ? convert(text) : convertCached(cache, text, length)
  }
}

function convertCached<T>(cache: ByteCache<T>, text: GatheredText, length: number): T {
  const { bytes, from, to } = text
  const slot = slotOf(bytes, from, to)
  const start = slot * SLOT_BYTES
  if (cache.lengths[slot] === length && isSame(cache.arena, start, bytes, from, length)) return cache.values[slot] as T
  const value = cache.convert(text)
  bytes.copy(cache.arena, start, from, to)
  cache.lengths[slot] = length
  cache.values[slot] = value
  return value
}

function slotOf(bytes: Buffer, from: number, to: number): number {
  let hash = 0x81_1c_9d_c5
  for (let at = from; at < to; at++) hash = Math.imul(hash ^ (bytes[at] as number), 0x01_00_01_93)
  return (hash ^ (hash >>> 15)) & (SLOTS - 1)
}

function isSame(arena: Buffer, start: number, bytes: Buffer, from: number, length: number): boolean {
  for (let at = 0; at < length; at++) if (arena[start + at] !== bytes[from + at]) return false
  return true
}
