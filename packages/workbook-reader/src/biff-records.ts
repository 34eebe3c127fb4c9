import type { ReadingLimits } from './reading-limits.ts'
import { UnreadableWorkbook } from './unreadable-workbook.ts'

/** A BIFF stream cut down to what makes its cells, and the charset of its texts if they are one-byte. */
export interface BiffCells {
  readonly stream: Buffer
  readonly codepage: number | undefined
}

const HEADER_BYTES = 4
const BEGIN = 0x08_09
const BIFF8 = 0x06_00
const FILE_PASS = 0x2f
const CODE_PAGE = 0x42
const DEFAULT_CODE_PAGE = 1252
const FORMULA = 0x06
const MULTIPLE_NUMBERS = 0xbd
const SHEET = 0x85
const SHARED_STRINGS = 0xfc
const CONTINUATION = 0x3c
/** Length, flags: an empty string takes no less. */
const LEAST_STRING_BYTES = 3
const NUMBER_BYTES = 6
/** Begin and end, sheets, date system, formats, shared strings with their continuations. */
const STRUCTURE = new Set([BEGIN, 0x0a, SHEET, 0x22, CODE_PAGE, 0x04_1e, 0xe0, SHARED_STRINGS, CONTINUATION])
/** Numbers, texts, booleans, errors; a formula's text result stands in a record of its own. */
const CELLS = new Set([FORMULA, 0x02_07, 0x02_03, 0x02_7e, MULTIPLE_NUMBERS, 0xfd, 0x02_04, 0xd6, 0x02_05])
/** Bytes below which the library looks for a count that is not there, and goes on for gigabytes. */
const LEAST_BYTES: ReadonlyMap<number, number> = new Map([
  [SHEET, 8],
  [0x04_1e, 4],
  [SHARED_STRINGS, 8],
  [FORMULA, 22],
  [0x02_07, 2],
  [0x02_03, 14],
  [0x02_7e, 10],
  [MULTIPLE_NUMBERS, 12],
  [0xfd, 10],
  [0x02_04, 8],
  [0xd6, 8],
  [0x02_05, 8],
])
/** `XCT`, a record that readers know and pass over. */
const PASSED_OVER = 0x59
const FORMULA_SIZE_AT = 20
const NO_FORMULA = 0xff_ff

/**
 * Copies a BIFF5 or BIFF8 stream with all records but those of values made void: hyperlinks over millions of cells,
 * names, formulas, drawings, wrong dimensions never reach the library. What it would make too much of is counted before, by
 * the records themselves and not by what they declare. Throws `UnreadableWorkbook`.
 */
export function keepBiffCells(source: Buffer, limits: Pick<ReadingLimits, 'maxCells' | 'maxSheets'>): BiffCells {
  const stream = Buffer.from(source)
  let codepage: number | undefined
  const counts: Counts = { cells: 0, sheets: 0, declaredStrings: 0, stringBytes: 0 }
  let at = 0
  while (at + HEADER_BYTES <= stream.length) {
    const type = stream.readUInt16LE(at)
    const body = at + HEADER_BYTES
    const end = body + stream.readUInt16LE(at + 2)
    // Zeros fill the rest of a stream.
    if (type === 0 && end === body) break
    if (end > stream.length) throw new UnreadableWorkbook('truncated', 'BIFF record')
    if (end - body < (LEAST_BYTES.get(type) ?? 0)) throw new UnreadableWorkbook('damaged', 'BIFF record too short')
    if (type === FILE_PASS) throw new UnreadableWorkbook('encrypted', 'BIFF workbook')
    if (type === CODE_PAGE && end - body >= 2) codepage = stream.readUInt16LE(body)
    count(counts, type, stream.subarray(body, end))
    check(counts, limits)
    cleanRecord(stream, at)
    at = end
  }
  return { stream: stream.subarray(0, at), codepage: isBiff8(stream) ? undefined : (codepage ?? DEFAULT_CODE_PAGE) }
}

/** Makes a record void that is not kept, and empties the formula of one that is. */
function cleanRecord(stream: Buffer, at: number): void {
  const type = stream.readUInt16LE(at)
  const formulaSizeAt = at + HEADER_BYTES + FORMULA_SIZE_AT
  if (type === FORMULA) stream.writeUInt16LE(NO_FORMULA, formulaSizeAt)
  if (!STRUCTURE.has(type) && !CELLS.has(type)) stream.writeUInt16LE(PASSED_OVER, at)
}

function isBiff8(stream: Buffer): boolean {
  return stream.length >= HEADER_BYTES + 2 && stream.readUInt16LE(HEADER_BYTES) === BIFF8
}

interface Counts {
  cells: number
  sheets: number
  declaredStrings: number
  stringBytes: number
}

function count(counts: Counts, type: number, body: Buffer): void {
  counts.cells += countCells(type, body.length)
  if (type === SHEET) counts.sheets++
  if (type === SHARED_STRINGS) counts.declaredStrings += body.readUInt32LE(4)
  if (type === SHARED_STRINGS || type === CONTINUATION) counts.stringBytes += body.length
}

function check(
  { cells, sheets, declaredStrings, stringBytes }: Counts,
  { maxCells, maxSheets }: Parameters<typeof keepBiffCells>[1],
) {
  if (sheets > maxSheets) throw new UnreadableWorkbook('too_many_sheets', `more than ${maxSheets} sheets`)
  if (cells > maxCells) throw new UnreadableWorkbook('too_many_cells', `more than ${maxCells} cells`)
  const strings = Math.min(declaredStrings, stringBytes / LEAST_STRING_BYTES)
  if (strings > maxCells) throw new UnreadableWorkbook('too_many_cells', `more than ${maxCells} texts`)
}

function countCells(type: number, length: number): number {
  if (type === MULTIPLE_NUMBERS) return Math.floor(length / NUMBER_BYTES)
  return CELLS.has(type) ? 1 : 0
}
