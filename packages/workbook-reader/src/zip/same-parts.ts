import { createHash } from 'node:crypto'
import { UnreadableWorkbook } from '../unreadable-workbook.ts'
import { openZipEntries, type ZipEntry, type ZipLimits } from './zip-entries.ts'

/** When and by whom a document was saved is no content. */
const properties = /^docProps\//i
const zipSignature = Buffer.from('PK\u0003\u0004')

/**
 * Finds the first of the `endings` of other files whose zip directory names the checksums of all parts of a workbook; undefined when none does,
 * and for a file that is no sound zip. Checksums only suggest it: `hashParts` tells whether the parts are the same.
 */
export async function findLikeParts<Ending extends { readonly ending: Uint8Array }>(
  file: Uint8Array,
  endings: readonly Ending[],
  limits: ZipLimits,
): Promise<Ending | undefined> {
  if (endings.length === 0 || !toBuffer(file).subarray(0, 4).equals(zipSignature)) return undefined
  const parts = await unlessUnreadable(listParts(file, limits))
  if (!parts || parts.entries.length === 0) return undefined
  const checksums = parts.entries.map(checksumBytes)
  return endings.find(({ ending }) => checksums.every((checksum) => toBuffer(ending).includes(checksum)))
}

/**
 * The hash of what the parts of a zip hold, however they are packed and whatever stands between them; undefined for a zip that is not
 * sound.
 */
export async function hashParts(file: Uint8Array, limits: ZipLimits): Promise<Uint8Array | undefined> {
  return unlessUnreadable(hashAll(file, limits))
}

async function hashAll(file: Uint8Array, limits: ZipLimits): Promise<Uint8Array> {
  const { zip, entries } = await listParts(file, limits)
  const all = createHash('sha256')
  for (const entry of entries.toSorted((a, b) => (a.fileName < b.fileName ? -1 : 1))) {
    const one = createHash('sha256').update(`${entry.fileName}\n`)
    for await (const chunk of zip.read(entry)) one.update(chunk)
    all.update(one.digest())
  }
  return all.digest()
}

async function listParts(file: Uint8Array, limits: ZipLimits) {
  const zip = await openZipEntries(toBuffer(file), limits)
  return { zip, entries: zip.entries.filter(({ fileName }) => !properties.test(fileName)) }
}

async function unlessUnreadable<T>(result: Promise<T>): Promise<T | undefined> {
  try {
    return await result
  } catch (error) {
    if (error instanceof UnreadableWorkbook) return undefined
    throw error
  }
}

function checksumBytes({ crc32 }: ZipEntry): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(crc32)
  return bytes
}

function toBuffer({ buffer, byteOffset, byteLength }: Uint8Array): Buffer {
  return Buffer.from(buffer, byteOffset, byteLength)
}
