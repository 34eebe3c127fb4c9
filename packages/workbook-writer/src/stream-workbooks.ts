import { setImmediate as nextTurn } from 'node:timers/promises'
import { openPart, type PackedEntry, toEntry } from '@atermtrack/workbook-reader/package'
import { headerRowOf, type Sheet } from './sheet.ts'
import { chunkLength, headXml, rowsXml, tailXml } from './sheet-xml.ts'
import type { TableValue } from './to-cell.ts'
import { sheetPath, zipWorkbook } from './write-workbook.ts'

type Row = readonly TableValue[]

/** A table whose rows come in batches, each read when the one before it is written. */
export interface StreamedSheet extends Pick<Sheet, 'name' | 'title' | 'lines' | 'columns'> {
  readonly batches: AsyncIterable<readonly Row[]>
}

/** A workbook that holds all rows, or as many as fit into one. */
export interface StreamedFile {
  readonly content: Buffer
  readonly rowCount: number
}

export interface FileLimits {
  /** Rows of one sheet, those above the table included. */
  readonly sheetRows: number
  /** Bytes of one file. */
  readonly fileBytes: number
}

/** The rows of Excel, and what Telegram takes as one file, with room for the other parts. */
export const usualLimits: FileLimits = { sheetRows: 1_048_576, fileBytes: 45_000_000 }

/** Rows that are written before the size of the file is looked at; they pack into far less than the room below. */
const rowsAtOnce = 2_000
/** Kept free for rows that are on their way through the packing, and for the small parts. */
const freeBytes = 1_000_000

/**
 * Writes a table of any length as workbooks: a further sheet where one is full, a further file where one is large enough. Of all rows no
 * more than a batch and the packed bytes of one file are in memory. A table without rows is one workbook with its header alone.
 */
export async function* streamWorkbooks(
  sheet: StreamedSheet,
  limits: FileLimits = usualLimits,
): AsyncGenerator<StreamedFile, undefined> {
  const source = openRows(sheet.batches)
  do {
    yield await writeFile(sheet, source, limits)
  } while (!(await source.isOver()))
}

async function writeFile(
  sheet: StreamedSheet,
  source: RowSource,
  { sheetRows, fileBytes }: FileLimits,
): Promise<StreamedFile> {
  const entries: PackedEntry[] = []
  const sheets: Sheet[] = []
  let bytesLeft = fileBytes - Math.min(freeBytes, fileBytes / 2)
  do {
    const written = await writeSheet(sheet, source, { place: sheets.length, sheetRows, bytesLeft })
    entries.push(written.entry)
    sheets.push(written.sheet)
    bytesLeft -= written.entry.packed.length
  } while (bytesLeft > 0 && !(await source.isOver()))
  const rowCount = sheets.reduce((sum, one) => sum + one.rowCount, 0)
  return { content: zipWorkbook(sheets, entries), rowCount }
}

interface SheetTerms {
  readonly place: number
  readonly sheetRows: number
  readonly bytesLeft: number
}

async function writeSheet(
  { batches: _batches, ...common }: StreamedSheet,
  source: RowSource,
  { place, sheetRows, bytesLeft }: SheetTerms,
): Promise<{ readonly entry: PackedEntry; readonly sheet: Sheet }> {
  const header = headerRowOf(common)
  const most = sheetRows - header
  const part = openPart()
  let rows = await source.take(Math.min(rowsAtOnce, most))
  // The first rows show how wide the columns have to be.
  await part.write(Buffer.from(headXml({ ...common, rows: toSheetRows(rows) }, place === 0)))
  let rowCount = 0
  while (rows.length > 0) {
    await writeRows(part.write, rowsXml(common, toSheetRows(rows), header + rowCount))
    rowCount += rows.length
    if (part.packedBytes() >= bytesLeft) break
    rows = await source.take(Math.min(rowsAtOnce, most - rowCount))
  }
  const sheet = { ...common, rows: [], rowCount }
  await part.write(Buffer.from(tailXml(sheet)))
  return { entry: toEntry(sheetPath(place), await part.end()), sheet }
}

/** Other work of the process has its turn between the chunks. */
async function writeRows(write: (bytes: Buffer) => Promise<void>, rows: Iterable<string>): Promise<void> {
  let gathered = ''
  for (const xml of rows) {
    gathered += xml
    if (gathered.length < chunkLength) continue
    await write(Buffer.from(gathered))
    await nextTurn()
    gathered = ''
  }
  if (gathered !== '') await write(Buffer.from(gathered))
}

function toSheetRows(rows: readonly Row[]) {
  return rows.map((cells) => ({ cells }))
}

interface RowSource {
  /** At most so many of the next rows; none when the table is over or nothing is asked for. */
  readonly take: (most: number) => Promise<readonly Row[]>
  readonly isOver: () => Promise<boolean>
}

function openRows(batches: AsyncIterable<readonly Row[]>): RowSource {
  const iterator = batches[Symbol.asyncIterator]()
  let waiting: readonly Row[] = []
  const fill = async (): Promise<void> => {
    while (waiting.length === 0) {
      const next = await iterator.next()
      if (next.done === true) return
      waiting = next.value
    }
  }
  return {
    async take(most) {
      if (most <= 0) return []
      await fill()
      const rows = waiting.slice(0, most)
      waiting = waiting.slice(most)
      return rows
    },
    async isOver() {
      await fill()
      return waiting.length === 0
    },
  }
}
