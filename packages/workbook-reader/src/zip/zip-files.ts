import type { Entry } from 'yauzl'
import { deflated, packContent, type PackedContent } from './pack-part.ts'
import { type OpenZip, type PackedEntry, utf8Flag, version, writeZip } from './write-zip.ts'
import type { ZipEntries } from './zip-entries.ts'

/** A file for a new zip. */
export interface ZipFile {
  readonly name: string
  readonly content: Uint8Array
}

/** 1 January 1980 is the zero of the zip clock: equal files give equal bytes. */
const firstDay = 0x0021

/** A zip of the files in their order; equal files give equal bytes. */
export async function zipFiles(files: readonly ZipFile[], level?: number): Promise<Buffer> {
  return writeZip(await Promise.all(files.map(async (file) => packFile(file, level))))
}

/** A file as an entry for `writeZip`. */
export async function packFile({ name, content }: ZipFile, level?: number): Promise<PackedEntry> {
  return toEntry(name, await packContent(content, level))
}

/** A packed content as an entry for `writeZip`. */
export function toEntry(name: string, content: PackedContent): PackedEntry {
  return { ...toHead(name), ...content }
}

/** The head of an entry that is packed while the zip is written, see `openZip`. */
export function toHead(name: string): Parameters<OpenZip['begin']>[0] {
  const fixed = { modifiedTime: 0, modifiedDate: firstDay, madeBy: version, attributes: 0 }
  return { name: Buffer.from(name), flags: utf8Flag, method: deflated, ...fixed }
}

/** Actions for the entries of an opened zip, by their path in lower case; all others are kept as they are packed. */
export interface ZipChanges {
  readonly changed: ReadonlyMap<string, PackedContent>
  readonly dropped?: string | undefined
}

/** The entries of an opened zip with some of them changed, for `writeZip`. */
export async function changeEntries(
  zip: ZipEntries,
  { changed, dropped }: ZipChanges,
): Promise<readonly PackedEntry[]> {
  const kept = zip.entries.filter(({ fileName }) => fileName.toLowerCase() !== dropped)
  return Promise.all(
    kept.map(async (entry) => ({
      ...keepEntry(entry, await zip.readPacked(entry)),
      ...changed.get(entry.fileName.toLowerCase()),
    })),
  )
}

function keepEntry(entry: Entry, packed: Buffer): PackedEntry {
  return {
    name: entry.fileNameRaw,
    flags: entry.generalPurposeBitFlag & utf8Flag,
    method: entry.compressionMethod,
    crc: entry.crc32,
    size: entry.uncompressedSize,
    packed,
    modifiedTime: entry.lastModFileTime,
    modifiedDate: entry.lastModFileDate,
    madeBy: entry.versionMadeBy,
    attributes: entry.externalFileAttributes,
  }
}
