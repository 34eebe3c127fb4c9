import type { ReadingLimits } from '@atermtrack/workbook-reader'
import {
  keepEntry,
  openZipDirectory,
  openZipEntries,
  type PackedContent,
  type PackedEntry,
  packFile,
  packPart,
  readXlsxPackage,
  writeZip,
  type XlsxPackage,
  type ZipDirectory,
  type ZipEntry,
} from '@atermtrack/workbook-reader/package'
import { placeColumns } from '../plan/place-columns.ts'
import type { AnnotationPlan, SheetPlan } from '../plan/plan.ts'
import type { CellRange } from './cell-place.ts'
import { measureSheet } from './measure-sheet.ts'
import { NotPatchable } from './not-patchable.ts'
import { type PatchedSheet, patchSheet, type SheetPatch } from './patch-sheet.ts'
import { readPart } from './parts/read-part.ts'
import { readTables, type SheetTable, tableBeside, widenTable, withFreeHeadings } from './parts/sheet-tables.ts'
import { openStyleBook, plainStyles, type StyleBook } from './parts/style-book.ts'
import { addStylePart, type NewPart } from './parts/style-part.ts'
import { dropFormulaList, renameFilters } from './parts/workbook-part.ts'
import { toBytes } from './parts/part-bytes.ts'

interface OpenWorkbook {
  readonly parts: ZipDirectory
  readonly book: XlsxPackage
  readonly styles: StyleBook
  /** Parts that are written anew, by path in small letters. */
  readonly changed: Map<string, PackedContent>
  /** Filters that are wider now, by the place of their sheet. */
  readonly filters: Map<number, CellRange>
}

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
  const open: OpenWorkbook = { parts, book, styles, changed: new Map(), filters: new Map() }
  let hasDroppedFormulas = false
  for (const sheet of plan.sheets) hasDroppedFormulas = (await packSheet(open, sheet, plan)) || hasDroppedFormulas
  const list = hasDroppedFormulas ? await dropFormulaList(parts) : undefined
  const names = await renameFilters(parts, open.filters)
  const added = hasStyles ? [] : await addStylePart(parts, styles.toXml())
  const written = hasStyles ? [{ path: book.stylesPath, xml: styles.toXml() }] : added
  for (const part of [...written, ...(names ? [names] : []), ...(list?.changed ?? [])]) await addPart(open, part)
  const entries = zip.entries.filter((entry) => nameOf(entry) !== list?.path.toLowerCase())
  const kept = await Promise.all(entries.map(async (entry) => keepEntry(entry, await zip.readPacked(entry))))
  const bodies = kept.map((entry, index) => ({ ...entry, ...open.changed.get(nameOf(entries[index])) }))
  const known = new Set(entries.map(nameOf))
  const fresh = added.filter(({ path }) => !known.has(path.toLowerCase()))
  return writeZip([...bodies, ...(await Promise.all(fresh.map(toEntry)))])
}

/** Says whether formulas were dropped. */
async function packSheet(open: OpenWorkbook, plan: SheetPlan, { columns, notes }: AnnotationPlan): Promise<boolean> {
  const { parts, book, styles } = open
  const { index, rows, own, column } = plan
  const path = pathOf(book, plan)
  const tables = await readTables(parts, path)
  const headerRow = headerRowOf(plan, tables)
  const measure = await measureSheet(parts.read(path), headerRow)
  const placed = placeColumns({ columns }, { own }, measure.usedColumns)
  const table = tableBeside(tables, { headerRow, columns: placed.map((it) => it.column) })
  const headed = table ? withFreeHeadings(table, placed) : placed
  const patch: SheetPatch = {
    measure,
    columns: headed,
    areThere: own !== undefined,
    headerRow,
    numberColumn: column,
    notes: new Map(rows.flatMap(([row, note]) => (notes[note] ? [[row, notes[note]]] : []))),
    styles,
    is1904: book.is1904,
  }
  let patched: PatchedSheet | undefined
  const content = await packPart(async (write) => {
    patched = await patchSheet(parts.read(path), patch, write)
  })
  addContent(open, path, content)
  if (table) await addPart(open, widenTable(table, headed))
  if (patched?.filter) open.filters.set(index, patched.filter)
  return patched?.hasDroppedFormulas ?? false
}

/** A table says itself where its headings stand. */
function headerRowOf({ headerRow, column, rows }: SheetPlan, tables: readonly SheetTable[]): number | undefined {
  const first = rows[0]?.[0] ?? 0
  const table = tables.find(
    ({ range: { from, to }, takesColumns }) =>
      takesColumns && from.column <= column && column <= to.column && from.row < first && first <= to.row,
  )
  return table?.range.from.row ?? headerRow
}

async function addPart(open: OpenWorkbook, { path, xml }: NewPart): Promise<void> {
  addContent(open, path, await packPart(async (write) => write(toBytes(xml))))
}

/** A part has one content: two sheets, or sheets with tables, that share one are not told apart. */
function addContent({ changed }: OpenWorkbook, path: string, content: PackedContent): void {
  const key = path.toLowerCase()
  if (changed.has(key)) throw new NotPatchable('a part that is used twice')
  changed.set(key, content)
}

function pathOf({ sheets }: XlsxPackage, { index }: SheetPlan): string {
  const sheet = sheets.find(({ info }) => info.index === index)
  if (!sheet) throw new NotPatchable(`no sheet ${index}`)
  return sheet.path.toLowerCase()
}

function nameOf(entry: ZipEntry | undefined): string {
  return (entry?.fileName ?? '').toLowerCase()
}

async function toEntry({ path, xml }: NewPart): Promise<PackedEntry> {
  return packFile({ name: path, content: toBytes(xml) })
}
