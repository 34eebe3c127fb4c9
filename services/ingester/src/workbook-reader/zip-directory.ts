import { type Entry, fromBufferPromise, type ZipFile } from 'yauzl'
import { inflatePart } from './inflate-part.ts'
import type { ReadingLimits } from './reading-limits.ts'
import { UnreadableWorkbook } from './unreadable-workbook.ts'

/** The parts of a package by path, without a leading slash, in any letter case. */
export interface ZipDirectory {
  has(path: string): boolean
  /** Inflates a part chunk by chunk; the bytes of all reads together stay within the limits. */
  read(path: string): AsyncIterable<Buffer>
}

/** Opens a zip held in memory and checks what its directory declares. Throws `UnreadableWorkbook`. */
export async function openZipDirectory(file: Buffer, limits: ReadingLimits): Promise<ZipDirectory> {
  const zip = await openZip(file)
  if (zip.entryCount > limits.maxEntries) throw new UnreadableWorkbook('bomb', `${zip.entryCount} zip entries`)
  const entries = await readEntries(zip, limits)
  const budget = { bytesLeft: limits.maxUnpackedBytes }

  async function* read(path: string): AsyncGenerator<Buffer> {
    const entry = entries.get(path.toLowerCase())
    if (!entry) throw new UnreadableWorkbook('damaged', `no part ${path}`)
    yield* inflatePart(entry, await locateData(zip, entry, file), budget)
  }

  return { has: (path) => entries.has(path.toLowerCase()), read }
}

async function openZip(file: Buffer): Promise<ZipFile> {
  try {
    return await fromBufferPromise(file, { lazyEntries: true, validateEntrySizes: false })
  } catch (error) {
    // The caller saw a zip signature: without a directory at its end the file was cut off.
    throw new UnreadableWorkbook('truncated', 'no zip directory', { cause: error })
  }
}

async function readEntries(zip: ZipFile, limits: ReadingLimits): Promise<ReadonlyMap<string, Entry>> {
  const entries = new Map<string, Entry>()
  let unpacked = 0
  for await (const entry of listEntries(zip)) {
    const path = entry.fileName.toLowerCase()
    if (entries.has(path)) throw new UnreadableWorkbook('damaged', `two parts named ${entry.fileName}`)
    if (entry.isEncrypted()) throw new UnreadableWorkbook('encrypted', `part ${entry.fileName}`)
    unpacked += entry.uncompressedSize
    if (unpacked > limits.maxUnpackedBytes) throw new UnreadableWorkbook('bomb', `${unpacked} bytes unpacked`)
    if (exceedsRatio(entry, limits)) throw new UnreadableWorkbook('bomb', `ratio of ${entry.fileName}`)
    entries.set(path, entry)
  }
  return entries
}

async function* listEntries(zip: ZipFile): AsyncGenerator<Entry> {
  try {
    yield* zip.eachEntry()
  } catch (error) {
    throw new UnreadableWorkbook('damaged', 'zip directory', { cause: error })
  }
}

function exceedsRatio(entry: Entry, { maxRatio, ratioFreeBytes }: ReadingLimits): boolean {
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
