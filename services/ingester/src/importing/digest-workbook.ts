import { createHash } from 'node:crypto'
import { type Cell, cellText, recogniseSheet, type SheetKind } from '@atermtrack/domain'
import { readWorkbook } from '../workbook-reader/read-workbook.ts'
import { UnreadableWorkbook } from '../workbook-reader/unreadable-workbook.ts'
import type { RowVisitor, WorkbookVisitor } from '../workbook-reader/workbook-visitor.ts'
import { createDislocationSheet, type DislocationSheet } from './dislocation-sheet.ts'
import type { DigestRequest, WorkbookDigest } from './workbook-digest.ts'

/** Rows of a sheet that are looked at to tell what it is. */
const headRows = 15
const previewRows = 20

/**
 * Reads a workbook to its end and says what it is and holds. It is pure work for the processor: it belongs into a thread of
 * its own. Only faults of the file are told as a digest; anything else throws.
 */
export async function digestWorkbook(bytes: Uint8Array, request: DigestRequest): Promise<WorkbookDigest> {
  const reading = createReading(request)
  try {
    await readWorkbook(bytes, reading.visitor)
  } catch (error) {
    if (!(error instanceof UnreadableWorkbook)) throw error
    return { kind: 'unreadable', reason: error.reason, detail: error.detail }
  }
  return reading.digest()
}

interface Row {
  readonly rowNumber: number
  readonly cells: readonly Cell[]
}

/** Collects the sheets of one workbook; a dislocation sheet decides its kind, else the first sheet that is recognised. */
function createReading(request: DigestRequest) {
  let dislocation: DislocationSheet | undefined
  let held: Exclude<SheetKind, 'dislocation'> | undefined
  let heldRows = 0
  const heldHash = createHash('sha256')
  const preview: string[] = []
  let endSheet: () => void = () => undefined

  function openSheet(): { row: RowVisitor; end: () => void } {
    let head: Row[] | undefined = []
    let takeRow: (row: Row) => void = () => undefined

    function endHead(): void {
      if (!head) return
      const rows = head
      head = undefined
      const kind = recogniseSheet(rows.map(({ cells }) => cells))
      takeRow = kind === 'dislocation' ? takeDislocation(rows) : takeHeld(kind)
      for (const row of rows) takeRow(row)
    }
    return {
      row(rowNumber, cells) {
        if (!head) return takeRow({ rowNumber, cells })
        head.push({ rowNumber, cells: [...cells] })
        if (head.length === headRows) endHead()
      },
      end: endHead,
    }
  }

  function takeDislocation(rows: readonly Row[]): (row: Row) => void {
    if (dislocation) return () => undefined
    const sheet = createDislocationSheet(rows, request)
    dislocation = sheet
    return ({ rowNumber, cells }) => sheet.row(rowNumber, cells)
  }

  function takeHeld(kind: Exclude<SheetKind, 'dislocation'> | undefined): (row: Row) => void {
    held ??= kind
    return ({ cells }) => {
      if (preview.length < previewRows) preview.push(cells.map((cell) => cellText(cell) ?? '').join(' | '))
      if (kind === undefined) return
      heldRows += 1
      heldHash.update(JSON.stringify(cells))
    }
  }

  const visitor: WorkbookVisitor = {
    sheet() {
      endSheet()
      const sheet = openSheet()
      endSheet = sheet.end
      return sheet.row
    },
  }

  function digest(): WorkbookDigest {
    endSheet()
    if (dislocation) return dislocation.digest()
    if (held) return { kind: held, rowCount: heldRows, contentHash: heldHash.digest() }
    return { kind: 'unknown', preview }
  }
  return { visitor, digest }
}
