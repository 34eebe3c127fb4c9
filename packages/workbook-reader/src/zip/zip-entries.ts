import { type Entry, fromBufferPromise, type ZipFile } from 'yauzl'
import { inflatePart } from './inflate-part.ts'
import { UnreadableWorkbook } from '../unreadable-workbook.ts'

/** Limits above which a zip is refused. Sizes are in bytes. */
export interface ZipLimits {
  /** All entries together, as declared and as really inflated. */
  readonly maxUnpackedBytes: number
  readonly maxEntries: number
  /** Unpacked to packed, for entries above `ratioFreeBytes` unpacked. */
  readonly maxRatio: number
  readonly ratioFreeBytes: number
}

/** The entries of a zip in the order of its directory. */
export interface ZipEntries {
  readonly entries: readonly Entry[]
  /** Inflates an entry chunk by chunk; the bytes of all reads together stay within the limits. */
  read(entry: Entry): AsyncIterable<Buffer>
  /** The bytes of an entry as they are packed. */
  readPacked(entry: Entry): Promise<Buffer>
}

export type ZipEntry = Entry

/** Opens a zip held in memory and checks its directory. Throws `UnreadableWorkbook`. */
export async function openZipEntries(file: Buffer, limits: ZipLimits): Promise<ZipEntries> {
  const zip = await openZip(file)
  if (zip.entryCount > limits.maxEntries) throw new UnreadableWorkbook('bomb', `${zip.entryCount} zip entries`)
  const entries = await readEntries(zip, limits)
  const budget = { bytesLeft: limits.maxUnpackedBytes }

  async function* read(entry: Entry): AsyncGenerator<Buffer> {
    yield* inflatePart(entry, await locateData(zip, entry, file), budget)
  }

  return { entries, read, readPacked: async (entry) => locateData(zip, entry, file) }
}

async function openZip(file: Buffer): Promise<ZipFile> {
  try {
    return await fromBufferPromise(file, { lazyEntries: true, validateEntrySizes: false })
  } catch (error) {
    // The caller saw a zip signature: without a directory at its end the file was cut off.
    throw new UnreadableWorkbook('truncated', 'no zip directory', { cause: error })
  }
}

async function readEntries(zip: ZipFile, limits: ZipLimits): Promise<readonly Entry[]> {
  const entries: Entry[] = []
  let unpacked = 0
  for await (const entry of listEntries(zip)) {
    if (entry.isEncrypted()) throw new UnreadableWorkbook('encrypted', `part ${entry.fileName}`)
    unpacked += entry.uncompressedSize
    if (unpacked > limits.maxUnpackedBytes) throw new UnreadableWorkbook('bomb', `${unpacked} bytes unpacked`)
    if (exceedsRatio(entry, limits)) throw new UnreadableWorkbook('bomb', `ratio of ${entry.fileName}`)
    entries.push(entry)
  }
  return entries
}

/** An absolute path, or one that leaves its folder, fails here too. */
async function* listEntries(zip: ZipFile): AsyncGenerator<Entry> {
  try {
    yield* zip.eachEntry()
  } catch (error) {
    throw new UnreadableWorkbook('damaged', 'zip directory', { cause: error })
  }
}

function exceedsRatio(entry: Entry, { maxRatio, ratioFreeBytes }: ZipLimits): boolean {
  return entry.uncompressedSize > ratioFreeBytes && entry.uncompressedSize > entry.compressedSize * maxRatio
}

async function locateData(zip: ZipFile, entry: Entry, file: Buffer): Promise<Buffer> {
  try {
    const { fileDataStart } = await zip.readLocalFileHeaderPromise(entry, { minimal: true })
    const end = fileDataStart + entry.compressedSize
    if (end > file.length) throw new UnreadableWorkbook('truncated', `part ${entry.fileName}`)
    return file.subarray(fileDataStart, end)
  } catch (error) {
    if (error instanceof UnreadableWorkbook) throw error
    throw new UnreadableWorkbook('damaged', `part ${entry.fileName}`, { cause: error })
  }
}
