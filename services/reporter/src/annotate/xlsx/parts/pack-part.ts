import { once } from 'node:events'
import { buffer } from 'node:stream/consumers'
import { crc32, createDeflateRaw } from 'node:zlib'
import type { PackedEntry } from './write-zip.ts'

export type PackedContent = Pick<PackedEntry, 'method' | 'crc' | 'size' | 'packed'>

const deflated = 8

/** Packs what `fill` writes as it comes: the part is never whole in memory. */
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
