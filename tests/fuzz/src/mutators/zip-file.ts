import { crc32, deflateRawSync, inflateRawSync } from 'node:zlib'

/** An entry of a zip, and the false statements of its headers. */
export interface ZipPart {
  readonly name: string
  readonly content: Buffer
  readonly isStored?: boolean
  readonly lies?: Partial<ZipHeader>
  /** A name in front of the data that is not the one in the directory. */
  readonly localName?: string
}

interface ZipHeader {
  readonly flags: number
  readonly method: number
  readonly checksum: number
  readonly packedSize: number
  readonly size: number
  readonly offset: number
}

const localSignature = 0x04034b50
const entrySignature = 0x02014b50
const endSignature = 0x06054b50
const localHeaderBytes = 30
const entryBytes = 46
const endBytes = 22
const utf8Names = 0x0800

/** The entries of a whole zip without a comment, in the order of its directory; undefined for anything else. */
export function readZip(bytes: Buffer): readonly ZipPart[] | undefined {
  const end = bytes.length - endBytes
  if (end < 0 || bytes.readUInt32LE(end) !== endSignature) return undefined
  const parts: ZipPart[] = []
  try {
    for (let at = bytes.readUInt32LE(end + 16); at < end;) {
      if (bytes.readUInt32LE(at) !== entrySignature) return undefined
      parts.push(readPart(bytes, at))
      at += entryBytes + bytes.readUInt16LE(at + 28) + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32)
    }
  } catch {
    // Damaged already: only byte mutators can change it.
    return undefined
  }
  return parts
}

function readPart(bytes: Buffer, at: number): ZipPart {
  const name = bytes.toString('utf8', at + entryBytes, at + entryBytes + bytes.readUInt16LE(at + 28))
  const local = bytes.readUInt32LE(at + 42)
  const start = local + localHeaderBytes + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28)
  const packed = bytes.subarray(start, start + bytes.readUInt32LE(at + 20))
  const isStored = bytes.readUInt16LE(at + 10) === 0
  return { name, isStored, content: isStored ? packed : inflateRawSync(packed) }
}

/** Writes the parts in their order with all false headers; `entryCount` is what the end of the directory claims. */
export function writeZip(parts: readonly ZipPart[], { entryCount = parts.length } = {}): Buffer {
  const bodies: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const part of parts) {
    const packed = part.isStored === true ? part.content : deflateRawSync(part.content, { level: 1 })
    const header = headerOf(part, packed, offset)
    const body = Buffer.concat([localHeader(header, part.localName ?? part.name), packed])
    bodies.push(body)
    directory.push(directoryEntry(header, part.name))
    offset += body.length
  }
  const listing = Buffer.concat(directory)
  const end = Buffer.alloc(endBytes)
  end.writeUInt32LE(endSignature, 0)
  end.writeUInt16LE(entryCount, 8)
  end.writeUInt16LE(entryCount, 10)
  end.writeUInt32LE(listing.length, 12)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...bodies, listing, end])
}

function headerOf({ content, isStored, lies }: ZipPart, packed: Buffer, offset: number): ZipHeader {
  return {
    flags: utf8Names,
    method: isStored === true ? 0 : 8,
    checksum: crc32(content),
    packedSize: packed.length,
    size: content.length,
    offset,
    ...lies,
  }
}

function localHeader(header: ZipHeader, name: string): Buffer {
  const fixed = Buffer.alloc(localHeaderBytes)
  fixed.writeUInt32LE(localSignature, 0)
  commonFields(header, name).copy(fixed, 4)
  return Buffer.concat([fixed, Buffer.from(name)])
}

function directoryEntry(header: ZipHeader, name: string): Buffer {
  const fixed = Buffer.alloc(entryBytes)
  fixed.writeUInt32LE(entrySignature, 0)
  fixed.writeUInt16LE(20, 4)
  commonFields(header, name).copy(fixed, 6)
  fixed.writeUInt32LE(header.offset, 42)
  return Buffer.concat([fixed, Buffer.from(name)])
}

/** The 26 bytes that both headers share. */
function commonFields({ flags, method, checksum, packedSize, size }: ZipHeader, name: string): Buffer {
  const fields = Buffer.alloc(26)
  fields.writeUInt16LE(20, 0)
  fields.writeUInt16LE(flags, 2)
  fields.writeUInt16LE(method, 4)
  fields.writeUInt32LE(checksum, 10)
  fields.writeUInt32LE(packedSize, 14)
  fields.writeUInt32LE(size, 18)
  fields.writeUInt16LE(Buffer.byteLength(name), 22)
  return fields
}
