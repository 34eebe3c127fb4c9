import { setImmediate as nextTurn } from 'node:timers/promises'
import { openPart, type OpenPart, openZip, toHead } from '@atermtrack/workbook-reader/package'
import { headerRowOf, type Sheet } from './sheet.ts'
import { chunkLength, headXml, rowsXml, tailXml } from './sheet-xml.ts'
import type { TableValue } from './to-cell.ts'
import { constantParts, partsAround, sheetPath } from './write-workbook.ts'

type Row = readonly TableValue[]

/** A table whose rows come in batches, each read when the one before it is written. */
export interface StreamedSheet extends Pick<Sheet, 'name' | 'title' | 'lines' | 'columns'> {
  readonly batches: AsyncIterable<readonly Row[]>
}

/** A workbook that holds all rows, or as many as fit into one. */
export interface StreamedFile {
  /** The bytes of the file, to be read once and before the next file. */
  readonly pieces: AsyncIterable<Buffer>
  /** Known when all pieces are read. */
  readonly rowCount: () => number
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
 * more than a batch is in memory, packed bytes leave as they come. A table without rows is one workbook with its header alone.
 */
export async function* streamWorkbooks(
  sheet: StreamedSheet,
  limits: FileLimits = usualLimits,
): AsyncGenerator<StreamedFile, undefined> {
  const source = openRows(sheet.batches)
  do {
    const sheets: Sheet[] = []
    yield {
      pieces: writeFile(sheet, source, sheets, limits),
      rowCount: () => sheets.reduce((sum, one) => sum + one.rowCount, 0),
    }
  } while (!(await source.isOver()))
}

async function* writeFile(
  sheet: StreamedSheet,
  source: RowSource,
  sheets: Sheet[],
  { sheetRows, fileBytes }: FileLimits,
): AsyncGenerator<Buffer, undefined> {
  const zip = openZip()
  let bytesLeft = fileBytes - Math.min(freeBytes, fileBytes / 2)
  for (const part of constantParts()) yield* zip.add(part)
  do {
    const place = sheets.length
    const part = openPart()
    const terms = { part, place, sheetRows, bytesLeft }
    yield zip.begin(toHead(sheetPath(place)))
    for await (const rowCount of writeSheet(sheet, source, terms)) {
      yield* part.take()
      sheets[place] = { ...headOf(sheet), rows: [], rowCount }
    }
    const totals = await part.end()
    yield* part.take()
    yield zip.describe(totals)
    bytesLeft -= totals.packedSize
  } while (bytesLeft > 0 && !(await source.isOver()))
  for (const part of partsAround(sheets)) yield* zip.add(part)
  yield zip.end()
}

interface SheetTerms {
  readonly part: OpenPart
  readonly place: number
  readonly sheetRows: number
  readonly bytesLeft: number
}

/** Returns after each step how many rows are written. */
async function* writeSheet(
  sheet: StreamedSheet,
  source: RowSource,
  { part, place, sheetRows, bytesLeft }: SheetTerms,
): AsyncGenerator<number, undefined> {
  const common = headOf(sheet)
  const header = headerRowOf(common)
  const most = sheetRows - header
  let rows = await source.take(Math.min(rowsAtOnce, most))
  // The first rows show how wide the columns have to be.
  await part.write(Buffer.from(headXml({ ...common, rows: toSheetRows(rows) }, place === 0)))
  let rowCount = 0
  while (rows.length > 0) {
    await writeRows(part.write, rowsXml(common, toSheetRows(rows), header + rowCount))
    rowCount += rows.length
    yield rowCount
    if (part.packedBytes() >= bytesLeft) break
    rows = await source.take(Math.min(rowsAtOnce, most - rowCount))
  }
  await part.write(Buffer.from(tailXml({ ...common, rows: [], rowCount })))
  yield rowCount
}

function headOf({ batches: _batches, ...head }: StreamedSheet): Omit<StreamedSheet, 'batches'> {
  return head
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
