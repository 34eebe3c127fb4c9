import { UnreadableWorkbook } from '../unreadable-workbook.ts'
import { createTextDecoder } from '../text/text-decoder.ts'
import { toStorableText } from '../storable-text.ts'

/** Reads the texts of a workbook: UTF-16 or Latin-1 in Excel 97 to 2003, a code page before. */
export interface BiffTexts {
  /** A text with its length in one byte or in two at the head of the bodies. */
  read(bodies: readonly Buffer[], lengthBytes: 1 | 2): string
}

/** The texts of one record and its continuations, read one after the other. */
interface Cursor {
  readonly bodies: readonly Buffer[]
  body: number
  at: number
}

const WIDE = 1
const EXTENDED = 4
const RICH = 8
const RUN_BYTES = 4
const CHARSETS: ReadonlyMap<number, string> = new Map([
  [866, 'ibm866'],
  [874, 'windows-874'],
  [932, 'shift_jis'],
  [936, 'gbk'],
  [949, 'euc-kr'],
  [950, 'big5'],
  [10_000, 'macintosh'],
  [10_007, 'x-mac-cyrillic'],
  [32_768, 'macintosh'],
])

/** The texts of Excel 97 to 2003. */
export const unicodeTexts: BiffTexts = {
  read(bodies, lengthBytes) {
    const cursor: Cursor = { bodies, body: 0, at: 0 }
    const length = lengthBytes === 1 ? readByte(cursor) : readShort(cursor)
    return toStorableText(readCharacters(cursor, length, readByte(cursor)))
  },
}

/** The texts of Excel 5 and 95. */
export function codePageTexts(codePage: number): BiffTexts {
  const decode = createTextDecoder(charsetOf(codePage))
  return {
    read(bodies, lengthBytes) {
      const cursor: Cursor = { bodies, body: 0, at: 0 }
      const length = lengthBytes === 1 ? readByte(cursor) : readShort(cursor)
      const [body = Buffer.alloc(0)] = bodies
      return toStorableText(decode(body.subarray(cursor.at, cursor.at + length)))
    },
  }
}

/** The shared strings, by what is there and not by the declared count; formatting and phonetic hints are left out. */
export function readSharedTexts(bodies: readonly Buffer[], most: number): readonly string[] {
  const texts: string[] = []
  const declared = bodies[0] && bodies[0].length >= 8 ? bodies[0].readUInt32LE(4) : 0
  const cursor: Cursor = { bodies, body: 0, at: 8 }
  while (texts.length < declared && !isAtEnd(cursor)) {
    if (texts.length >= most) throw new UnreadableWorkbook('bomb', 'too many shared strings')
    texts.push(readSharedText(cursor))
  }
  return texts
}

function readSharedText(cursor: Cursor): string {
  const length = readShort(cursor)
  const flags = readByte(cursor)
  const runs = (flags & RICH) === 0 ? 0 : readShort(cursor)
  const extension = (flags & EXTENDED) === 0 ? 0 : readShort(cursor) + readShort(cursor) * 0x1_00_00
  const text = readCharacters(cursor, length, flags)
  skip(cursor, runs * RUN_BYTES + extension)
  return toStorableText(text)
}

/** Where a text goes on in the next record, that begins by saying how its part is written. */
function readCharacters(cursor: Cursor, length: number, firstFlags: number): string {
  let text = ''
  let left = length
  let flags = firstFlags
  while (left > 0) {
    const body = cursor.bodies[cursor.body]
    if (!body) throw new UnreadableWorkbook('truncated', 'BIFF text')
    const width = (flags & WIDE) === 0 ? 1 : 2
    const count = Math.min(left, Math.floor((body.length - cursor.at) / width))
    const end = cursor.at + count * width
    text += body.toString(width === 1 ? 'latin1' : 'utf16le', cursor.at, end)
    left -= count
    cursor.at = end
    if (left === 0) break
    cursor.body++
    cursor.at = 0
    flags = readByte(cursor)
  }
  return text
}

function isAtEnd(cursor: Cursor): boolean {
  moveToByte(cursor)
  return cursor.body >= cursor.bodies.length
}

/** Moves to the body that holds the next byte. */
function moveToByte(cursor: Cursor): void {
  let body = cursor.bodies[cursor.body]
  while (body && cursor.at >= body.length) {
    cursor.at -= body.length
    cursor.body++
    body = cursor.bodies[cursor.body]
  }
}

function skip(cursor: Cursor, bytes: number): void {
  cursor.at += bytes
  moveToByte(cursor)
}

function readByte(cursor: Cursor): number {
  moveToByte(cursor)
  const byte = cursor.bodies[cursor.body]?.[cursor.at]
  if (byte === undefined) throw new UnreadableWorkbook('truncated', 'BIFF text')
  cursor.at++
  return byte
}

function readShort(cursor: Cursor): number {
  const low = readByte(cursor)
  return low + readByte(cursor) * 0x1_00
}

function charsetOf(codePage: number): string {
  const known = CHARSETS.get(codePage)
  if (known !== undefined) return known
  return codePage >= 1250 && codePage <= 1258 ? `windows-${codePage}` : 'windows-1252'
}
