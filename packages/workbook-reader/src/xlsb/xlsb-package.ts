import { posix } from 'node:path'
import { readWideText, endOfWideText, requireBytes, scanBinaryRecords } from './binary-records.ts'
import { isBuiltinDateFormat, isDateFormat } from '../cells/number-format.ts'
import type { PackagedSheet } from '../sheets/read-sheets.ts'
import type { ReadingLimits } from '../reading-limits.ts'
import { toStorableText } from '../storable-text.ts'
import { UnreadableWorkbook } from '../unreadable-workbook.ts'
import type { SheetInfo } from '../sheets/workbook-visitor.ts'
import { findByType, readRelationships } from '../xlsx/xlsx-package.ts'
import type { ZipDirectory } from '../zip/zip-directory.ts'

/** The content of an xlsb package beside its cells; paths are those of the zip directory. */
export interface XlsbPackage {
  readonly sheets: readonly PackagedSheet[]
  readonly sharedStringsPath: string | undefined
  readonly stylesPath: string | undefined
  readonly is1904: boolean
}

interface SheetEntry {
  readonly info: SheetInfo
  readonly relationshipId: string
}

const USUAL_WORKBOOK_PATH = 'xl/workbook.bin'
const WORKBOOK_PROPERTIES = 0x99
const SHEET = 0x9c
const SHARED_STRING = 0x13
const FORMAT = 0x2c
const CELL_FORMAT = 0x2f
const CELL_FORMATS_BEGIN = 0x02_69
const CELL_FORMATS_END = 0x02_6a
const MAX_FORMATS = 100_000

export async function readXlsbPackage(parts: ZipDirectory, limits: ReadingLimits): Promise<XlsbPackage> {
  const declared = findByType(await readRelationships(parts, ''), 'officedocument')
  const path = declared !== undefined && parts.has(declared) ? declared : USUAL_WORKBOOK_PATH
  const related = await readRelationships(parts, posix.normalize(path))
  const { entries, is1904 } = await readWorkbookPart(parts, path, limits)
  return {
    sheets: entries.flatMap(({ info, relationshipId }) => {
      const relationship = related.get(relationshipId)
      if (!relationship) throw new UnreadableWorkbook('damaged', `sheet ${info.index} has no part`)
      return relationship.type === 'worksheet' ? [{ info, path: relationship.path }] : []
    }),
    sharedStringsPath: findByType(related, 'sharedstrings'),
    stylesPath: findByType(related, 'styles'),
    is1904,
  }
}

async function readWorkbookPart(parts: ZipDirectory, path: string, limits: ReadingLimits) {
  const entries: SheetEntry[] = []
  let is1904 = false
  await scanBinaryRecords(parts.read(path), (type, bytes, from, to) => {
    if (type === SHEET) entries.push(readSheet(bytes, from, to, entries.length))
    if (type === WORKBOOK_PROPERTIES && to > from) is1904 = ((bytes[from] as number) & 1) === 1
    if (entries.length > limits.maxSheets) {
      throw new UnreadableWorkbook('too_many_sheets', `more than ${limits.maxSheets} sheets`)
    }
  })
  if (entries.length === 0) throw new UnreadableWorkbook('not_a_workbook', 'no sheets')
  return { entries, is1904 }
}

/** State of visibility, number of the sheet, then its relationship and its name. */
function readSheet(bytes: Buffer, from: number, to: number, index: number): SheetEntry {
  requireBytes(from + 8, to)
  const hidden = bytes.readUInt32LE(from) !== 0
  const relationshipId = readWideText(bytes, from + 8, to)
  const name = readWideText(bytes, endOfWideText(bytes, from + 8, to), to)
  return { info: { name: toStorableText(name), index, hidden }, relationshipId }
}

/** The shared strings; formatting and phonetic hints behind the text are left out. */
export async function readXlsbStrings(
  chunks: AsyncIterable<Buffer>,
  { maxSharedStrings }: ReadingLimits,
): Promise<readonly string[]> {
  const strings: string[] = []
  await scanBinaryRecords(chunks, (type, bytes, from, to) => {
    if (type !== SHARED_STRING) return
    if (strings.length >= maxSharedStrings) throw new UnreadableWorkbook('bomb', 'too many shared strings')
    strings.push(toStorableText(readWideText(bytes, from + 1, to)))
  })
  return strings
}

/** One flag per cell style: whether it shows a number as a date. */
export async function readXlsbDateStyles(chunks: AsyncIterable<Buffer>): Promise<readonly boolean[]> {
  const custom = new Map<number, boolean>()
  const formatIds: number[] = []
  let inCellFormats = false
  await scanBinaryRecords(chunks, (type, bytes, from, to) => {
    if (type === CELL_FORMATS_BEGIN) inCellFormats = true
    else if (type === CELL_FORMATS_END) inCellFormats = false
    else if (type === FORMAT) {
      requireBytes(from + 2, to)
      custom.set(bytes.readUInt16LE(from), isDateFormat(readWideText(bytes, from + 2, to)))
    } else if (type === CELL_FORMAT && inCellFormats) {
      requireBytes(from + 4, to)
      formatIds.push(bytes.readUInt16LE(from + 2))
    }
    if (Math.max(formatIds.length, custom.size) > MAX_FORMATS) throw new UnreadableWorkbook('bomb', 'too many styles')
  })
  return formatIds.map((id) => custom.get(id) ?? isBuiltinDateFormat(id))
}
