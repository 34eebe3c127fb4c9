import { promisify } from 'node:util'
import { crc32, deflateRaw } from 'node:zlib'

export interface ZipEntry {
  readonly name: string
  readonly content: Buffer
}

interface PackedEntry {
  readonly name: Buffer
  readonly packed: Buffer
  readonly crc: number
  readonly size: number
  readonly offset: number
}

const deflate = promisify(deflateRaw)
/** 1 January 1980, the zero of zip's clock: equal content gives equal bytes. */
const DOS_DATE = 0x0021
const UTF8_NAMES = 0x0800
const DEFLATED = 8
const VERSION = 20

/** A zip archive of the entries in their order; the same entries always give the same bytes. */
export async function zip(entries: readonly ZipEntry[]): Promise<Buffer> {
  const parts: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const { name, content } of entries) {
    const entry = {
      name: Buffer.from(name, 'utf8'),
      packed: await deflate(content, { level: 4 }),
      crc: crc32(content),
      size: content.length,
      offset,
    }
    const header = localHeader(entry)
    parts.push(header, entry.packed)
    directory.push(directoryEntry(entry))
    offset += header.length + entry.packed.length
  }
  const listing = Buffer.concat(directory)
  return Buffer.concat([...parts, listing, endOfDirectory(directory.length, listing.length, offset)])
}

function localHeader(entry: PackedEntry): Buffer {
  const fixed = Buffer.alloc(30)
  fixed.writeUInt32LE(0x04034b50, 0)
  commonFields(entry).copy(fixed, 4)
  return Buffer.concat([fixed, entry.name])
}

function directoryEntry(entry: PackedEntry): Buffer {
  const fixed = Buffer.alloc(46)
  fixed.writeUInt32LE(0x02014b50, 0)
  fixed.writeUInt16LE(VERSION, 4)
  commonFields(entry).copy(fixed, 6)
  fixed.writeUInt32LE(entry.offset, 42)
  return Buffer.concat([fixed, entry.name])
}

/** The 26 bytes that a local header and a directory entry share. */
function commonFields({ name, packed, crc, size }: PackedEntry): Buffer {
  const fields = Buffer.alloc(26)
  fields.writeUInt16LE(VERSION, 0)
  fields.writeUInt16LE(UTF8_NAMES, 2)
  fields.writeUInt16LE(DEFLATED, 4)
  fields.writeUInt16LE(DOS_DATE, 8)
  fields.writeUInt32LE(crc, 10)
  fields.writeUInt32LE(packed.length, 14)
  fields.writeUInt32LE(size, 18)
  fields.writeUInt16LE(name.length, 22)
  return fields
}

function endOfDirectory(count: number, size: number, offset: number): Buffer {
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(count, 8)
  end.writeUInt16LE(count, 10)
  end.writeUInt32LE(size, 12)
  end.writeUInt32LE(offset, 16)
  return end
}
