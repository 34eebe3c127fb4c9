import { isUtf8 } from 'node:buffer'
import { buffer } from 'node:stream/consumers'
import type { Entry } from 'yauzl'
import { sniffFormat, type WorkbookFormat } from '../sniff-format.ts'
import { guessRussianCharset } from '../text/text-charset.ts'
import { UnreadableWorkbook } from '../unreadable-workbook.ts'
import { openZipEntries, type ZipLimits } from './zip-entries.ts'

/** Limits above which an archive is refused. Sizes are in bytes. */
export interface ArchiveLimits extends ZipLimits {
  readonly maxBytes: number
  /** Files other than the rubbish that programs leave behind. */
  readonly maxFiles: number
}

/** A file out of an archive; the name is a label for people and never a path. */
export interface ArchivedWorkbook {
  readonly name: string
  readonly content: Uint8Array
}

export const defaultArchiveLimits: ArchiveLimits = {
  maxBytes: 25_000_000,
  maxFiles: 20,
  maxEntries: 1_000,
  maxUnpackedBytes: 200_000_000,
  maxRatio: 100,
  ratioFreeBytes: 1_000_000,
}

const RUBBISH = /(?:^|\/)(?:__macosx\/|\.ds_store$|thumbs\.db$|desktop\.ini$|\._[^/]*$)/iu
const SYMLINK = 0xa0_00
const FILE_TYPE_MASK = 0xf0_00
const UTF8_FLAG = 0x08_00
const UNICODE_PATH_FIELD = 0x70_75
const MAX_NAME_LENGTH = 200
/** Files that may lie beside a workbook, such as a letter or a picture, and are left out. */
const FOREIGN: ReadonlySet<WorkbookFormat> = new Set(['package', 'ole', 'unknown'])

/** Whether the bytes are a plain zip, which may hold workbooks but is not one itself; nothing is unpacked. */
export function isArchive(bytes: Uint8Array): boolean {
  return sniffFormat(bytes) === 'zip'
}

/**
 * Unpacks the files of a plain zip that may be workbooks, in the order of the zip; `undefined` when the bytes are no
 * plain zip, a workbook among them. Throws `UnreadableWorkbook` for a suspicious archive or one without workbooks.
 */
export async function listArchivedWorkbooks(
  bytes: Uint8Array,
  limits: ArchiveLimits = defaultArchiveLimits,
): Promise<readonly ArchivedWorkbook[] | undefined> {
  if (!isArchive(bytes)) return undefined
  const workbooks: ArchivedWorkbook[] = []
  for await (const file of unpackArchive(bytes, limits)) if (isWorkbook(file.content)) workbooks.push(file)
  if (workbooks.length === 0) throw new UnreadableWorkbook('not_a_workbook', 'no workbook in the archive')
  return workbooks
}

/** Unpacks every file of a plain zip one after the other, whatever it is. Throws `UnreadableWorkbook`. */
export async function* unpackArchive(bytes: Uint8Array, limits: ArchiveLimits): AsyncGenerator<ArchivedWorkbook> {
  if (bytes.length > limits.maxBytes) throw new UnreadableWorkbook('too_big', `${bytes.length} bytes`)
  const zip = await openZipEntries(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), limits)
  if (zip.entries.some(isSymlink)) throw new UnreadableWorkbook('damaged', 'a symbolic link in the archive')
  const files = zip.entries.filter(isFile)
  if (files.length > limits.maxFiles) throw new UnreadableWorkbook('bomb', `${files.length} files in the archive`)
  for (const entry of files) yield { name: readName(entry), content: await buffer(zip.read(entry)) }
}

function isSymlink(entry: Entry): boolean {
  return ((entry.externalFileAttributes >>> 16) & FILE_TYPE_MASK) === SYMLINK
}

function isFile({ fileName }: Entry): boolean {
  return !fileName.endsWith('/') && !RUBBISH.test(fileName)
}

function isWorkbook(content: Uint8Array): boolean {
  if (content.length === 0) return false
  const format = sniffFormat(content)
  if (format === 'zip' || format === 'archive') {
    throw new UnreadableWorkbook('archive_unsupported', 'an archive within the archive')
  }
  return !FOREIGN.has(format)
}

/** The last step of the path, without control characters. */
function readName(entry: Entry): string {
  const name = decodePath(entry).split(/[\\/]/u).at(-1) ?? ''
  return name.replaceAll(/\p{Cc}/gu, '').slice(0, MAX_NAME_LENGTH)
}

/** Zips of Windows declare no charset and use that of the console; others write UTF-8 or windows-1251. */
function decodePath({ fileName, fileNameRaw, generalPurposeBitFlag, extraFields }: Entry): string {
  const isMarked = (generalPurposeBitFlag & UTF8_FLAG) !== 0
  if (isMarked || extraFields.some(({ id }) => id === UNICODE_PATH_FIELD)) return fileName
  if (isUtf8(fileNameRaw)) return fileNameRaw.toString('utf8')
  return new TextDecoder(guessRussianCharset(fileNameRaw, ['ibm866', 'windows-1251'])).decode(fileNameRaw)
}
