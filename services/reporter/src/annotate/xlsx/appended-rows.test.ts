import { defaultReadingLimits } from '@atermtrack/workbook-reader'
import excel from 'exceljs'
import { describe, expect, test } from 'vitest'
import { annotate } from '../annotating.ts'
import { byExceljs, bySheetjs, columns, noteOf, partsOf } from '../packages.test-helper.ts'
import type { AppendedRow } from '../plan/plan.ts'
import { lengthenedOver, placeAppended } from './appended-rows.ts'

const [known, unknown, foreign] = ['MSKU6011672', 'CSQU3054383', 'TKRU8864591']
const limits = defaultReadingLimits
const rows: readonly AppendedRow[] = [
  { text: known, note: noteOf.known },
  { text: unknown, note: noteOf.unknown },
]

async function filled(workbook: excel.Workbook, appended = rows): Promise<Buffer> {
  const bytes = Buffer.from(await workbook.xlsx.writeBuffer())
  const found = await annotate({ task: 'find', bytes, ownSets: [columns], limits, takesEmpty: true })
  if (found.kind !== 'found') throw new Error(`nothing to fill: ${found.kind}`)
  const [sheet] = found.sheets
  if (!sheet) throw new Error('no sheet')
  const modelRow = sheet.cells.at(-1)?.rowNumber ?? (sheet.headerRow ?? 0) + 1
  const plan = { columns, notes: [], sheets: [{ ...sheet, rows: [], appended: { modelRow, rows: appended } }] }
  const written = await annotate({ task: 'fill', bytes, plan, limits })
  if (written.kind !== 'written') throw new Error(`not filled: ${written.kind}`)
  return Buffer.from(written.content)
}

function aTable({ numbers, blankRows }: { readonly numbers: readonly string[]; readonly blankRows: number }) {
  const workbook = new excel.Workbook()
  const sheet = workbook.addWorksheet('Отправки')
  sheet.addRow(['Клиент', 'Контейнер'])
  for (const number of numbers) sheet.addRow(['Ромашка', number])
  for (let row = 2; row <= 1 + numbers.length + blankRows; row += 1) {
    for (const column of [1, 2]) sheet.getCell(row, column).border = { bottom: { style: 'thin' } }
  }
  return { workbook, sheet }
}

describe('rows that a workbook lacks', () => {
  test('come below its numbers in the look of the last one, in the place of blank rows', async () => {
    const { workbook, sheet } = aTable({ numbers: [foreign], blankRows: 3 })
    sheet.autoFilter = 'A1:B2'
    const content = await filled(workbook)
    const written = (await byExceljs(content)).worksheets[0]!
    expect([3, 4].map((row) => [1, 2, 3, 4].map((column) => written.getCell(row, column).value))).toEqual([
      [null, known, 'в пути', 1250],
      [null, unknown, 'не найден', null],
    ])
    // The foreign row is untouched, and blank rows further below keep their look.
    expect([written.getCell('B2').value, written.getCell('C2').value]).toEqual([foreign, null])
    for (const cell of ['A3', 'B3', 'C3', 'B5']) expect(written.getCell(cell).border.bottom?.style).toBe('thin')
    expect(written.autoFilter).toBe('A1:G4')
    expect(bySheetjs(content).Sheets['Отправки']?.['!ref']).toBe('A1:G5')
  })

  test('are validated, coloured and printed as the rows above, whose rules end there', async () => {
    const { workbook, sheet } = aTable({ numbers: [foreign, foreign], blankRows: 0 })
    const list = { type: 'list' as const, allowBlank: true, formulae: ['"да,нет"'] }
    for (const place of ['A2', 'A3']) sheet.getCell(place).dataValidation = list
    sheet.getCell('A1').dataValidation = { ...list, formulae: ['"нет"'] }
    sheet.addConditionalFormatting({
      ref: 'A2:B3',
      rules: [{ type: 'expression', priority: 1, formulae: ['$A2=""'], style: { font: { bold: true } } }],
    })
    sheet.pageSetup.printArea = 'A1:B3'
    const part = (await partsOf(await filled(workbook))).get('xl/worksheets/sheet1.xml')
    expect(String(part)).toMatch(/<dataValidation type="list" allowBlank="1" sqref="A2:A5">/)
    expect(String(part)).toContain('sqref="A1"')
    expect(String(part)).toContain('<conditionalFormatting sqref="A2:B5">')
    const names = (await partsOf(await filled(workbook))).get('xl/workbook.xml')
    expect(String(names)).toMatch(/Print_Area[^>]*>[^<]*\$A\$1:\$G\$5</)
  })

  test('come below the headings of a table that is still empty', async () => {
    const { workbook } = aTable({ numbers: [], blankRows: 1 })
    const written = (await byExceljs(await filled(workbook))).worksheets[0]!
    expect(written.getRow(1).values).toEqual([undefined, 'Клиент', 'Контейнер', ...columns.map(({ header }) => header)])
    expect([2, 3].map((row) => written.getCell(row, 2).value)).toEqual([known, unknown])
    expect(written.getCell('B2').border.bottom?.style).toBe('thin')
  })

  test('belong to the table above them', async () => {
    const workbook = new excel.Workbook()
    const sheet = workbook.addWorksheet('Лист1')
    const table = { name: 'Отправки', ref: 'A1', headerRow: true, columns: [{ name: 'Клиент' }, { name: 'Контейнер' }] }
    sheet.addTable({ ...table, rows: [['Ромашка', foreign]] })
    const content = await filled(workbook)
    const parts = await partsOf(content)
    const [xml] = [...parts].flatMap(([path, part]) => (/tables\/.*\.xml$/.test(path) ? [String(part)] : []))
    expect(xml).toContain('ref="A1:G4"')
    expect((await byExceljs(content)).worksheets[0]!.getCell('B4').value).toBe(unknown)
  })

  test('follow upon totals, which stay where they are', async () => {
    const { workbook, sheet } = aTable({ numbers: [foreign], blankRows: 0 })
    sheet.addRow(['Итого', null, 1])
    const written = (await byExceljs(await filled(workbook))).worksheets[0]!
    expect([3, 4].map((row) => written.getCell(row, 1).value)).toEqual(['Итого', null])
    expect(written.getCell('B4').value).toBe(known)
  })

  test('need room', () => {
    expect(() => placeAppended(rows, { lastRow: 1_048_575, styles: new Map() })).toThrow('no room')
    expect(placeAppended([], { lastRow: 1, styles: new Map() })).toBeUndefined()
  })
})

test('a range that ends far above the appended rows stays as it is', () => {
  const appended = { from: 10, rows, styles: new Map() }
  const upTo = (row: number) => ({ from: { column: 0, row: 1 }, to: { column: 1, row } })
  expect([8, 9, 20].map((row) => lengthenedOver(upTo(row), appended).to.row)).toEqual([8, 11, 20])
})
