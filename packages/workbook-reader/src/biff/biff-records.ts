import type { ReadingLimits } from '../reading-limits.ts'
import { UnreadableWorkbook } from '../unreadable-workbook.ts'

/** A BIFF stream reduced to the records of its cells, and the charset of its texts if they are one-byte. */
export interface BiffCells {
  readonly stream: Buffer
  readonly codepage: number | undefined
  /** Pieces to be read one after the other, by sheets and rows; one that holds all where that is little enough. */
  readonly pieces: readonly BiffPiece[]
}

/** Records of cells between two places of the stream; the rest of it, its structure, belongs to every piece. */
export interface BiffPiece {
  readonly from: number
  readonly to: number
  /** The place of the sheet in the workbook that the records are of; undefined for all sheets. */
  readonly sheet: number | undefined
}

const HEADER_BYTES = 4
const BEGIN = 0x08_09
const BIFF8 = 0x06_00
const FILE_PASS = 0x2f
const CODE_PAGE = 0x42
const DEFAULT_CODE_PAGE = 1252
const FORMULA = 0x06
const FORMULA_TEXT = 0x02_07
const MULTIPLE_NUMBERS = 0xbd
const SHEET = 0x85
const SHARED_STRINGS = 0xfc
const CONTINUATION = 0x3c
/** Length, flags: an empty string takes no less. */
const LEAST_STRING_BYTES = 3
const NUMBER_BYTES = 6
/** Shared texts, of which every piece needs all. */
const maxStrings = 800_000
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
/** `XCT`, a record that readers know and skip. */
const PASSED_OVER = 0x59
const FORMULA_SIZE_AT = 20
const NO_FORMULA = 0xff_ff

/**
 * Copies a BIFF5 or BIFF8 stream with all records but those of values made void: hyperlinks over millions of cells,
 * names, formulas, drawings, wrong dimensions never reach the library. Values that it would expand are counted before, by
 * the records themselves and not by their declared counts. Throws `UnreadableWorkbook`.
 */
export function keepBiffCells(source: Buffer, limits: CellLimits): BiffCells {
  const stream = Buffer.from(source)
  let codepage: number | undefined
  const counts: Counts = { cells: 0, sheets: 0, declaredStrings: 0, stringBytes: 0 }
  const pieces = createPieces(limits)
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
    pieces.take(type, at, stream.subarray(body, end))
    cleanRecord(stream, at)
    at = end
  }
  return {
    stream: stream.subarray(0, at),
    codepage: isBiff8(stream) ? undefined : (codepage ?? DEFAULT_CODE_PAGE),
    pieces: counts.cells > limits.maxCellsAtOnce ? pieces.end(at) : [{ from: 0, to: at, sheet: undefined }],
  }
}

/** The stream with the cells of one piece only. */
export function pieceOfStream(stream: Buffer, { from, to }: BiffPiece): Buffer {
  const piece = Buffer.from(stream)
  for (let at = 0; at + HEADER_BYTES <= piece.length; at += HEADER_BYTES + piece.readUInt16LE(at + 2)) {
    if ((at < from || at >= to) && CELLS.has(piece.readUInt16LE(at))) piece.writeUInt16LE(PASSED_OVER, at)
  }
  return piece
}

/** Cuts the cells of a stream, whose records come in turn, where a sheet begins or a row higher than all before it. */
function createPieces({ maxCellsAtOnce }: CellLimits) {
  const sheetsAt: number[] = []
  const pieces: { from: number; to: number; sheetAt: number }[] = []
  let current: { from: number; to: number; sheetAt: number } | undefined
  let cells = 0
  let highestRow = -1

  function begin(from: number, sheetAt: number): void {
    if (current) current.to = from
    current = { from, to: from, sheetAt }
    pieces.push(current)
    cells = 0
  }
  return {
    take(type: number, at: number, body: Buffer): void {
      if (type === SHEET) sheetsAt.push(body.readUInt32LE(0))
      if (type === BEGIN && sheetsAt.includes(at)) {
        begin(at, at)
        highestRow = -1
      }
      if (!CELLS.has(type) || type === FORMULA_TEXT) return
      const row = body.readUInt16LE(0)
      if (current && cells >= maxCellsAtOnce && row > highestRow) begin(at, current.sheetAt)
      highestRow = Math.max(highestRow, row)
      cells += countCells(type, body.length)
      // Rows in disorder cannot be cut, and then one piece would take the memory of many.
      if (cells > 2 * maxCellsAtOnce) throw new UnreadableWorkbook('too_many_cells', `more than ${cells} cells at once`)
    },
    end(length: number): readonly BiffPiece[] {
      if (current) current.to = length
      return pieces
        .map(({ sheetAt, ...place }) => ({ ...place, sheet: sheetsAt.indexOf(sheetAt) }))
        .toSorted((a, b) => a.sheet - b.sheet || a.from - b.from)
    },
  }
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

type CellLimits = Pick<ReadingLimits, 'maxCells' | 'maxCellsAtOnce' | 'maxSheets'>

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

function check({ cells, sheets, declaredStrings, stringBytes }: Counts, { maxCells, maxSheets }: CellLimits) {
  if (sheets > maxSheets) throw new UnreadableWorkbook('too_many_sheets', `more than ${maxSheets} sheets`)
  if (cells > maxCells) throw new UnreadableWorkbook('too_many_cells', `more than ${maxCells} cells`)
  const strings = Math.min(declaredStrings, stringBytes / LEAST_STRING_BYTES)
  if (strings > maxStrings) throw new UnreadableWorkbook('too_many_cells', `more than ${maxStrings} texts`)
}

function countCells(type: number, length: number): number {
  if (type === MULTIPLE_NUMBERS) return Math.floor(length / NUMBER_BYTES)
  return CELLS.has(type) ? 1 : 0
}
