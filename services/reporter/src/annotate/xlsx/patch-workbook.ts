import {
  openZipDirectory,
  openZipEntries,
  type ReadingLimits,
  readXlsxPackage,
  type XlsxPackage,
  type ZipDirectory,
  type ZipEntry,
} from '@atermtrack/workbook-reader'
import type { AnnotationPlan, SheetPlan } from '../plan.ts'
import { measureSheet } from './measure-sheet.ts'
import { NotPatchable } from './not-patchable.ts'
import { type PackedContent, packPart } from './pack-part.ts'
import { patchSheet, type SheetPatch } from './patch-sheet.ts'
import { readPart } from './read-part.ts'
import { openStyleBook, plainStyles, type StyleBook } from './style-book.ts'
import { addStylePart, type NewPart } from './style-part.ts'
import { type PackedEntry, writeZip } from './write-zip.ts'
import { toBytes } from './xml-bytes.ts'

interface OpenWorkbook {
  readonly parts: ZipDirectory
  readonly book: XlsxPackage
  readonly styles: StyleBook
}

const utf8Flag = 0x0800

/**
 * Appends columns to the sheets of an xlsx or xlsm workbook in its own package: of its parts only those sheets and the
 * styles are written anew, all others keep their bytes. Throws `NotPatchable`, and `UnreadableWorkbook`.
 */
export async function patchWorkbook(bytes: Buffer, plan: AnnotationPlan, limits: ReadingLimits): Promise<Buffer> {
  const zip = await openZipEntries(bytes, limits)
  const parts = await openZipDirectory(bytes, limits)
  const book = await readXlsxPackage(parts, limits)
  const hasStyles = book.stylesPath !== undefined && parts.has(book.stylesPath)
  const styles = openStyleBook(hasStyles ? await readPart(parts, book.stylesPath) : plainStyles)
  const changed = new Map<string, PackedContent>()
  for (const sheet of plan.sheets) {
    const path = pathOf(book, sheet)
    if (changed.has(path)) throw new NotPatchable('two sheets in one part')
    changed.set(path, await packSheet({ parts, book, styles }, { ...sheet, path }, plan))
  }
  const added = hasStyles ? [] : await addStylePart(parts, styles.toXml())
  for (const part of hasStyles ? [{ path: book.stylesPath, xml: styles.toXml() }] : added) {
    changed.set(part.path.toLowerCase(), await packText(part))
  }
  const kept = await Promise.all(zip.entries.map(async (entry) => toPacked(entry, await zip.readPacked(entry))))
  const entries = kept.map((entry, index) => ({ ...entry, ...changed.get(nameOf(zip.entries[index])) }))
  const names = new Set(zip.entries.map(nameOf))
  const fresh = added.filter(({ path }) => !names.has(path.toLowerCase()))
  return writeZip([...entries, ...(await Promise.all(fresh.map(toEntry)))])
}

async function packSheet(
  { parts, book, styles }: OpenWorkbook,
  { path, rows, headerRow, ownColumn, column }: SheetPlan & { readonly path: string },
  { columns, notes }: AnnotationPlan,
): Promise<PackedContent> {
  const measure = await measureSheet(parts.read(path), headerRow)
  const patch: SheetPatch = {
    measure,
    columns,
    firstColumn: ownColumn ?? measure.usedColumns,
    areThere: ownColumn !== undefined,
    headerRow,
    numberColumn: column,
    notes: new Map(rows.flatMap(([row, note]) => (notes[note] ? [[row, notes[note]]] : []))),
    styles,
    is1904: book.is1904,
  }
  return packPart(async (write) => patchSheet(parts.read(path), patch, write))
}

function pathOf({ sheets }: XlsxPackage, { index }: SheetPlan): string {
  const sheet = sheets.find(({ info }) => info.index === index)
  if (!sheet) throw new NotPatchable(`no sheet ${index}`)
  return sheet.path.toLowerCase()
}

async function packText({ xml }: NewPart): Promise<PackedContent> {
  return packPart(async (write) => write(toBytes(xml)))
}

function nameOf(entry: ZipEntry | undefined): string {
  return (entry?.fileName ?? '').toLowerCase()
}

function toPacked(entry: ZipEntry, packed: Buffer): PackedEntry {
  return {
    name: entry.fileNameRaw,
    isUtf8: (entry.generalPurposeBitFlag & utf8Flag) !== 0,
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

/** 1 January 1980 is the zero of zip's clock. */
async function toEntry(part: NewPart): Promise<PackedEntry> {
  const name = Buffer.from(part.path)
  const rest = { isUtf8: true, modifiedTime: 0, modifiedDate: 0x0021, madeBy: 20, attributes: 0 }
  return { name, ...rest, ...(await packText(part)) }
}
