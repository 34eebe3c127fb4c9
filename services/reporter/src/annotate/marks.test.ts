import { read, write } from '@e965/xlsx'
import excel from 'exceljs'
import { describe, expect, test } from 'vitest'
import { annotated, byExceljs, columns, foreignColumns, knownValues } from './packages.test-helper.ts'

const [known, unknown] = ['MSKU6011672', 'CSQU3054383']
const headings = columns.map(({ header }) => header)
const foreignHeadings = foreignColumns.slice(0, columns.length).map(({ header }) => header)
const list = [
  ['Клиент', 'Контейнер'],
  ['Ромашка', known],
  ['Лютик', unknown],
] as const
const completed = [
  ['Клиент', 'Контейнер', ...foreignHeadings],
  ['Ромашка', known, ...knownValues],
  ['Лютик', unknown, 'не найден'],
]

async function aList(rows: readonly (readonly unknown[])[], name = "Лист '1' & ещё"): Promise<Buffer> {
  const workbook = new excel.Workbook()
  const sheet = workbook.addWorksheet(name)
  for (const row of rows) sheet.addRow([...row])
  return Buffer.from(await workbook.xlsx.writeBuffer())
}

async function rowsOf(content: Buffer): Promise<readonly (readonly unknown[])[]> {
  const rows: unknown[][] = []
  ;(await byExceljs(content)).worksheets[0]?.eachRow((row) => rows.push((row.values as unknown[]).slice(1)))
  return rows
}

/** Saves a workbook by a program that keeps names, after somebody has worked on its first sheet. */
function saved(content: Buffer, change: (cells: Record<string, { v: unknown; t: string }>) => void = () => undefined) {
  const book = read(content, { cellDates: true, UTC: true })
  const [name = ''] = book.SheetNames
  change(book.Sheets[name] as never)
  return Buffer.from(write(book, { type: 'buffer', bookType: 'xlsx', UTC: true } as never) as Uint8Array)
}

describe('columns that were put into a file in one language are known to a release that has but another', () => {
  test('in the file itself', async () => {
    const { content } = await annotated(await aList(list))
    expect(await rowsOf((await annotated(content, foreignColumns)).content)).toEqual(completed)
  })

  test('in a file that was saved by another program', async () => {
    const { content } = await annotated(await aList(list))
    expect(await rowsOf((await annotated(saved(content), foreignColumns)).content)).toEqual(completed)
  })

  test('in a file that had to be written again', async () => {
    const text = list.map((row) => row.join(';')).join('\n')
    const { content } = await annotated(Buffer.from(text))
    expect(await rowsOf((await annotated(content, foreignColumns)).content)).toEqual(completed)
  })

  test('in a list without headings', async () => {
    const { content } = await annotated(await aList([[known], [unknown]]))
    expect(await rowsOf((await annotated(content, foreignColumns)).content)).toEqual([
      [known, ...knownValues],
      [unknown, 'не найден'],
    ])
  })

  test('time after time', async () => {
    let { content } = await annotated(await aList(list))
    for (const release of [foreignColumns, columns, foreignColumns]) ({ content } = await annotated(content, release))
    expect(await rowsOf(content)).toEqual(completed)
  })
})

test('a column that somebody has given another heading is theirs', async () => {
  const { content } = await annotated(await aList(list))
  const changed = saved(content, (cells) => {
    cells['D1'] = { t: 's', v: 'Заметки' }
    cells['D2'] = { t: 's', v: 'звонить' }
  })
  expect(await rowsOf((await annotated(changed, foreignColumns)).content)).toEqual([
    ['Клиент', 'Контейнер', foreignHeadings[0], 'Заметки', ...foreignHeadings.slice(2)],
    ['Ромашка', known, knownValues[0], 'звонить', ...knownValues.slice(2)],
    ['Лютик', unknown, 'не найден'],
  ])
})

test('a file of a release before the marks is known by the headings', async () => {
  const before = await aList([
    ['Клиент', 'Контейнер', ...headings],
    ['Ромашка', known, ...knownValues],
  ])
  expect((await rowsOf((await annotated(before)).content))[0]).toEqual(['Клиент', 'Контейнер', ...headings])
})

test('a file of another program without marks of ours gets columns of its own', async () => {
  const other = await aList([
    ['Контейнер', foreignHeadings[0], 'Цена'],
    [known, 'в пути', 5],
  ])
  expect((await rowsOf((await annotated(other, columns)).content))[0]).toHaveLength(3 + columns.length)
})
