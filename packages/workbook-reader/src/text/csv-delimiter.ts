import { scanCsvRecords } from './csv-records.ts'
import { UnreadableWorkbook } from '../unreadable-workbook.ts'

/** The beginning of the records and their delimiter. */
export interface CsvLayout {
  readonly delimiter: string
  readonly start: number
}

const DELIMITERS = [';', '\t', ','] as const
const HEAD_CHARS = 65_536
const HEAD_RECORDS = 30
const DECLARATION = /^sep=([^\r\n])(?:\r\n?|\n|$)/iu

/**
 * Finds the delimiter: the one Excel's own `sep=` line names, else the one that gives the most records of one width.
 * Text without any delimiter is one column.
 */
export function detectCsvLayout(text: string): CsvLayout {
  const [line, declared] = DECLARATION.exec(text) ?? []
  if (line !== undefined && declared !== undefined) return { delimiter: declared, start: line.length }
  const head = text.slice(0, HEAD_CHARS)
  const scores = DELIMITERS.map((delimiter) => scoreDelimiter(head, delimiter))
  const best = scores.indexOf(Math.max(...scores))
  return { delimiter: DELIMITERS[best] ?? DELIMITERS[0], start: 0 }
}

/** Fields beyond the first in the records of the commonest width above one, which leaves out lines of title. */
function scoreDelimiter(head: string, delimiter: string): number {
  const counts = new Map<number, number>()
  for (const width of listWidths(head, delimiter)) {
    if (width > 1) counts.set(width, (counts.get(width) ?? 0) + 1)
  }
  return Math.max(0, ...[...counts].map(([width, count]) => (width - 1) * count))
}

function listWidths(head: string, delimiter: string): readonly number[] {
  const widths: number[] = []
  try {
    scanCsvRecords(head, delimiter, (fields) => {
      widths.push(fields.length)
      return widths.length === HEAD_RECORDS ? 'stop' : undefined
    })
  } catch (error) {
    // The head may end within a quotation; what came before it counts.
    if (!(error instanceof UnreadableWorkbook)) throw error
  }
  return widths
}
