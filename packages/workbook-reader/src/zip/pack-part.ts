import { once } from 'node:events'
import { promisify } from 'node:util'
import { crc32, createDeflateRaw, deflateRaw, deflateRawSync } from 'node:zlib'
import type { EntryTotals, PackedEntry } from './write-zip.ts'

/** The packed bytes of an entry, with the facts for its headers. */
export type PackedContent = Pick<PackedEntry, 'method' | 'crc' | 'size' | 'packed'>

const deflate = promisify(deflateRaw)

/** A part that is packed piece by piece. */
export interface OpenPart {
  /** Resolves when the next piece may come. */
  readonly write: (bytes: Buffer) => Promise<void>
  /** Hands over what is packed and not taken yet; the last pieces may still be on their way. */
  readonly take: () => readonly Buffer[]
  /** The bytes that are packed so far, taken or not. */
  readonly packedBytes: () => number
  /** Everything is packed when it resolves; the last pieces wait to be taken. */
  readonly end: () => Promise<EntryTotals>
}

/** The method of the entries that are packed here. */
export const deflated = 8

/** Opens a part: it is never whole in memory, and not even packed where the pieces are taken meanwhile. */
export function openPart(): OpenPart {
  const stream = createDeflateRaw()
  let pieces: Buffer[] = []
  let [crc, size, packedSize] = [0, 0, 0]
  stream.on('data', (piece: Buffer) => {
    pieces.push(piece)
    packedSize += piece.length
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
    take() {
      const taken = pieces
      pieces = []
      return taken
    },
    packedBytes: () => packedSize,
    async end() {
      stream.end()
      await finished
      return { crc, size, packedSize }
    },
  }
}

/** Packs the output of `fill` as it comes: the part is never whole in memory but packed. */
export async function packPart(fill: (write: OpenPart['write']) => Promise<void>): Promise<PackedContent> {
  const part = openPart()
  await fill(part.write)
  const { crc, size } = await part.end()
  return { method: deflated, crc, size, packed: Buffer.concat(part.take()) }
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
