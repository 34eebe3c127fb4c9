import { decodePlainXmlText, decodeXmlText } from './xml-text.ts'

/** One open tag and its attributes, as places in `bytes`; reused from tag to tag, so `count` bounds the lists. */
export interface XmlTag {
  bytes: Buffer
  /** The whole tag, its brackets included, is `bytes[from, to)`. */
  from: number
  to: number
  count: number
  /** Some attribute may declare a namespace. */
  mayDeclare: boolean
  /** The `nameHash` of each. */
  readonly names: number[]
  readonly nameFrom: number[]
  readonly nameTo: number[]
  readonly valueFrom: number[]
  readonly valueTo: number[]
}

const GREATER = 0x3e
const SLASH = 0x2f
const EQUALS = 0x3d
const QUOTE = 0x22
const APOSTROPHE = 0x27
const SPACE = 0x20
const ZERO = 0x30
const LETTER_X = 0x78

export function createXmlTag(): XmlTag {
  return {
    bytes: Buffer.alloc(0),
    from: 0,
    to: 0,
    count: 0,
    mayDeclare: false,
    names: [],
    nameFrom: [],
    nameTo: [],
    valueFrom: [],
    valueTo: [],
  }
}

/** Reads the attributes from `from` on; returns the place of the closing `>`, or -1 if the bytes end before it. */
export function readTag(tag: XmlTag, bytes: Buffer, from: number): number {
  const { length } = bytes
  tag.bytes = bytes
  tag.count = 0
  tag.mayDeclare = false
  let at = from
  while (at < length) {
    const byte = bytes[at] as number
    if (byte === GREATER) return at
    at = byte <= SPACE || byte === SLASH ? at + 1 : readAttribute(tag, bytes, at)
  }
  return -1
}

/** Whether the element of the tag has no content and no end tag. */
export function isEmptyElement({ bytes, to }: XmlTag): boolean {
  return bytes[to - 2] === SLASH
}

/** The place in the lists of the attribute of that `nameHash`; -1 where the tag has none. */
export function indexOfAttribute({ names, count }: XmlTag, hash: number): number {
  for (let index = 0; index < count; index++) if (names[index] === hash) return index
  return -1
}

/** All attributes as decoded text by the name as it is written, prefix included; for parts where speed does not matter. */
export function attributesOf(tag: XmlTag): ReadonlyMap<string, string> {
  const attributes = new Map<string, string>()
  for (let index = 0; index < tag.count; index++) {
    const name = tag.bytes.toString('utf8', tag.nameFrom[index], tag.nameTo[index])
    attributes.set(name, decodeXmlText(tag.bytes.toString('utf8', tag.valueFrom[index], tag.valueTo[index])))
  }
  return attributes
}

/** The decoded value of the first attribute that has one of the names, given as `nameHash`. */
export function attributeOf(tag: XmlTag, ...hashes: readonly number[]): string | undefined {
  for (let index = 0; index < tag.count; index++) {
    if (!hashes.includes(tag.names[index] as number)) continue
    return decodePlainXmlText(tag.bytes.toString('utf8', tag.valueFrom[index], tag.valueTo[index]))
  }
  return undefined
}

/** A whole number out of an attribute, if it holds one; eight digits are enough for any row or column. */
export function countOf(tag: XmlTag, ...hashes: readonly number[]): number | undefined {
  const text = attributeOf(tag, ...hashes)
  return text !== undefined && /^\d{1,8}$/u.test(text) ? Number(text) : undefined
}

/** The digits of the attribute at a place in the lists, as a number; 0 for anything else. */
export function wholeNumber({ bytes, valueFrom, valueTo }: XmlTag, index: number): number {
  const to = valueTo[index] as number
  let value = 0
  for (let at = valueFrom[index] as number; at < to; at++) {
    const digit = (bytes[at] as number) - ZERO
    if (digit < 0 || digit > 9) return 0
    value = value * 10 + digit
  }
  return value
}

/** Returns the place behind the attribute; an attribute without a value is left out. */
function readAttribute(tag: XmlTag, bytes: Buffer, nameFrom: number): number {
  const { length } = bytes
  let at = nameFrom
  let hash = 0
  if (bytes[nameFrom] === LETTER_X) tag.mayDeclare = true
  for (; at < length; at++) {
    const byte = bytes[at] as number
    if (byte === EQUALS || byte <= SPACE || byte === GREATER) break
    hash = (Math.imul(hash, 31) + byte) | 0
  }
  const nameTo = at
  while (at < length && bytes[at] !== QUOTE && bytes[at] !== APOSTROPHE) {
    if (bytes[at] === GREATER) return at
    at++
  }
  const quote = bytes[at]
  const valueFrom = at + 1
  do at++
  while (at < length && bytes[at] !== quote)
  if (at >= length) return length
  const index = tag.count++
  tag.names[index] = hash
  tag.nameFrom[index] = nameFrom
  tag.nameTo[index] = nameTo
  tag.valueFrom[index] = valueFrom
  tag.valueTo[index] = at
  return at + 1
}
