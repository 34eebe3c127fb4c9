import { UnreadableWorkbook } from '../unreadable-workbook.ts'

/** Accepts one record; the fields are texts as written. */
type RecordVisitor = (fields: readonly string[]) => void | 'stop'

interface Field {
  readonly value: string
  readonly end: number
}

// Excel holds 32,767 characters in a cell. A longer text is an unterminated quotation.
const MAX_QUOTED_CHARS = 1_000_000
const QUOTE = '"'

/**
 * Splits delimited text into records: quoted fields may hold delimiters, line ends and doubled quotes; a quote that
 * does not begin a field is a mere character. Throws `UnreadableWorkbook` for a quotation without an end.
 */
export function scanCsvRecords(text: string, delimiter: string, visit: RecordVisitor): void {
  let fields: string[] = []
  let at = 0
  while (at < text.length) {
    const { value, end } = readField(text, at, delimiter)
    fields.push(value)
    at = end + 1
    if (text[end] === delimiter && at < text.length) continue
    if (text[end] === delimiter) fields.push('')
    if (text[end] === '\r' && text[at] === '\n') at++
    if (visit(fields) === 'stop') return
    fields = []
  }
}

function readField(text: string, from: number, delimiter: string): Field {
  if (text[from] !== QUOTE) return readBare(text, from, delimiter)
  const close = findClosingQuote(text, from + 1)
  const quoted = text.slice(from + 1, close).replaceAll('""', QUOTE)
  const rest = readBare(text, close + 1, delimiter)
  return { value: quoted + rest.value, end: rest.end }
}

function readBare(text: string, from: number, delimiter: string): Field {
  let end = from
  for (; end < text.length; end++) {
    const char = text[end]
    if (char === delimiter || char === '\n' || char === '\r') break
  }
  return { value: text.slice(from, end), end }
}

function findClosingQuote(text: string, from: number): number {
  let at = text.indexOf(QUOTE, from)
  while (at !== -1 && text[at + 1] === QUOTE) at = text.indexOf(QUOTE, at + 2)
  if (at === -1 || at - from > MAX_QUOTED_CHARS) throw new UnreadableWorkbook('damaged', 'a quotation without an end')
  return at
}
