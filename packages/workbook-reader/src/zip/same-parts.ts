import { UnreadableWorkbook } from '../unreadable-workbook.ts'
import { openZipEntries, type ZipEntries, type ZipEntry, type ZipLimits } from './zip-entries.ts'

/** When and by whom a document was saved is no content. */
const properties = /^docProps\//i
const zipSignature = Buffer.from('PK\u0003\u0004')

/**
 * Finds the first of the `endings` of other files whose zip directory names the checksums of all parts of a workbook; undefined when none does,
 * and for a file that is no sound zip. Checksums only suggest it: `haveSameParts` tells whether the parts are the same.
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
 * Whether the parts of two zips hold the same, however they are packed and whatever stands between them. False where one of them is not
 * sound.
 */
export async function haveSameParts(one: Uint8Array, other: Uint8Array, limits: ZipLimits): Promise<boolean> {
  return (await unlessUnreadable(compareParts(one, other, limits))) ?? false
}

async function compareParts(one: Uint8Array, other: Uint8Array, limits: ZipLimits): Promise<boolean> {
  const [own, others] = await Promise.all([listParts(one, limits), listParts(other, limits)])
  const known = new Map(others.entries.map((entry) => [entry.fileName, entry]))
  for (const entry of own.entries) {
    const namesake = known.get(entry.fileName)
    if (!namesake) return false
    // A name that comes twice has no second namesake.
    known.delete(entry.fileName)
    const isSame =
      (await arePackedAlike(own.zip, entry, others.zip, namesake)) ||
      (await holdTheSame(own.zip.read(entry), others.zip.read(namesake)))
    if (!isSame) return false
  }
  return known.size === 0
}

/** The same packed bytes under the same facts inflate to the same: a generator that packs a table again gives them. */
async function arePackedAlike(
  zip: ZipEntries,
  entry: ZipEntry,
  otherZip: ZipEntries,
  other: ZipEntry,
): Promise<boolean> {
  const isLike =
    entry.compressionMethod === other.compressionMethod &&
    entry.crc32 === other.crc32 &&
    entry.uncompressedSize === other.uncompressedSize &&
    entry.compressedSize === other.compressedSize
  return isLike && (await zip.readPacked(entry)).equals(await otherZip.readPacked(other))
}

/** Both are read at once, since each is inflated in a thread of its own. */
async function holdTheSame(one: AsyncIterable<Buffer>, other: AsyncIterable<Buffer>): Promise<boolean> {
  const [first, second] = [one[Symbol.asyncIterator](), other[Symbol.asyncIterator]()]
  try {
    let [own, others]: readonly (Buffer | undefined)[] = [undefined, undefined]
    for (;;) {
      ;[own, others] = await Promise.all([own ?? nextBytes(first), others ?? nextBytes(second)])
      if (!own || !others) return own === others
      const size = Math.min(own.length, others.length)
      if (!own.subarray(0, size).equals(others.subarray(0, size))) return false
      own = restOf(own, size)
      others = restOf(others, size)
    }
  } finally {
    await Promise.all([first.return?.(), second.return?.()])
  }
}

/** The next bytes of a part; undefined at its end. */
async function nextBytes(chunks: AsyncIterator<Buffer>): Promise<Buffer | undefined> {
  for (;;) {
    const { done, value } = await chunks.next()
    if (done) return undefined
    if (value.length > 0) return value
  }
}

function restOf(bytes: Buffer, from: number): Buffer | undefined {
  return bytes.length > from ? bytes.subarray(from) : undefined
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
