import { once } from 'node:events'
import { buffer } from 'node:stream/consumers'
import { promisify } from 'node:util'
import { crc32, createDeflateRaw, deflateRaw, deflateRawSync } from 'node:zlib'
import type { PackedEntry } from './write-zip.ts'

/** The packed bytes of an entry, with the facts for its headers. */
export type PackedContent = Pick<PackedEntry, 'method' | 'crc' | 'size' | 'packed'>

const deflated = 8
const deflate = promisify(deflateRaw)

/** Packs the output of `fill` as it comes: the part is never whole in memory. */
export async function packPart(
  fill: (write: (bytes: Buffer) => Promise<void>) => Promise<void>,
): Promise<PackedContent> {
  const stream = createDeflateRaw()
  const packed = buffer(stream)
  let [crc, size] = [0, 0]
  await fill(async (bytes) => {
    crc = crc32(bytes, crc)
    size += bytes.length
    if (!stream.write(bytes)) await once(stream, 'drain')
  })
  stream.end()
  return { method: deflated, crc, size, packed: await packed }
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
