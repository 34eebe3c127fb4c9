import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { replaceEntry } from './zip-entry.ts'

const run = promisify(execFile)
const writer = fileURLToPath(new URL('./write-workbook-main.js', import.meta.url))
const strings = 'xl/sharedStrings.xml'
const formedAt = /Сформирован: [^(]+\(МСК\)/

export interface Workbooks {
  readonly first: Buffer
  /** The same rows, formed ten hours later. */
  readonly later: Buffer
  /** The content of `later` in other bytes. */
  readonly again: Buffer
}

/** Generates a dislocation workbook of so many rows of 45 columns, and its variants. */
export async function makeWorkbooks(rows: number, folder: string): Promise<Workbooks> {
  const path = join(folder, `dislocation-${rows}.xlsx`)
  await run(process.execPath, [writer, String(rows), path])
  const first = await readFile(path)
  const later = replaceEntry(first, strings, formLater)
  return { first, later, again: replaceEntry(later, strings, (content) => content) }
}

function formLater(content: Buffer): Buffer {
  const text = content.toString()
  if (!formedAt.test(text)) throw new Error('the workbook does not say when it was formed')
  return Buffer.from(text.replace(formedAt, 'Сформирован: 02.09.2025 18:00 (МСК)'))
}

/** Generates the report of the same world a day after `first`: nearly all of its containers have moved on. */
export async function makeNextDay(rows: number, folder: string): Promise<Buffer> {
  const path = join(folder, `dislocation-${rows}-next-day.xlsx`)
  await run(process.execPath, [writer, String(rows), path, '2025-09-03T05:00:00Z'])
  return readFile(path)
}
