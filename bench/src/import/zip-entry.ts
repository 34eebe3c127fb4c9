import { crc32, deflateRawSync, inflateRawSync } from 'node:zlib'

interface Entry {
  readonly name: string
  /** Where its record in the central directory begins and ends. */
  readonly start: number
  readonly end: number
  /** The deflated bytes as they stand in the file. */
  readonly packed: Buffer
}

const endOfDirectoryLength = 22
const directoryLineLength = 46
const localHeaderLength = 30
const localSignature = 0x04034b50

/** Inflates all entries of a zip file that has no comment, one after the other, and returns how many bytes came out. */
export function inflateAll(zip: Buffer): number {
  return listEntries(zip).reduce((total, { packed }) => total + inflateRawSync(packed).length, 0)
}

/**
 * Returns the zip file with one entry changed and all others as they were. Even an empty change gives other bytes: the new
 * entry stands behind the old ones, and the old entry stays without a record in the directory.
 */
export function replaceEntry(zip: Buffer, name: string, change: (content: Buffer) => Buffer): Buffer {
  const entry = listEntries(zip).find((each) => each.name === name)
  if (!entry) throw new Error(`the zip file has no ${name}`)
  const content = change(inflateRawSync(entry.packed))
  const packed = deflateRawSync(content)
  const end = zip.length - endOfDirectoryLength
  const directoryStart = zip.readUInt32LE(end + 16)

  const directory = Buffer.from(zip.subarray(directoryStart, end))
  const line = directory.subarray(entry.start - directoryStart, entry.end - directoryStart)
  line.writeUInt32LE(crc32(content), 16)
  line.writeUInt32LE(packed.length, 20)
  line.writeUInt32LE(content.length, 24)
  line.writeUInt32LE(directoryStart, 42)

  const header = Buffer.alloc(localHeaderLength)
  header.writeUInt32LE(localSignature, 0)
  // A local header repeats 24 bytes of the record, from the version to the length of the name; it has no extra field here.
  line.copy(header, 4, 6, 30)
  const local = Buffer.concat([header, Buffer.from(name), packed])
  const ending = Buffer.from(zip.subarray(end))
  ending.writeUInt32LE(directoryStart + local.length, 16)
  return Buffer.concat([zip.subarray(0, directoryStart), local, directory, ending])
}

function listEntries(zip: Buffer): readonly Entry[] {
  const end = zip.length - endOfDirectoryLength
  const entries: Entry[] = []
  for (let start = zip.readUInt32LE(end + 16); start < end; start = entries.at(-1)?.end ?? end) {
    entries.push(readEntry(zip, start))
  }
  return entries
}

function readEntry(zip: Buffer, start: number): Entry {
  const [nameLength, extraLength, commentLength] = [28, 30, 32].map((offset) => zip.readUInt16LE(start + offset))
  const nameStart = start + directoryLineLength
  const nameEnd = nameStart + (nameLength ?? 0)
  const local = zip.readUInt32LE(start + 42)
  const dataStart = local + localHeaderLength + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28)
  return {
    name: zip.toString('utf8', nameStart, nameEnd),
    start,
    end: nameEnd + (extraLength ?? 0) + (commentLength ?? 0),
    packed: zip.subarray(dataStart, dataStart + zip.readUInt32LE(start + 20)),
  }
}
