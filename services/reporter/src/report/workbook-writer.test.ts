import { type CellObject, read, type WorkBook } from '@e965/xlsx'
import excel from 'exceljs'
import { describe, expect, test } from 'vitest'
import { type Column, type Table, writeWorkbook } from './workbook-writer.ts'

const columns: readonly Column[] = [
  { header: 'Контейнер', kind: 'text' },
  { header: 'Осталось, км', kind: 'integer' },
  { header: 'Прогноз, дней', kind: 'decimal' },
  { header: 'Дата операции (МСК)', kind: 'dateTime' },
  { header: 'Прогноз', kind: 'date' },
]

const rows: Table['rows'] = [
  ['CSQU3054383', 1250, 3.1, '2026-11-22T09:05:00', '2026-11-25T00:00:00'],
  ['=1+1', 0, Number.NaN, 'yesterday', undefined],
  ['-5', undefined, Number.POSITIVE_INFINITY, undefined, '12026-01-01T00:00:00'],
  ['_x0041_ and a control\u0007', -1, 0.1, '1899-12-31T00:00:00', '9999-12-31T00:00:00'],
]

async function byExceljs(content: Buffer): Promise<excel.Workbook> {
  const workbook = new excel.Workbook()
  await workbook.xlsx.load(content as never)
  return workbook
}

function bySheetjs(content: Buffer): WorkBook {
  return read(content, { cellDates: false, cellFormula: true, cellStyles: true, cellNF: true })
}

describe('a written workbook', () => {
  test('holds typed values that exceljs reads back', async () => {
    const sheet = (await byExceljs(await writeWorkbook([{ name: 'Лист', columns, rows }]))).worksheets[0]!
    const values = [2, 3, 4, 5].map((row) => [1, 2, 3, 4, 5].map((column) => sheet.getCell(row, column).value))
    expect(values).toEqual([
      ['CSQU3054383', 1250, 3.1, new Date('2026-11-22T09:05:00Z'), new Date('2026-11-25T00:00:00Z')],
      ['=1+1', 0, null, null, null],
      ['-5', null, null, null, null],
      ['_x0041_ and a control', -1, 0.1, null, new Date('9999-12-31T00:00:00Z')],
    ])
    expect([1, 2, 3, 4, 5].map((column) => sheet.getCell(2, column).numFmt)).toEqual([
      '@',
      '0',
      '0.0',
      'dd.mm.yyyy hh:mm',
      'dd.mm.yyyy',
    ])
  })

  test('holds the same values for another reader, and no formula', async () => {
    const workbook = bySheetjs(await writeWorkbook([{ name: 'Лист', columns, rows }]))
    const sheet: Record<string, CellObject> = workbook.Sheets['Лист']!
    const cells = Object.entries(sheet).filter(([address, { t }]) => /^[A-Z]+[2-9]$/.test(address) && t !== 'z')
    expect(cells.map(([address, cell]) => [address, cell.t, cell.v])).toEqual([
      ['A2', 's', 'CSQU3054383'],
      ['B2', 'n', 1250],
      ['C2', 'n', 3.1],
      ['D2', 'n', expect.closeTo(46_348.378_472, 6)],
      ['E2', 'n', 46_351],
      ['A3', 's', '=1+1'],
      ['B3', 'n', 0],
      ['A4', 's', '-5'],
      ['A5', 's', '_x0041_ and a control'],
      ['B5', 'n', -1],
      ['C5', 'n', 0.1],
      ['E5', 'n', 2_958_465],
    ])
    expect(cells.filter(([, cell]) => cell.f !== undefined)).toEqual([])
  })

  test('cuts a text that Excel could not open, between characters', async () => {
    const long = `${'я'.repeat(32_766)}🚂`
    const sheet = (await byExceljs(await writeWorkbook([{ name: 'Лист', columns, rows: [[long]] }]))).worksheets[0]!
    expect(sheet.getCell('A2').value).toBe('я'.repeat(32_766))
  })

  test('has a frozen bold header with filters, and prints on landscape pages', async () => {
    const sheet = (await byExceljs(await writeWorkbook([{ name: 'Лист', columns, rows }]))).worksheets[0]!
    expect(sheet.views[0]).toMatchObject({ state: 'frozen', ySplit: 1 })
    expect(sheet.autoFilter).toBe('A1:E5')
    expect(sheet.getCell('A1').font.bold).toBe(true)
    expect(sheet.getCell('A2').font?.bold ?? false).toBe(false)
    expect(sheet.pageSetup).toMatchObject({ orientation: 'landscape', fitToPage: true, fitToHeight: 0 })
    expect(sheet.getColumn(4).width).toBeGreaterThanOrEqual('22.11.2026 09:05'.length)
  })

  test('gives sheets names that Excel accepts, each once', async () => {
    const names = ['Груз: [все] / ?*', 'а'.repeat(40), 'А'.repeat(40), "'History'", '']
    const content = await writeWorkbook(names.map((name) => ({ name, columns, rows: [] })))
    const sheets = bySheetjs(content).SheetNames
    expect(sheets).toEqual(['Груз все', 'а'.repeat(31), `${'А'.repeat(27)} (2)`, 'Лист', 'Лист (2)'])
  })
})
