import { type Cell, cellText } from '@atermtrack/domain'
import { type ReadingLimits, readWorkbook, type RowVisitor, type SheetInfo } from '@atermtrack/workbook-reader'
import { openWorkbookWriter, type PlainCell, type PlainSheet } from '../report/workbook-writer.ts'
import { type AnnotationPlan, colours, type Note, type SheetPlan } from './plan.ts'

interface SheetSize {
  readonly info: SheetInfo
  /** Of the longest text in each column. */
  readonly widths: number[]
}

const narrowest = 6
const widest = 45

/** Writes a workbook of any format anew as xlsx, its values with the new columns beside them; formatting is lost. */
export async function rewriteWorkbook(bytes: Uint8Array, plan: AnnotationPlan, limits: ReadingLimits): Promise<Buffer> {
  const sizes = await measureSheets(bytes, limits)
  const writer = openWorkbookWriter(sizes.map(({ info }) => info.name))
  let end = (): void => undefined
  const visitor = {
    sheet(info: SheetInfo): RowVisitor {
      end()
      const sheetPlan = plan.sheets.find(({ index }) => index === info.index)
      const widths = sizes.find((size) => size.info.index === info.index)?.widths ?? []
      const first = sheetPlan?.ownColumn ?? widths.length
      const columns = sheetPlan ? plan.columns : []
      const all = [
        ...widths.slice(0, first),
        ...columns.map(({ width }) => width),
        ...widths.slice(first + columns.length),
      ]
      const sheet = writer.sheet(all, info)
      const rows = sheetPlan ? createAnnotator(sheet, { ...plan, sheet: sheetPlan, first }) : plainRows(sheet)
      end = () => {
        rows.end()
        sheet.end()
      }
      return rows.row
    },
  }
  await readWorkbook(bytes, visitor, limits)
  end()
  return writer.end()
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

interface AnnotatorOptions extends Pick<AnnotationPlan, 'columns' | 'notes'> {
  readonly sheet: SheetPlan
  /** Of the new columns, zero-based. */
  readonly first: number
}

function createAnnotator(sheet: PlainSheet, { columns, notes, sheet: plan, first }: AnnotatorOptions): Rows {
  const noteOf = new Map(plan.rows)
  const headings: readonly PlainCell[] = columns.map(({ header }) => ({ value: header, isBold: true }))
  let needsHeader = plan.headerRow !== undefined

  function insertHeaderRow(before: number): void {
    if (!needsHeader || plan.headerRow === undefined || plan.headerRow >= before) return
    needsHeader = false
    sheet.row(plan.headerRow, beside([], headings, first))
  }
  return {
    row(rowNumber, cells) {
      insertHeaderRow(rowNumber)
      const note = notes[noteOf.get(rowNumber) ?? -1]
      if (rowNumber === plan.headerRow) {
        needsHeader = false
        sheet.row(
          rowNumber,
          beside(
            cells.map((value) => ({ value, isBold: true })),
            headings,
            first,
          ),
        )
      } else if (note) sheet.row(rowNumber, noted(cells, note, { columns, first }))
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
  { values, shade }: Note,
  { columns, first }: Pick<AnnotatorOptions, 'columns' | 'first'>,
): readonly PlainCell[] {
  const colour = shade && { colour: colours[shade] }
  const fresh = columns.map(({ kind }, index) => ({ value: values[index], kind, ...colour }))
  return beside(
    cells.map((value) => ({ value, ...colour })),
    fresh,
    first,
  )
}

/** The cells with the new ones from the column `first` on, in the place of what stands there. */
function beside(cells: readonly PlainCell[], fresh: readonly PlainCell[], first: number): readonly PlainCell[] {
  const before = Array.from({ length: first }, (_, index) => cells[index] ?? { value: undefined })
  return [...before, ...fresh, ...cells.slice(first + fresh.length)]
}
