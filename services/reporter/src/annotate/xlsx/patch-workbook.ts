import type { ReadingLimits } from '@atermtrack/workbook-reader'
import {
  changeEntries,
  openZipDirectory,
  openZipEntries,
  packContent,
  type PackedContent,
  type PackedEntry,
  packFile,
  packPart,
  readXlsxPackage,
  writeZip,
  type XlsxPackage,
  type ZipDirectory,
} from '@atermtrack/workbook-reader/package'
import { placeColumns } from '../plan/place-columns.ts'
import type { AnnotationPlan, SheetPlan } from '../plan/plan.ts'
import { placeAppended } from './appended-rows.ts'
import type { CellRange } from './cell-place.ts'
import { measureSheet } from './measure-sheet.ts'
import { NotPatchable } from './not-patchable.ts'
import { type PatchedSheet, patchSheet, type SheetPatch } from './patch-sheet.ts'
import { readPart } from './parts/read-part.ts'
import { moveDrawing } from './parts/sheet-drawing.ts'
import {
  headerRowsBelow,
  readTables,
  type SheetTable,
  tablesBeside,
  widenTable,
  withFreeHeadings,
} from './parts/sheet-tables.ts'
import { openStyleBook, plainStyles, type StyleBook } from './parts/style-book.ts'
import { addStylePart, type NewPart } from './parts/style-part.ts'
import type { MarkedSheet } from './parts/column-names.ts'
import { type AreaGrowth, changeNames, dropFormulaList } from './parts/workbook-part.ts'
import { toBytes } from './parts/part-bytes.ts'

interface OpenWorkbook {
  readonly parts: ZipDirectory
  readonly book: XlsxPackage
  readonly styles: StyleBook
  /** Rewritten parts, by path in lower case. */
  readonly changed: Map<string, PackedContent>
  /** Filters that are wider now, by the place of their sheet. */
  readonly filters: Map<number, CellRange>
  /** The growth of each sheet, by its place. */
  readonly growths: Map<number, AreaGrowth>
  /** Sheets with the columns that they have now. */
  readonly marked: MarkedSheet[]
}

/**
 * Appends columns to the sheets of an xlsx or xlsm workbook in its own package: only those sheets, the
 * styles and the part that names the sheets are changed, all other parts keep their bytes. Throws `NotPatchable`, and `UnreadableWorkbook`.
 */
export async function patchWorkbook(bytes: Buffer, plan: AnnotationPlan, limits: ReadingLimits): Promise<Buffer> {
  const zip = await openZipEntries(bytes, limits)
  const parts = await openZipDirectory(bytes, limits)
  const book = await readXlsxPackage(parts, limits)
  const hasStyles = book.stylesPath !== undefined && parts.has(book.stylesPath)
  const styles = openStyleBook(hasStyles ? await readPart(parts, book.stylesPath) : plainStyles)
  const open: OpenWorkbook = {
    parts,
    book,
    styles,
    changed: new Map(),
    filters: new Map(),
    growths: new Map(),
    marked: [],
  }
  let hasDroppedFormulas = false
  for (const sheet of plan.sheets) hasDroppedFormulas = (await packSheet(open, sheet, plan)) || hasDroppedFormulas
  const list = hasDroppedFormulas ? await dropFormulaList(parts) : undefined
  const names = await changeNames(parts, open)
  const added = hasStyles ? [] : await addStylePart(parts, styles.toXml())
  const written = hasStyles ? [{ path: book.stylesPath, xml: styles.toXml() }] : added
  for (const part of [...written, ...names, ...(list?.changed ?? [])]) await addPart(open, part)
  const entries = await changeEntries(zip, { changed: open.changed, dropped: list?.path.toLowerCase() })
  const fresh = added.filter(({ path }) => !parts.has(path))
  return writeZip([...entries, ...(await Promise.all(fresh.map(toEntry)))])
}

/** Returns whether formulas were dropped. */
async function packSheet(open: OpenWorkbook, plan: SheetPlan, { columns, notes }: AnnotationPlan): Promise<boolean> {
  const { parts, book, styles } = open
  const { index, rows, own, column, moreHeaderRows = [], appended: wanted } = plan
  const { path, name } = sheetOf(book, plan)
  const tables = await readTables(parts, path)
  const headerRow = headerRowOf(plan, tables)
  const measure = await measureSheet(parts.read(path), headerRow, wanted?.modelRow)
  const appended = wanted && placeAppended(wanted.rows, { ...measure, styles: measure.modelStyles })
  const placed = placeColumns({ columns }, { own }, measure.usedColumns)
  const below = [...headerRowsBelow(tables, { headerRow, column }), ...moreHeaderRows]
  const headerRows = [...(headerRow === undefined ? [] : [headerRow]), ...below]
  const beside = tablesBeside(tables, { headerRows, columns: placed.map((it) => it.column) })
  const headed = beside.map((table) => ({ table, columns: withFreeHeadings(table, placed) }))
  const headingsOf = new Map(headed.map(({ table, columns: headings }) => [table.range.from.row, headings]))
  const patch: SheetPatch = {
    measure,
    columns: placed,
    areThere: own !== undefined,
    headerRow,
    headings: new Map(headerRows.map((row) => [row, (headingsOf.get(row) ?? placed).map(({ header }) => header)])),
    numberColumn: column,
    notes: new Map(rows.flatMap(([row, note]) => (notes[note] ? [[row, notes[note]]] : []))),
    styles,
    is1904: book.is1904,
    appended,
  }
  let patched: PatchedSheet | undefined
  const content = await packPart(async (write) => {
    patched = await patchSheet(parts.read(path), patch, write)
  })
  addContent(open, path, content)
  for (const { table, columns: headings } of headed) await addPart(open, widenTable(table, headings, appended))
  open.marked.push({ index, name, columns: placed })
  const fresh = own ? undefined : { first: measure.usedColumns, last: measure.usedColumns + placed.length - 1 }
  const drawing = fresh && (await moveDrawing(parts, path, fresh))
  if (drawing) await addPart(open, drawing)
  open.growths.set(index, { fresh, appended })
  if (patched?.filter) open.filters.set(index, patched.filter)
  return patched?.hasDroppedFormulas ?? false
}

/** A table says itself where its headings stand. */
function headerRowOf(
  { headerRow, column, rows, appended }: SheetPlan,
  tables: readonly SheetTable[],
): number | undefined {
  const first = rows[0]?.[0] ?? appended?.modelRow ?? 0
  const table = tables.find(
    ({ range: { from, to }, takesColumns }) =>
      takesColumns && from.column <= column && column <= to.column && from.row < first && first <= to.row,
  )
  return table?.range.from.row ?? headerRow
}

async function addPart(open: OpenWorkbook, { path, xml }: NewPart): Promise<void> {
  addContent(open, path, await packContent(toBytes(xml)))
}

/** A part has one content: sheets, or tables of sheets, that share a part cannot be changed separately. */
function addContent({ changed }: OpenWorkbook, path: string, content: PackedContent): void {
  const key = path.toLowerCase()
  if (changed.has(key)) throw new NotPatchable('a part that is used twice')
  changed.set(key, content)
}

function sheetOf({ sheets }: XlsxPackage, { index }: SheetPlan): { readonly path: string; readonly name: string } {
  const sheet = sheets.find(({ info }) => info.index === index)
  if (!sheet) throw new NotPatchable(`no sheet ${index}`)
  return { path: sheet.path.toLowerCase(), name: sheet.info.name }
}

async function toEntry({ path, xml }: NewPart): Promise<PackedEntry> {
  return packFile({ name: path, content: toBytes(xml) })
}
