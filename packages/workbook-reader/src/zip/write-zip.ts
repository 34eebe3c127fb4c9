/** An entry of a zip with its bytes packed already. */
export interface PackedEntry {
  readonly name: Buffer
  /** The general purpose bits. */
  readonly flags: number
  /** The number of the compression method. */
  readonly method: number
  readonly crc: number
  /** Bytes unpacked. */
  readonly size: number
  readonly packed: Buffer
  readonly modifiedTime: number
  readonly modifiedDate: number
  /** The program and its system; the system decides what the attributes mean. */
  readonly madeBy: number
  readonly attributes: number
}

/** The general purpose bit that says a name is UTF-8. */
export const utf8Flag = 0x0800
/** The oldest version of the format that can unpack the entry. */
export const version = 20

/** Writes packed entries as a zip, in their order. */
export function writeZip(entries: readonly PackedEntry[]): Buffer {
  const bodies: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const entry of entries) {
    const header = localHeader(entry)
    bodies.push(header, entry.packed)
    directory.push(directoryEntry(entry, offset))
    offset += header.length + entry.packed.length
  }
  const listing = Buffer.concat(directory)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(entries.length, 8)
  end.writeUInt16LE(entries.length, 10)
  end.writeUInt32LE(listing.length, 12)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...bodies, listing, end])
}

function localHeader(entry: PackedEntry): Buffer {
  const fixed = Buffer.alloc(30)
  fixed.writeUInt32LE(0x04034b50, 0)
  commonFields(entry).copy(fixed, 4)
  return Buffer.concat([fixed, entry.name])
}

function directoryEntry(entry: PackedEntry, offset: number): Buffer {
  const fixed = Buffer.alloc(46)
  fixed.writeUInt32LE(0x02014b50, 0)
  fixed.writeUInt16LE(entry.madeBy, 4)
  commonFields(entry).copy(fixed, 6)
  fixed.writeUInt32LE(entry.attributes, 38)
  fixed.writeUInt32LE(offset, 42)
  return Buffer.concat([fixed, entry.name])
}

/** The 26 bytes that a local header and a directory entry share. */
function commonFields(entry: PackedEntry): Buffer {
  const fields = Buffer.alloc(26)
  fields.writeUInt16LE(version, 0)
  fields.writeUInt16LE(entry.flags, 2)
  fields.writeUInt16LE(entry.method, 4)
  fields.writeUInt16LE(entry.modifiedTime, 6)
  fields.writeUInt16LE(entry.modifiedDate, 8)
  fields.writeUInt32LE(entry.crc, 10)
  fields.writeUInt32LE(entry.packed.length, 14)
  fields.writeUInt32LE(entry.size, 18)
  fields.writeUInt16LE(entry.name.length, 22)
  return fields
}
