import { buffer } from 'node:stream/consumers'
import { read, utils } from '@e965/xlsx'
import excel from 'exceljs'
import { expect, test } from 'vitest'
import { type FileLimits, type StreamedFile, type StreamedSheet, streamWorkbooks } from './stream-workbooks.ts'

const columns = [
  { header: 'Контейнер', kind: 'text' },
  { header: 'Номер', kind: 'integer' },
] as const

/** Batches of five rows, made when they are asked for. */
function aSheet(rows: number, onBatch: (from: number) => void = () => undefined): StreamedSheet {
  async function* batches() {
    for (let from = 0; from < rows; from += 5) {
      onBatch(from)
      yield Array.from({ length: Math.min(5, rows - from) }, (_, n) => [`=1+${from + n}`, from + n])
    }
  }
  return { name: 'Лист', title: 'Выгрузка', lines: ['Период'], columns, batches: batches() }
}

interface ReadFile {
  readonly content: Buffer
  readonly rowCount: number
}

async function readFile({ pieces, rowCount }: StreamedFile): Promise<ReadFile> {
  const content = await buffer(pieces)
  return { content, rowCount: rowCount() }
}

async function filesOf(sheet: StreamedSheet, limits?: FileLimits): Promise<readonly ReadFile[]> {
  const files: ReadFile[] = []
  for await (const file of streamWorkbooks(sheet, limits)) files.push(await readFile(file))
  return files
}

/** The values of each sheet below its header, as SheetJS reads them. */
function valuesOf({ content }: ReadFile): readonly (readonly unknown[])[] {
  const workbook = read(content)
  return workbook.SheetNames.map((name) =>
    utils.sheet_to_json<unknown[]>(workbook.Sheets[name]!, { header: 1, range: 3 }).map(([, number]) => number),
  )
}

test('a table that fits is one sheet, which both readers open, and no text of it is a formula', async () => {
  const [file, ...others] = await filesOf(aSheet(12))
  expect([others.length, file!.rowCount]).toEqual([0, 12])
  expect(valuesOf(file!)).toEqual([[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]])
  const workbook = new excel.Workbook()
  await workbook.xlsx.load(file!.content as never)
  const sheet = workbook.worksheets[0]!
  expect([sheet.getCell('A1').value, sheet.getCell('A2').value, sheet.getCell('A3').value]).toEqual([
    'Выгрузка',
    'Период',
    'Контейнер',
  ])
  expect(sheet.getCell('A4').value).toBe('=1+0')
  expect(sheet.getCell('A4').formula).toBeUndefined()
  expect(sheet.autoFilter).toBe('A3:B15')
})

test('a table without rows is its header alone', async () => {
  const [file, ...others] = await filesOf(aSheet(0))
  expect([others.length, file!.rowCount, valuesOf(file!)]).toEqual([0, 0, [[]]])
})

test('a full sheet is followed by another one, each with the title and the header', async () => {
  // Three rows stand above the table.
  const [file, ...others] = await filesOf(aSheet(12), { sheetRows: 8, fileBytes: 45_000_000 })
  expect(others).toEqual([])
  expect(valuesOf(file!)).toEqual([
    [0, 1, 2, 3, 4],
    [5, 6, 7, 8, 9],
    [10, 11],
  ])
})

test('a table that fills its last sheet to the brim has no empty sheet behind it', async () => {
  const files = await filesOf(aSheet(10), { sheetRows: 8, fileBytes: 45_000_000 })
  expect(files.map(valuesOf)).toEqual([
    [
      [0, 1, 2, 3, 4],
      [5, 6, 7, 8, 9],
    ],
  ])
})

test('a file that is large enough is followed by another one, and no row is lost', async () => {
  const files = await filesOf(aSheet(12_000), { sheetRows: 5_000, fileBytes: 60_000 })
  expect(files.length).toBeGreaterThan(1)
  for (const { content } of files) expect(content.length).toBeLessThan(60_000)
  expect(files.flatMap((file) => valuesOf(file).flat())).toEqual(Array.from({ length: 12_000 }, (_, n) => n))
})

test('batches are read when the rows before them are written', async () => {
  const asked: number[] = []
  const files = streamWorkbooks(
    aSheet(12_000, (from) => asked.push(from)),
    { sheetRows: 5_000, fileBytes: 60_000 },
  )
  const { value: file } = await files.next()
  for await (const _piece of file!.pieces) {
    // The first file is read, the others are not.
  }
  const last = asked.at(-1)!
  expect(last).toBeGreaterThan(0)
  expect(last).toBeLessThan(11_000)
})
