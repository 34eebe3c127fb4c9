import { crc32, createInflateRaw } from 'node:zlib'
import type { Entry } from 'yauzl'
import { UnreadableWorkbook } from '../unreadable-workbook.ts'

/** Shared by all parts of one workbook. */
interface UnpackingBudget {
  bytesLeft: number
}

const STORED = 0
const DEFLATED = 8
/** Some programs declare sizes that are off by a few bytes; with the right checksum the part is whole. */
const SIZE_SLACK = 1_024
const CHUNK_BYTES = 256 * 1024

/**
 * Yields the bytes of one zip entry and checks them against its header: a part larger than declared, or beyond
 * the budget, is refused as soon as the excess shows. Stopping early stops inflating and skips the final checks.
 */
export async function* inflatePart(entry: Entry, packed: Buffer, budget: UnpackingBudget): AsyncGenerator<Buffer> {
  let size = 0
  let checksum = 0
  for await (const chunk of unpack(entry, packed)) {
    size += chunk.length
    budget.bytesLeft -= chunk.length
    if (size > entry.uncompressedSize + SIZE_SLACK) {
      throw new UnreadableWorkbook('bomb', `${entry.fileName} outgrows its header`)
    }
    if (budget.bytesLeft < 0) throw new UnreadableWorkbook('bomb', `${entry.fileName} exceeds the unpacked size`)
    checksum = crc32(chunk, checksum)
    yield chunk
  }
  if (size < entry.uncompressedSize - SIZE_SLACK) throw new UnreadableWorkbook('truncated', `part ${entry.fileName}`)
  if (checksum !== entry.crc32) throw new UnreadableWorkbook('damaged', `checksum of ${entry.fileName}`)
}

function unpack(entry: Entry, packed: Buffer): AsyncIterable<Buffer> | Iterable<Buffer> {
  if (entry.compressionMethod === STORED) return slices(packed)
  if (entry.compressionMethod === DEFLATED) return inflate(entry, packed)
  throw new UnreadableWorkbook('damaged', `${entry.fileName} is packed by method ${entry.compressionMethod}`)
}

function* slices(bytes: Buffer): Generator<Buffer> {
  for (let at = 0; at < bytes.length; at += CHUNK_BYTES) yield bytes.subarray(at, at + CHUNK_BYTES)
}

/** Inflates in zlib's thread while the caller works on the chunk before. */
async function* inflate(entry: Entry, packed: Buffer): AsyncGenerator<Buffer> {
  const stream = createInflateRaw({ chunkSize: CHUNK_BYTES, highWaterMark: 2 * CHUNK_BYTES } as { chunkSize: number })
  stream.end(packed)
  try {
    yield* stream as AsyncIterable<Buffer>
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code === 'Z_BUF_ERROR' ? 'truncated' : 'damaged'
    throw new UnreadableWorkbook(reason, `part ${entry.fileName}`, { cause: error })
  }
}
