import { decodeXmlText } from './xml-text.ts'

/** A walk over the attributes of one tag without allocating; set `bytes`, `at` and `to`, then call `nextAttribute`. */
export interface AttributeCursor {
  bytes: Buffer
  at: number
  to: number
  /** Hash of the whole name, its prefix included: a prefixed attribute is a foreign one. */
  name: number
  nameFrom: number
  nameTo: number
  valueFrom: number
  valueTo: number
}

const EQUALS = 0x3d
const QUOTE = 0x22
const APOSTROPHE = 0x27
const SPACE = 0x20

export function createAttributeCursor(): AttributeCursor {
  return { bytes: Buffer.alloc(0), at: 0, to: 0, name: 0, nameFrom: 0, nameTo: 0, valueFrom: 0, valueTo: 0 }
}

/** Moves to the next attribute; false when there is none. */
export function nextAttribute(cursor: AttributeCursor): boolean {
  const { bytes, to } = cursor
  let at = cursor.at
  while (at < to && (bytes[at] as number) <= SPACE) at++
  cursor.nameFrom = at
  let name = 0
  for (; at < to; at++) {
    const byte = bytes[at] as number
    if (byte === EQUALS || byte <= SPACE) break
    name = (Math.imul(name, 31) + byte) | 0
  }
  cursor.nameTo = at
  while (at < to && bytes[at] !== QUOTE && bytes[at] !== APOSTROPHE) at++
  const quote = bytes[at]
  const valueFrom = at + 1
  at = valueFrom
  while (at < to && bytes[at] !== quote) at++
  cursor.name = name
  cursor.valueFrom = valueFrom
  cursor.valueTo = at
  cursor.at = at + 1
  return at < to
}

/** All attributes of a tag as decoded text by full name; for parts where speed does not matter. */
export function readAttributes(bytes: Buffer, from: number, to: number): ReadonlyMap<string, string> {
  const attributes = new Map<string, string>()
  const cursor = { ...createAttributeCursor(), bytes, at: from, to }
  while (nextAttribute(cursor)) {
    const name = bytes.toString('utf8', cursor.nameFrom, cursor.nameTo)
    attributes.set(name, decodeXmlText(bytes.toString('utf8', cursor.valueFrom, cursor.valueTo)))
  }
  return attributes
}
