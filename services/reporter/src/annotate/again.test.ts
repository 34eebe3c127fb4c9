import excel from 'exceljs'
import { expect, test } from 'vitest'
import { annotated, byExceljs, columns, knownValues } from './packages.test-helper.ts'

const [known, other, unknown] = ['MSKU6011672', 'TKRU8864591', 'CSQU3054383']
const headings = columns.map(({ header }) => header)
type Row = readonly unknown[]

async function aList(rows: readonly Row[], change?: (sheet: excel.Worksheet) => void): Promise<Buffer> {
  const workbook = new excel.Workbook()
  const sheet = workbook.addWorksheet('Лист1')
  for (const row of rows) sheet.addRow([...row])
  change?.(sheet)
  return Buffer.from(await workbook.xlsx.writeBuffer())
}

async function rowsOf(content: Buffer): Promise<readonly Row[]> {
  const rows: Row[] = []
  ;(await byExceljs(content)).worksheets[0]?.eachRow((row) => rows.push((row.values as unknown[]).slice(1)))
  return rows
}

/** Completes a workbook, has somebody work on it, and completes it again. */
async function completedTwice(
  rows: readonly Row[],
  change: (rows: readonly Row[]) => readonly Row[],
): Promise<readonly Row[]> {
  const once = (await annotated(await aList(rows))).content
  return rowsOf((await annotated(await aList(change(await rowsOf(once))))).content)
}

test('a list without headings that was sorted, with a number more, is completed in the same columns', async () => {
  const rows = await completedTwice([[known], [unknown]], (done) => [[other], ...done.toReversed()])
  expect(rows).toEqual([
    [other, ...knownValues],
    [unknown, 'не найден'],
    [known, ...knownValues],
  ])
})

test('a column that was taken out stays out, and one that was put between ours stays', async () => {
  const rows = await completedTwice(
    [
      ['Контейнер', 'Клиент'],
      [known, 'Ромашка'],
      [unknown, 'Лютик'],
    ],
    (done) => done.map((row, n) => row.toSpliced(3, 1, n === 0 ? 'Заметка' : `з${n}`).toSpliced(6, 1)),
  )
  expect(rows).toEqual([
    ['Контейнер', 'Клиент', headings[0], 'Заметка', headings[2], headings[3]],
    [known, 'Ромашка', knownValues[0], 'з1', knownValues[2], knownValues[3]],
    [unknown, 'Лютик', 'не найден', 'з2'],
  ])
})

test('a colour that people have given a cell stays, and ours goes when the number is found', async () => {
  const green = { type: 'pattern', pattern: 'solid', fgColor: { argb: 'FF00B050' } } as const
  const before = await aList(
    [
      ['Контейнер', 'Оплачен', 'Клиент'],
      [unknown, 'да', 'Лютик'],
    ],
    (sheet) => {
      sheet.getCell('B2').fill = green
    },
  )
  const colours = async (content: Buffer) => {
    const sheet = (await byExceljs(content)).worksheets[0]
    return ['A2', 'B2', 'C2', 'D2'].map((place) => {
      const fill = sheet?.getCell(place).fill
      return fill?.type === 'pattern' ? fill.fgColor?.argb : undefined
    })
  }
  const { content } = await annotated(before)
  expect(await colours(content)).toEqual(['FFFFF0C2', 'FF00B050', 'FFFFF0C2', 'FFFFF0C2'])
  const workbook = await byExceljs(content)
  const cell = workbook.worksheets[0]?.getCell('A2')
  if (cell) cell.value = known
  const found = (await annotated(Buffer.from(await workbook.xlsx.writeBuffer()))).content
  expect(await colours(found)).toEqual([undefined, 'FF00B050', undefined, undefined])
})
