import {
  cellText,
  cleanText,
  findBareRosterHeader,
  findNumberColumn,
  findRosterHeader,
  type SheetKind,
  type SheetWarning,
} from '@atermtrack/domain'
import {
  listArchivedWorkbooks,
  readWorkbook,
  type RowVisitor,
  type SheetInfo,
  UnreadableWorkbook,
  type WorkbookVisitor,
} from '@atermtrack/workbook-reader'
import type { DigestRequest, AcceptLines, WorkbookDigest } from '../workbook-digest.ts'
import { createDislocationReader } from './dislocation-sheet.ts'
import { recogniseLayout } from './find-layout.ts'
import { createRosterReader } from './roster-sheet.ts'
import { createSheetHeads } from './sheet-heads.ts'
import type { Row, SheetReader } from './sheet-reader.ts'
import { createTerminalReader } from './terminal-sheets.ts'

/** Rows of a sheet that decide its kind, and some below its header. */
const headRows = 20
const previewRows = 20

const readerOf: Readonly<Record<SheetKind, (request: DigestRequest, acceptLines: AcceptLines) => SheetReader>> = {
  dislocation: createDislocationReader,
  terminal_report: createTerminalReader,
  train_roster: createRosterReader,
}
/** The first of these kinds that a workbook contains decides. */
const kinds: readonly SheetKind[] = ['dislocation', 'terminal_report', 'train_roster']

/**
 * Reads a workbook to its end and returns its kind and content. It only uses the processor, so it belongs in a process of
 * its own. Only faults of the file are reported as a digest; anything else throws. The caller discards the
 * lines of a file that ends as unreadable.
 */
export async function digestWorkbook(
  bytes: Uint8Array,
  request: DigestRequest,
  acceptLines: AcceptLines,
): Promise<WorkbookDigest> {
  try {
    const files = await listArchivedWorkbooks(bytes, request.limits.archive)
    if (files) return { kind: 'archive', files }
    const reading = createReading(request, acceptLines)
    await readWorkbook(bytes, reading.visitor, request.limits.workbook)
    return reading.digest()
  } catch (error) {
    if (!(error instanceof UnreadableWorkbook)) throw error
    return { kind: 'unreadable', reason: error.reason, detail: error.detail }
  }
}

/** Gives each sheet to the reader of its kind, once its first rows show the kind. */
function createReading(request: DigestRequest, acceptLines: AcceptLines) {
  const readers = new Map<SheetKind, SheetReader>()
  const heads = createSheetHeads()
  const preview: string[] = []
  const leftOut: SheetWarning[] = []
  let hasNumbers = false
  let endSheet: () => void = () => undefined

  function readerFor(kind: SheetKind): SheetReader {
    const reader = readers.get(kind) ?? readerOf[kind](request, acceptLines)
    readers.set(kind, reader)
    return reader
  }

  function openSheet(info: SheetInfo): { name: string; row: RowVisitor; end: () => void } {
    let head: Row[] | undefined = []
    let acceptRow: ((row: Row) => void) | undefined

    function endHead(): void {
      if (!head) return
      const rows = head
      head = undefined
      const kind = kindOf(rows, request)
      heads.add(kind, rows)
      acceptRow = kind === undefined ? undefined : readerFor(kind).open({ info, rows })
      for (const row of rows) acceptRow?.(row)
      if (kind === undefined) hasNumbers ||= findNumberColumn(rows) !== undefined
      if (kind === undefined) preview.push(...rows.map(toPreview).slice(0, previewRows - preview.length))
    }
    return {
      name: info.name,
      row(rowNumber, cells) {
        if (!head) return acceptRow ? acceptRow({ rowNumber, cells }) : 'stop'
        head.push({ rowNumber, cells: [...cells] })
        if (head.length === headRows) endHead()
      },
      end: endHead,
    }
  }

  const visitor: WorkbookVisitor = {
    sheet(info) {
      endSheet()
      const sheet = openSheet({ ...info, name: cleanText(info.name) })
      endSheet = sheet.end
      return Object.assign(sheet.row, {
        leftOut: (row: number) =>
          void leftOut.push({ sheet: sheet.name, row, column: '', value: undefined, problem: 'rows_left_out' }),
      })
    },
  }

  function digest(): WorkbookDigest {
    endSheet()
    const kind = kinds.find((candidate) => readers.has(candidate))
    const head = heads.pick(kind)
    if (!kind) return { kind: 'unknown', hasNumbers, preview, head }
    const read = readerFor(kind).digest()
    return { ...read, warnings: [...leftOut, ...read.warnings], head }
  }
  return { visitor, digest }
}

/** A sheet that is called a roster is none without container numbers; its headings may say what they like. */
function kindOf(rows: readonly Row[], { isRoster, profiles }: DigestRequest): SheetKind | undefined {
  const cells = rows.map((row) => row.cells)
  if (!isRoster) return recogniseLayout(cells, profiles)
  return (findRosterHeader(cells) ?? findBareRosterHeader(cells)) ? 'train_roster' : undefined
}

function toPreview({ cells }: Row): string {
  return cells.map((cell) => cellText(cell) ?? '').join(' | ')
}
