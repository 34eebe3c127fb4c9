import { isBuiltinDateFormat, isDateFormat } from '../cells/number-format.ts'
import type { ReadingLimits } from '../reading-limits.ts'
import type { SheetInfo } from '../sheets/workbook-visitor.ts'
import { UnreadableWorkbook } from '../unreadable-workbook.ts'
import { bodiesOf, recordTypes, requireBody, scanRecords } from './biff-records.ts'
import { type BiffTexts, codePageTexts, readSharedTexts, unicodeTexts } from './biff-texts.ts'

/** Facts about a BIFF workbook that its sheets refer to. */
export interface BiffWorkbook {
  readonly sheets: readonly BiffSheet[]
  readonly texts: BiffTexts
  readonly sharedTexts: readonly string[]
  /** One flag per cell format: whether it shows a number as a date. */
  readonly dateStyles: readonly boolean[]
  readonly is1904: boolean
}

export interface BiffSheet {
  readonly info: SheetInfo
  /** The place of the first record in the stream. */
  readonly at: number
}

interface Globals {
  isUnicode: boolean
  codePage: number
  is1904: boolean
  sharedTexts: readonly string[]
  readonly formats: { readonly id: number; readonly body: Buffer }[]
  readonly formatIds: number[]
  readonly sheets: Buffer[]
}

const UNICODE_VERSION = 0x06_00
const DEFAULT_CODE_PAGE = 1252
const WORKSHEET = 0
const VISIBILITY = 3
const SHEET_HEAD_BYTES = 6
const MAX_FORMATS = 100_000

/** Reads the records before the sheets. Throws `UnreadableWorkbook`. */
export function readBiffWorkbook(stream: Buffer, limits: ReadingLimits): BiffWorkbook {
  const globals = readGlobals(stream, limits)
  const { isUnicode, codePage, is1904, sharedTexts, formats, formatIds } = globals
  const texts = isUnicode ? unicodeTexts : codePageTexts(codePage)
  const custom = new Map(formats.map(({ id, body }) => [id, isDateFormat(texts.read([body], isUnicode ? 2 : 1))]))
  const sheets = globals.sheets.flatMap((body, index) => toSheet(body, index, texts))
  if (sheets.length === 0) throw new UnreadableWorkbook('damaged', 'no sheets')
  return {
    sheets,
    texts,
    sharedTexts,
    dateStyles: formatIds.map((id) => custom.get(id) ?? isBuiltinDateFormat(id)),
    is1904,
  }
}

function readGlobals(stream: Buffer, { maxSheets, maxSharedStrings }: ReadingLimits): Globals {
  const globals: Globals = {
    isUnicode: false,
    codePage: DEFAULT_CODE_PAGE,
    is1904: false,
    sharedTexts: [],
    formats: [],
    formatIds: [],
    sheets: [],
  }
  let isFirst = true
  scanRecords(stream, 0, (type, from, to) => {
    if (isFirst) {
      if (type !== recordTypes.begin || to - from < 2) throw new UnreadableWorkbook('damaged', 'BIFF workbook')
      globals.isUnicode = stream.readUInt16LE(from) === UNICODE_VERSION
      isFirst = false
    } else if (type === recordTypes.end) return 'stop'
    else if (type === recordTypes.password) throw new UnreadableWorkbook('encrypted', 'BIFF workbook')
    else if (type === recordTypes.sharedStrings) {
      globals.sharedTexts = readSharedTexts(bodiesOf(stream, from, to), maxSharedStrings)
    } else takeGlobal(globals, type, stream.subarray(from, to))
    if (globals.sheets.length > maxSheets) {
      throw new UnreadableWorkbook('too_many_sheets', `more than ${maxSheets} sheets`)
    }
    if (globals.formatIds.length + globals.formats.length > MAX_FORMATS) {
      throw new UnreadableWorkbook('bomb', 'too many styles')
    }
    return undefined
  })
  return globals
}

function takeGlobal(globals: Globals, type: number, body: Buffer): void {
  switch (type) {
    case recordTypes.codePage:
      if (body.length >= 2) globals.codePage = body.readUInt16LE(0)
      break
    case recordTypes.dateSystem:
      globals.is1904 = body.length >= 2 && body.readUInt16LE(0) === 1
      break
    case recordTypes.format:
      requireBody(4, 0, body.length)
      globals.formats.push({ id: body.readUInt16LE(0), body: body.subarray(2) })
      break
    case recordTypes.cellFormat:
      requireBody(4, 0, body.length)
      globals.formatIds.push(body.readUInt16LE(2))
      break
    case recordTypes.sheet:
      requireBody(SHEET_HEAD_BYTES + 1, 0, body.length)
      globals.sheets.push(body)
      break
    default:
  }
}

/** Place, visibility, kind, name; charts and macros are left out. */
function toSheet(body: Buffer, index: number, texts: BiffTexts): readonly BiffSheet[] {
  if (body.readUInt8(5) !== WORKSHEET) return []
  const name = texts.read([body.subarray(SHEET_HEAD_BYTES)], 1)
  const hidden = (body.readUInt8(4) & VISIBILITY) !== 0
  return [{ info: { name, index, hidden }, at: body.readUInt32LE(0) }]
}
