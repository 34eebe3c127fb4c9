import { UnreadableWorkbook } from '../unreadable-workbook.ts'

/** Takes one record of an xlsb part: `bytes[from, to)`, good during the call only. */
export type BinaryRecordVisitor = (type: number, bytes: Buffer, from: number, to: number) => void | 'stop'

interface Header {
  readonly type: number
  readonly from: number
  readonly to: number
}

// The longest honest record is a text with its formatting.
const MAX_RECORD_BYTES = 4_000_000
const CONTINUES = 0x80
const LOW_BITS = 0x7f
const MAX_SIZE_BYTES = 4

/** Runs through the records of an xlsb part. Throws `UnreadableWorkbook` if the part ends within one. */
export async function scanBinaryRecords(chunks: AsyncIterable<Buffer>, visit: BinaryRecordVisitor): Promise<void> {
  let rest: Buffer | undefined
  for await (const chunk of chunks) {
    const bytes: Buffer = rest ? Buffer.concat([rest, chunk]) : chunk
    let at = 0
    for (let header = readHeader(bytes, at); header && header.to <= bytes.length; header = readHeader(bytes, at)) {
      if (visit(header.type, bytes, header.from, header.to) === 'stop') return
      at = header.to
    }
    rest = bytes.subarray(at)
  }
  if (rest && rest.length > 0) throw new UnreadableWorkbook('truncated', 'binary record')
}

/** The text at `at`: a count of characters, then UTF-16; `limit` is the end of its record. */
export function readWideText(bytes: Buffer, at: number, limit: number): string {
  const end = endOfWideText(bytes, at, limit)
  return bytes.toString('utf16le', at + 4, end)
}

export function endOfWideText(bytes: Buffer, at: number, limit: number): number {
  requireBytes(at + 4, limit)
  const count = bytes.readUInt32LE(at)
  // An absent text is written as the largest count.
  const end = at + 4 + (count === 0xff_ff_ff_ff ? 0 : count * 2)
  requireBytes(end, limit)
  return end
}

/** Fails a record that ends before what it must hold. */
export function requireBytes(end: number, limit: number): void {
  if (end > limit) throw new UnreadableWorkbook('damaged', 'binary record too short')
}

/** Type and size are written in groups of seven bits; nothing if the header is not complete yet. */
function readHeader(bytes: Buffer, at: number): Header | undefined {
  if (at >= bytes.length) return undefined
  const isLong = (bytes[at] as number) >= CONTINUES
  if (isLong && at + 1 >= bytes.length) return undefined
  const type = ((bytes[at] as number) & LOW_BITS) | (isLong ? ((bytes[at + 1] as number) & LOW_BITS) << 7 : 0)
  let from = at + (isLong ? 2 : 1)
  let size = 0
  for (let index = 0; index < MAX_SIZE_BYTES; index++) {
    const byte = bytes[from++]
    if (byte === undefined) return undefined
    size += (byte & LOW_BITS) << (7 * index)
    if (byte < CONTINUES) break
  }
  if (size > MAX_RECORD_BYTES) throw new UnreadableWorkbook('damaged', 'binary record too long')
  return { type, from, to: from + size }
}
