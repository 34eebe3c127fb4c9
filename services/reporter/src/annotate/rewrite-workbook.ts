import { type Cell, cellText } from '@atermtrack/domain'
import { type ReadingLimits, readWorkbook, type RowVisitor, type SheetInfo } from '@atermtrack/workbook-reader'
import type { ColumnKind } from '@atermtrack/workbook-writer'
import { openWorkbookWriter, type PlainCell, type PlainSheet } from '../report/workbook-writer.ts'
import { type PlacedColumn, placeColumns } from './plan/place-columns.ts'
import { type AnnotationPlan, colours, type Note, type SheetPlan } from './plan/plan.ts'
import { markWorkbook } from './xlsx/mark-workbook.ts'

interface SheetSize {
  readonly info: SheetInfo
  /** The length of the longest text in each column. */
  readonly widths: number[]
}

const narrowest = 6
const widest = 45

export interface RewriteOptions {
  readonly limits: ReadingLimits
  /** The file is a text, in which numbers are written as words are. */
  readonly isText: boolean
}

/** Writes the values of a workbook of any format to a new xlsx file, with the new columns beside them; formatting is lost. */
export async function rewriteWorkbook(
  bytes: Uint8Array,
  plan: AnnotationPlan,
  { limits, isText }: RewriteOptions,
): Promise<Buffer> {
  const sizes = await measureSheets(bytes, limits)
  const writer = openWorkbookWriter(sizes.map(({ info }) => info.name))
  const placed: (readonly PlacedColumn[])[] = []
  let end = (): void => undefined
  const visitor = {
    sheet(info: SheetInfo): RowVisitor {
      end()
      const sheetPlan = plan.sheets.find(({ index }) => index === info.index)
      const widths = sizes.find((size) => size.info.index === info.index)?.widths ?? []
      const columns = sheetPlan ? placeColumns(plan, sheetPlan, widths.length) : []
      placed.push(columns)
      const all = [...widths]
      for (const { column, width } of columns) all[column] = width
      const sheet = writer.sheet(all, info)
      const rows = sheetPlan ? createAnnotator(sheet, { ...plan, sheet: sheetPlan, columns }) : plainRows(sheet)
      end = () => {
        rows.end()
        sheet.end()
      }
      return isText ? (rowNumber, cells) => rows.row(rowNumber, cells.map(numberOr)) : rows.row
    },
  }
  await readWorkbook(bytes, visitor, limits)
  end()
  return markWorkbook(await writer.end(), placed, limits)
}

async function measureSheets(bytes: Uint8Array, limits: ReadingLimits): Promise<readonly SheetSize[]> {
  const sizes: SheetSize[] = []
  const visitor = {
    sheet(info: SheetInfo): RowVisitor {
      const widths: number[] = []
      sizes.push({ info, widths })
      return (_, cells) => {
        for (const [column, cell] of cells.entries()) {
          if (cell === undefined) continue
          while (widths.length <= column) widths.push(narrowest)
          const length = (cellText(cell)?.length ?? 0) + 2
          widths[column] = Math.min(widest, Math.max(widths[column] ?? narrowest, length))
        }
      }
    },
  }
  await readWorkbook(bytes, visitor, limits)
  return sizes
}

interface Rows {
  readonly row: RowVisitor
  readonly end: () => void
}

function plainRows(sheet: PlainSheet): Rows {
  return {
    row: (rowNumber, cells) =>
      sheet.row(
        rowNumber,
        cells.map((value) => ({ value })),
      ),
    end: () => undefined,
  }
}

interface AnnotatorOptions extends Pick<AnnotationPlan, 'notes'> {
  readonly sheet: SheetPlan
  readonly columns: readonly PlacedColumn[]
}

function createAnnotator(sheet: PlainSheet, { columns, notes, sheet: plan }: AnnotatorOptions): Rows {
  const noteOf = new Map(plan.rows)
  const headings = new Map(columns.map(({ column, header }) => [column, { value: header, isBold: true }]))
  let needsHeader = plan.headerRow !== undefined
  const headerRows = new Set([plan.headerRow, ...(plan.moreHeaderRows ?? [])])

  function insertHeaderRow(before: number): void {
    if (!needsHeader || plan.headerRow === undefined || plan.headerRow >= before) return
    needsHeader = false
    sheet.row(plan.headerRow, beside([], headings))
  }
  return {
    row(rowNumber, cells) {
      insertHeaderRow(rowNumber)
      const note = notes[noteOf.get(rowNumber) ?? -1]
      if (headerRows.has(rowNumber)) {
        needsHeader = false
        const old = cells.map((value) => ({ value, isBold: true }))
        sheet.row(rowNumber, beside(old, headings))
      } else if (note) sheet.row(rowNumber, noted(cells, note, columns))
      else
        sheet.row(
          rowNumber,
          cells.map((value) => ({ value })),
        )
    },
    end: () => insertHeaderRow(Infinity),
  }
}

function noted(
  cells: readonly Cell[],
  { values, shade, isLines }: Note,
  columns: readonly PlacedColumn[],
): readonly PlainCell[] {
  const colour = shade && { colour: colours[shade] }
  const formatOf = (kind: ColumnKind) => (isLines ? ({ kind: 'text', isWrapped: true } as const) : { kind })
  const fresh = columns.map(({ column, kind, index }) => {
    return [column, { value: values[index], ...formatOf(kind), ...colour }] as const
  })
  const old = cells.map((value) => ({ value, ...colour }))
  return beside(old, new Map(fresh))
}

/** The cells with the new ones in their columns, replacing the cells there. */
function beside(cells: readonly PlainCell[], fresh: ReadonlyMap<number, PlainCell>): readonly PlainCell[] {
  const length = Math.max(cells.length, ...[...fresh.keys()].map((column) => column + 1))
  return Array.from({ length }, (_, column) => fresh.get(column) ?? cells[column] ?? { value: undefined })
}

/** Excel shows up to eleven digits of a number as they are; a leading zero says that the digits are a code. */
const plainNumber = /^-?(?:0|[1-9]\d{0,10})(?:[.,]\d{1,10})?$/
/** Some write thousands with a comma. */
const thousands = /^-?\d{1,3},\d{3}$/

/** A text of a CSV as the number that it writes. */
function numberOr(cell: Cell): Cell {
  if (typeof cell !== 'string' || !plainNumber.test(cell) || thousands.test(cell)) return cell
  return Number(cell.replace(',', '.'))
}
