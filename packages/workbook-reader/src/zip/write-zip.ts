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
/** The general purpose bit that says the sizes stand behind the bytes of an entry. */
const descriptorFlag = 0x0008
/** The oldest version of the format that can unpack the entry. */
export const version = 20

/** Writes packed entries as a zip, in their order. */
export function writeZip(entries: readonly PackedEntry[]): Buffer {
  const zip = openZip()
  return Buffer.concat([...entries.flatMap((entry) => zip.add(entry)), zip.end()])
}

type EntryHead = Omit<PackedEntry, 'crc' | 'size' | 'packed'>

/** The sizes and the checksum of an entry. */
export interface EntryTotals {
  readonly crc: number
  /** Bytes unpacked. */
  readonly size: number
  readonly packedSize: number
}

type Described = EntryHead & EntryTotals

/** A zip that is written from its begin to its end. Each call returns the next bytes of it. */
export interface OpenZip {
  /** A whole entry. */
  readonly add: (entry: PackedEntry) => readonly Buffer[]
  /** The header of an entry whose packed bytes follow; nobody knows their number yet. */
  readonly begin: (head: EntryHead) => Buffer
  /** The descriptor behind the packed bytes of the entry that was begun. */
  readonly describe: (totals: EntryTotals) => Buffer
  readonly end: () => Buffer
}

/** Opens a zip whose bytes leave memory as they come. */
export function openZip(): OpenZip {
  const directory: Buffer[] = []
  let [offset, begun]: [number, EntryHead | undefined] = [0, undefined]
  const list = (entry: Described, length: number): void => {
    directory.push(directoryEntry(entry, offset))
    offset += length
  }
  return {
    add({ packed, ...entry }) {
      const described = { ...entry, packedSize: packed.length }
      const header = localHeader(described)
      list(described, header.length + packed.length)
      return [header, packed]
    },
    begin(head) {
      begun = { ...head, flags: head.flags | descriptorFlag }
      return localHeader({ ...begun, ...nothingYet })
    },
    describe(totals) {
      if (!begun) throw new Error('no entry of the zip is open')
      const descriptor = descriptorOf(totals)
      const length = localHeader({ ...begun, ...nothingYet }).length + totals.packedSize + descriptor.length
      list({ ...begun, ...totals }, length)
      begun = undefined
      return descriptor
    },
    end: () => Buffer.concat([...directory, endOf(directory, offset)]),
  }
}

const nothingYet: EntryTotals = { crc: 0, size: 0, packedSize: 0 }

function descriptorOf({ crc, size, packedSize }: EntryTotals): Buffer {
  const descriptor = Buffer.alloc(16)
  descriptor.writeUInt32LE(0x08074b50, 0)
  descriptor.writeUInt32LE(crc, 4)
  descriptor.writeUInt32LE(packedSize, 8)
  descriptor.writeUInt32LE(size, 12)
  return descriptor
}

function endOf(directory: readonly Buffer[], offset: number): Buffer {
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(directory.length, 8)
  end.writeUInt16LE(directory.length, 10)
  end.writeUInt32LE(
    directory.reduce((sum, { length }) => sum + length, 0),
    12,
  )
  end.writeUInt32LE(offset, 16)
  return end
}

function localHeader(entry: Described): Buffer {
  const fixed = Buffer.alloc(30)
  fixed.writeUInt32LE(0x04034b50, 0)
  commonFields(entry).copy(fixed, 4)
  return Buffer.concat([fixed, entry.name])
}

function directoryEntry(entry: Described, offset: number): Buffer {
  const fixed = Buffer.alloc(46)
  fixed.writeUInt32LE(0x02014b50, 0)
  fixed.writeUInt16LE(entry.madeBy, 4)
  commonFields(entry).copy(fixed, 6)
  fixed.writeUInt32LE(entry.attributes, 38)
  fixed.writeUInt32LE(offset, 42)
  return Buffer.concat([fixed, entry.name])
}

/** The 26 bytes that a local header and a directory entry share. */
function commonFields(entry: Described): Buffer {
  const fields = Buffer.alloc(26)
  fields.writeUInt16LE(version, 0)
  fields.writeUInt16LE(entry.flags, 2)
  fields.writeUInt16LE(entry.method, 4)
  fields.writeUInt16LE(entry.modifiedTime, 6)
  fields.writeUInt16LE(entry.modifiedDate, 8)
  fields.writeUInt32LE(entry.crc, 10)
  fields.writeUInt32LE(entry.packedSize, 14)
  fields.writeUInt32LE(entry.size, 18)
  fields.writeUInt16LE(entry.name.length, 22)
  return fields
}
