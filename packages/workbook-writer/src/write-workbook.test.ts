import { crc32, deflateSync } from 'node:zlib'
import { type CellObject, read, type WorkBook } from '@e965/xlsx'
import excel from 'exceljs'
import { describe, expect, test } from 'vitest'
import type { Sheet, SheetColumn } from './sheet.ts'
import { writeWorkbook } from './write-workbook.ts'

const columns: readonly SheetColumn[] = [
  { header: 'Контейнер', kind: 'text' },
  { header: 'Осталось, км', kind: 'integer' },
  { header: 'Прогноз, дней', kind: 'decimal' },
  { header: 'Дата операции (МСК)', kind: 'dateTime' },
  { header: 'Прогноз', kind: 'date' },
]

const rows: readonly (readonly (string | number | undefined)[])[] = [
  ['CSQU3054383', 1250, 3.1, '2026-11-22T09:05:00', '2026-11-25T00:00:00'],
  ['=1+1', 0, Number.NaN, 'yesterday', undefined],
  ['-5', undefined, Number.POSITIVE_INFINITY, undefined, '12026-01-01T00:00:00'],
  ['_x0041_ and a control\u0007', -1, 0.1, '1899-12-31T00:00:00', '9999-12-31T00:00:00'],
]

function aSheet(fields: Partial<Sheet> & { readonly cells?: typeof rows } = {}): Sheet {
  const { cells = rows, ...others } = fields
  const body = cells.map((row) => ({ cells: row }))
  return { name: 'Лист', columns, rows: body, rowCount: cells.length, ...others }
}

async function byExceljs(content: Buffer): Promise<excel.Workbook> {
  const workbook = new excel.Workbook()
  await workbook.xlsx.load(content as never)
  return workbook
}

function bySheetjs(content: Buffer): WorkBook {
  return read(content, { cellDates: false, cellFormula: true, cellStyles: true, cellNF: true })
}

/** The parts of a package as texts of their bytes. */
function partsOf(content: Buffer): (path: string) => string {
  const { files } = read(content, { bookFiles: true }) as WorkBook & {
    readonly files: Readonly<Record<string, { readonly content: Uint8Array }>>
  }
  return (path) => Buffer.from(files[path]!.content).toString(path.endsWith('.png') ? 'latin1' : 'utf8')
}

/** A PNG of two pixels side by side. */
const aPicture = aPng(2, 1)

function aPng(width: number, height: number): Buffer {
  const chunk = (type: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(type), data])
    const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)]
    length.writeUInt32BE(data.length)
    sum.writeUInt32BE(crc32(body))
    return Buffer.concat([length, body, sum])
  }
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(height, 4)
  head.set([8, 0], 8)
  const rows = Buffer.alloc((width + 1) * height)
  const signature = Buffer.from('89504e470d0a1a0a', 'hex')
  return Buffer.concat([
    signature,
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

describe('a written workbook', () => {
  test('holds typed values that exceljs reads back', async () => {
    const sheet = (await byExceljs(await writeWorkbook([aSheet()]))).worksheets[0]!
    const values = [2, 3, 4, 5].map((row) => [1, 2, 3, 4, 5].map((column) => sheet.getCell(row, column).value))
    expect(values).toEqual([
      ['CSQU3054383', 1250, 3.1, new Date('2026-11-22T09:05:00Z'), new Date('2026-11-25T00:00:00Z')],
      ['=1+1', 0, null, null, null],
      ['-5', null, null, null, null],
      // exceljs decodes the escape in shared strings alone; the other reader, as Excel, here too.
      ['_x005F_x0041_ and a control', -1, 0.1, null, new Date('9999-12-31T00:00:00Z')],
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
    const workbook = bySheetjs(await writeWorkbook([aSheet()]))
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
    const sheet = (await byExceljs(await writeWorkbook([aSheet({ cells: [[long]] })]))).worksheets[0]!
    expect(sheet.getCell('A2').value).toBe('я'.repeat(32_766))
  })

  test('has a frozen bold header with filters, and prints on landscape pages', async () => {
    const sheet = (await byExceljs(await writeWorkbook([aSheet()]))).worksheets[0]!
    expect(sheet.views[0]).toMatchObject({ state: 'frozen', ySplit: 1 })
    expect(sheet.autoFilter).toBe('A1:E5')
    expect(sheet.getCell('A1').font.bold).toBe(true)
    expect(sheet.getCell('A2').font?.bold ?? false).toBe(false)
    expect(sheet.pageSetup).toMatchObject({ orientation: 'landscape', fitToPage: true, fitToHeight: 0 })
    expect(sheet.getColumn(4).width).toBeGreaterThanOrEqual('22.11.2026 09:05'.length)
  })

  test('repeats its header on each printed page, which holds the first columns alone', async () => {
    const sheet = (await byExceljs(await writeWorkbook([aSheet({ title: 'Отчёт', printedColumns: 3 })]))).worksheets[0]!
    expect(sheet.pageSetup).toMatchObject({ printArea: 'A1:C6', printTitlesRow: '2:2', paperSize: 9 })
  })

  test('has its title, lines and legend above the table, and the colours of its values', async () => {
    const content = await writeWorkbook([
      aSheet({
        title: 'Отчёт «А & Б»',
        lines: ['Данные на 22.11.2026'],
        legend: [{ value: 'стоит', tone: 'warn' }],
        rows: [
          {
            cells: [
              { value: 'CSQU3054383', tone: 'bad' },
              { value: 3, tone: 'late' },
            ],
            beginsGroup: true,
          },
        ],
        rowCount: 1,
      }),
    ])
    const sheet = (await byExceljs(content)).worksheets[0]!
    expect([1, 2, 3, 4, 5].map((row) => sheet.getCell(row, 1).value)).toEqual([
      'Отчёт «А & Б»',
      'Данные на 22.11.2026',
      'стоит',
      'Контейнер',
      'CSQU3054383',
    ])
    expect(sheet.views[0]).toMatchObject({ state: 'frozen', ySplit: 4, xSplit: 1 })
    expect(sheet.autoFilter).toBe('A4:E5')
    expect(sheet.getCell('A1').font).toMatchObject({ name: 'Calibri', size: 14, bold: true })
    expect(sheet.getCell('A5').fill).toMatchObject({ fgColor: { argb: 'FFF8CBAD' } })
    expect(sheet.getCell('A5').border.top?.style).toBe('medium')
    expect(sheet.getCell('B5').font).toMatchObject({ bold: true, color: { argb: 'FFC00000' } })
  })

  test('has columns as wide as their longest text, within reason', async () => {
    const station = 'КРАСНОЯРСК-ВОСТОЧНЫЙ (ЭКСП. НА КНР)'
    const content = await writeWorkbook([aSheet({ cells: [['A'], [station]] }), aSheet({ cells: [['x'.repeat(500)]] })])
    const [fitting, capped] = (await byExceljs(content)).worksheets
    expect(fitting!.getColumn(1).width).toBe(station.length + 2)
    expect(capped!.getColumn(1).width).toBe(60)
  })

  test('has a chart over its own cells, which a zip of parts declares', async () => {
    const days = [
      ['25.11.2026', 1],
      ['26.11.2026', 4],
    ].map((cells) => ({ cells }))
    const chart = { title: 'По дням', category: 0, series: [1], firstRow: 1, rows: days }
    const head = [{ cells: ['всего', 5] }]
    const content = await writeWorkbook([
      aSheet({ cells: [] }),
      aSheet({ name: "Лист 'Б'", rows: [...head, ...days], rowCount: 3, chart }),
    ])
    const part = partsOf(content)
    expect(part('xl/charts/chart1.xml')).toContain("<c:f>'Лист ''Б'!$B$3:$B$4</c:f>")
    expect(part('xl/charts/chart1.xml')).toContain('<c:pt idx="1"><c:v>4</c:v></c:pt>')
    expect(part('xl/worksheets/sheet2.xml')).toContain('<drawing r:id="rId1"/>')
    expect(part('xl/worksheets/_rels/sheet2.xml.rels')).toContain('../drawings/drawing1.xml')
    expect(part('[Content_Types].xml')).toContain('/xl/charts/chart1.xml')
  })

  test('has a picture beside the table, below the chart where there is one', async () => {
    const chart = { title: 'По дням', category: 0, series: [1], firstRow: 0, rows: [{ cells: ['26.11.2026', 4] }] }
    const picture = { png: aPicture, text: 'Селятино: «7» & "3"' }
    const content = await writeWorkbook([
      aSheet({ picture }),
      aSheet({ name: 'Без картинки' }),
      aSheet({ name: 'И график', cells: [['26.11.2026', 4]], chart, picture }),
    ])
    const { worksheets, model } = await byExceljs(content)
    const placed = worksheets.map((sheet) => sheet.getImages().map(({ range }) => [range.tl.col, range.tl.row]))
    expect(placed).toEqual([[[6, 3]], [], [[6, 22]]])
    expect((model as { readonly media?: readonly unknown[] }).media).toHaveLength(2)
    const part = partsOf(content)
    expect(part('xl/media/image2.png')).toBe(aPicture.toString('latin1'))
    // 800 pixels wide, and half as high as the picture.
    expect(part('xl/drawings/drawing1.xml')).toContain('<xdr:ext cx="7620000" cy="3810000"/>')
    expect(part('xl/drawings/drawing1.xml')).toContain('&amp; &quot;3&quot;"')
    expect(part('xl/drawings/_rels/drawing2.xml.rels')).toMatch(/rId1"[^>]*chart2\.xml.*rId2"[^>]*image2\.png/)
    expect(part('xl/charts/chart2.xml')).toContain('<c:barChart>')
    expect(part('xl/worksheets/sheet3.xml')).toContain('<brk id="22"')
    expect(part('xl/worksheets/sheet1.xml')).not.toContain('rowBreaks')
    expect(part('[Content_Types].xml')).not.toContain('/xl/charts/chart1.xml')
  })

  test('holds every row of a long table, packed while it is made', async () => {
    const cells = Array.from({ length: 3_000 }, (_, n) => [`CSQU${1_000_000 + n}`, n])
    const content = await writeWorkbook([aSheet({ cells })])
    const sheet = (await byExceljs(content)).worksheets[0]!
    expect(sheet.rowCount).toBe(3_001)
    expect([sheet.getCell('A3001').value, sheet.getCell('B3001').value]).toEqual(['CSQU1002999', 2_999])
  })

  test('gives sheets names that Excel accepts, each once', async () => {
    const names = ['Груз: [все] / ?*', 'а'.repeat(40), 'А'.repeat(40), "'History'", '']
    const content = await writeWorkbook(names.map((name) => aSheet({ name, cells: [] })))
    const sheets = bySheetjs(content).SheetNames
    expect(sheets).toEqual(['Груз все', 'а'.repeat(31), `${'А'.repeat(27)} (2)`, 'Лист', 'Лист (2)'])
  })
})
