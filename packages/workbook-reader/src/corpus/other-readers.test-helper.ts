import { read, utils, type CellObject } from '@e965/xlsx'
import type { Cell } from '@atermtrack/domain'
import exceljs from 'exceljs'
import { readWorkbook } from '../read-workbook.ts'
import { type Reading, shownDate, shownNumber, toReading } from './tables.test-helper.ts'

type Cells = (string | undefined)[][]

/** The cells as this package reads them. */
export async function ourReading(bytes: Uint8Array): Promise<Reading> {
  const rows: Cells = []
  await readWorkbook(bytes, {
    sheet: () => (rowNumber, cells) => {
      while (rows.length < rowNumber) rows.push([])
      rows[rowNumber - 1] = cells.map(shownCell)
    },
  })
  return toReading(rows)
}

function shownCell(cell: Cell): string | undefined {
  if (cell === undefined) return undefined
  if (typeof cell === 'string') return `text ${cell}`
  if (typeof cell === 'number') return shownNumber(cell)
  if (typeof cell === 'boolean') return `boolean ${cell}`
  return cell.kind === 'date' ? `date ${cell.wall}` : `error ${cell.code}`
}

/** The cells of an xlsx as exceljs reads them. */
export async function exceljsReading(bytes: Uint8Array): Promise<Reading> {
  const book = new exceljs.Workbook()
  await book.xlsx.load(new Uint8Array(bytes).buffer)
  const rows: Cells = []
  book.worksheets[0]?.eachRow((row, rowNumber) => {
    while (rows.length < rowNumber) rows.push([])
    row.eachCell((cell, column) => {
      const cells = rows[rowNumber - 1] ?? []
      while (cells.length < column) cells.push(undefined)
      cells[column - 1] = shownExceljs(cell.value)
    })
  })
  return toReading(rows)
}

function shownExceljs(value: exceljs.CellValue): string | undefined {
  if (value === null || value === undefined) return undefined
  if (typeof value === 'string') return `text ${value}`
  if (typeof value === 'number') return shownNumber(value)
  if (typeof value === 'boolean') return `boolean ${value}`
  if (value instanceof Date) return shownDate(value.getTime())
  if ('error' in value) return `error ${value.error}`
  if ('richText' in value) return `text ${value.richText.map(({ text }) => text).join('')}`
  return 'result' in value ? shownExceljs(value.result) : JSON.stringify(value)
}

/** The cells as SheetJS reads them. */
export function sheetJsReading(bytes: Uint8Array): Reading {
  const book = read(bytes, { type: 'array', cellDates: true, UTC: true, dense: false })
  const sheet = book.Sheets[book.SheetNames[0] ?? ''] ?? {}
  const rows: Cells = []
  for (const [reference, cell] of Object.entries(sheet)) {
    if (reference.startsWith('!')) continue
    const { r, c } = utils.decode_cell(reference)
    while (rows.length <= r) rows.push([])
    const cells = rows[r] ?? []
    while (cells.length <= c) cells.push(undefined)
    cells[c] = shownSheetJs(cell as CellObject)
  }
  return toReading(rows)
}

const errorNames: Readonly<Record<number, string>> = {
  0x00: '#NULL!',
  0x07: '#DIV/0!',
  0x0f: '#VALUE!',
  0x17: '#REF!',
  0x1d: '#NAME?',
  0x24: '#NUM!',
  0x2a: '#N/A',
}

function shownSheetJs({ t, v }: CellObject): string | undefined {
  if (t === 'e') return `error ${errorNames[Number(v)] ?? String(v)}`
  if (v instanceof Date) return shownDate(v.getTime())
  if (typeof v === 'number') return shownNumber(v)
  if (typeof v === 'boolean') return `boolean ${v}`
  return v === undefined || v === '' ? undefined : `text ${v}`
}
