import { UnreadableWorkbook } from '../unreadable-workbook.ts'

/** Accepts one record: its body is `stream[from, to)`. */
export type RecordVisitor = (type: number, from: number, to: number) => void | 'stop'

export const recordTypes = {
  begin: 0x08_09,
  end: 0x0a,
  password: 0x2f,
  codePage: 0x42,
  dateSystem: 0x22,
  format: 0x04_1e,
  cellFormat: 0xe0,
  sheet: 0x85,
  sharedStrings: 0xfc,
  continuation: 0x3c,
  formula: 0x06,
  formulaText: 0x02_07,
  number: 0x02_03,
  shortNumber: 0x02_7e,
  shortNumbers: 0xbd,
  sharedText: 0xfd,
  text: 0x02_04,
  richText: 0xd6,
  booleanOrError: 0x02_05,
} as const

const HEADER_BYTES = 4

/** Runs through the records from a place on, to the end of the stream or until the visitor stops. Throws `UnreadableWorkbook`. */
export function scanRecords(stream: Buffer, start: number, visit: RecordVisitor): void {
  let at = start
  while (at + HEADER_BYTES <= stream.length) {
    const from = at + HEADER_BYTES
    const to = from + stream.readUInt16LE(at + 2)
    if (to > stream.length) throw new UnreadableWorkbook('truncated', 'BIFF workbook')
    if (visit(stream.readUInt16LE(at), from, to) === 'stop') return
    at = to
  }
}

/** The bodies of the record whose body is `stream[from, to)` and of those that continue it. */
export function bodiesOf(stream: Buffer, from: number, to: number): readonly Buffer[] {
  const bodies = [stream.subarray(from, to)]
  scanRecords(stream, to, (type, next, end) => {
    if (type !== recordTypes.continuation) return 'stop'
    bodies.push(stream.subarray(next, end))
    return undefined
  })
  return bodies
}

/** Fails a record that ends before what it must hold. */
export function requireBody(needed: number, from: number, to: number): void {
  if (to - from < needed) throw new UnreadableWorkbook('damaged', 'BIFF record too short')
}
