import { execFile } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { Figure } from '../figures.ts'

const run = promisify(execFile)
const counter = fileURLToPath(new URL('./count-cells-main.js', import.meta.url))
const libraries = { exceljs: 'exceljs, streaming', sheetjs: 'SheetJS' } as const

export interface ComparisonOptions {
  readonly rows: number
  readonly workbook: Buffer
  readonly folder: string
  readonly print: (line: string) => void
}

interface Counted {
  readonly seconds: number
  readonly cells: number
  readonly characters: number
  readonly lostLetters: number
}

/**
 * Has each reader read the same workbook in a process of its own that has read nothing before, ours as well. The floor of the others
 * is our reader. Letters that one has lost are a figure of their own; throws when one finds other cells than ours.
 */
export async function compareReaders({ rows, workbook, folder, print }: ComparisonOptions): Promise<readonly Figure[]> {
  const path = join(folder, 'compared.xlsx')
  await writeFile(path, workbook)
  const name = (what: string) => `reading ${rows.toLocaleString('en-US')} x 45: ${what}`
  const ours = await count('ours', path)
  const figures: Figure[] = [
    { name: name('our reader'), value: ours.seconds, unit: 's' },
    { name: name('cells'), value: ours.cells, unit: '' },
  ]
  for (const [library, title] of Object.entries(libraries)) {
    const { seconds, lostLetters, ...counted } = await count(library, path)
    if (counted.cells !== ours.cells || counted.characters !== ours.characters)
      throw new Error(`${title} reads ${JSON.stringify(counted)}, our reader ${JSON.stringify(ours)}`)
    figures.push({ name: name(title), value: seconds, unit: 's', floor: ours.seconds })
    if (lostLetters > 0) figures.push({ name: name(`${title}, letters lost`), value: lostLetters, unit: '' })
  }
  const pandas = await timePandas(path)
  if (pandas === undefined) print(`${name('pandas')} was not measured: there is no Python with pandas and openpyxl`)
  else figures.push({ name: name('pandas'), value: pandas, unit: 's', floor: ours.seconds })
  return figures
}

async function count(reader: string, path: string): Promise<Counted> {
  const { stdout } = await run(process.execPath, ['--max-old-space-size=4096', counter, reader, path])
  return JSON.parse(stdout) as Counted
}

const pandasScript = `
import sys, time
import pandas
begun = time.perf_counter()
pandas.read_excel(sys.argv[1], header=None, dtype=object)
print(time.perf_counter() - begun)
`

/** Seconds that pandas takes, as the first version of this system read its workbooks; undefined where it is not installed. */
async function timePandas(path: string): Promise<number | undefined> {
  const isThere = await run('python3', ['-c', 'import pandas, openpyxl']).then(
    () => true,
    () => false,
  )
  if (!isThere) return undefined
  const { stdout } = await run('python3', ['-c', pandasScript, path])
  return Number(stdout)
}
