import { once } from 'node:events'
import { promisify } from 'node:util'
import { crc32, createDeflateRaw, deflateRaw, deflateRawSync } from 'node:zlib'
import type { PackedEntry } from './write-zip.ts'

/** The packed bytes of an entry, with the facts for its headers. */
export type PackedContent = Pick<PackedEntry, 'method' | 'crc' | 'size' | 'packed'>

const deflated = 8
const deflate = promisify(deflateRaw)

/** A part that is packed piece by piece. */
export interface OpenPart {
  /** Resolves when the next piece may come. */
  readonly write: (bytes: Buffer) => Promise<void>
  /** The bytes that are packed so far; the last pieces may still be on their way. */
  readonly packedBytes: () => number
  readonly end: () => Promise<PackedContent>
}

/** Opens a part: it is never whole in memory but packed. */
export function openPart(): OpenPart {
  const stream = createDeflateRaw()
  const pieces: Buffer[] = []
  let [crc, size, packedBytes] = [0, 0, 0]
  stream.on('data', (piece: Buffer) => {
    pieces.push(piece)
    packedBytes += piece.length
  })
  const finished = once(stream, 'end')
  // The one who writes meets the error; an end that nobody waits for must not kill the process.
  finished.catch(() => undefined)
  return {
    async write(bytes) {
      crc = crc32(bytes, crc)
      size += bytes.length
      if (!stream.write(bytes)) await once(stream, 'drain')
    },
    packedBytes: () => packedBytes,
    async end() {
      stream.end()
      await finished
      return { method: deflated, crc, size, packed: Buffer.concat(pieces) }
    },
  }
}

/** Packs the output of `fill` as it comes: the part is never whole in memory. */
export async function packPart(fill: (write: OpenPart['write']) => Promise<void>): Promise<PackedContent> {
  const part = openPart()
  await fill(part.write)
  return part.end()
}

/** Packs a content that is whole in memory; `level` is that of zlib. */
export async function packContent(content: Uint8Array, level = 6): Promise<PackedContent> {
  return { method: deflated, crc: crc32(content), size: content.length, packed: await deflate(content, { level }) }
}

/**
 * The same at once, for a few kilobytes: a turn through the threads of zlib takes longer than packing them. The level is the one that
 * takes half the time for a tenth more bytes.
 */
export function packSmall(content: Uint8Array): PackedContent {
  return { method: deflated, crc: crc32(content), size: content.length, packed: deflateRawSync(content, { level: 3 }) }
}
