import { createReadStream } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { read, utils } from '@e965/xlsx'
import { readWorkbook } from '@atermtrack/workbook-reader'
import exceljs from 'exceljs'

// Runs as a process of its own for each reader, so that none inherits the memory or the compiled code of another.

interface Counted {
  /** Cells that hold something. */
  readonly cells: number
  /** Of all texts, numbers apart: readers that skip or change a cell differ in it. */
  readonly characters: number
  /** Letters of two bytes that were lost at the border of two blocks: each has become two replacement characters. */
  readonly lostLetters: number
}

const lostLetter = /\uFFFD\uFFFD/g

const readers: Readonly<Record<string, (path: string) => Promise<Counted>>> = {
  ours: countOurs,
  exceljs: countExceljs,
  sheetjs: countSheetJs,
}

async function countOurs(path: string): Promise<Counted> {
  const count = createCounter()
  await readWorkbook(await readFile(path), { sheet: () => (_, cells) => count.addAll(cells) })
  return count.result()
}

async function countExceljs(path: string): Promise<Counted> {
  const count = createCounter()
  const options = { sharedStrings: 'cache', hyperlinks: 'ignore', styles: 'cache', worksheets: 'emit' } as const
  for await (const sheet of new exceljs.stream.xlsx.WorkbookReader(createReadStream(path), options))
    for await (const row of sheet) row.eachCell((cell) => count.add(cell.value))
  return count.result()
}

async function countSheetJs(path: string): Promise<Counted> {
  const count = createCounter()
  const { Sheets } = read(await readFile(path), { dense: true })
  for (const sheet of Object.values(Sheets))
    for (const row of utils.sheet_to_json<unknown[]>(sheet, { header: 1, raw: true })) count.addAll(row)
  return count.result()
}

function createCounter() {
  let [cells, characters, lostLetters] = [0, 0, 0]
  function add(value: unknown): void {
    if (value === undefined || value === null || value === '') return
    cells += 1
    if (typeof value !== 'string') return
    const lost = value.match(lostLetter)?.length ?? 0
    lostLetters += lost
    characters += value.length - lost
  }
  return {
    add,
    addAll(values: readonly unknown[]): void {
      for (const value of values) add(value)
    },
    result: (): Counted => ({ cells, characters, lostLetters }),
  }
}

const [name = '', path = ''] = process.argv.slice(2)
const startedAt = performance.now()
const counted = await readers[name]?.(path)
console.log(JSON.stringify({ ...counted, seconds: (performance.now() - startedAt) / 1_000 }))
