import { createHash } from 'node:crypto'
import { type Db, importTerminalReport, withClientTransaction, workbooks } from '@atermtrack/data'
import { encodeTerminalVisit } from '@atermtrack/data/staging'
import type { TerminalVisit } from '@atermtrack/domain'

export interface StoredTerminalReport {
  /** When the report was formed and received. */
  readonly stamp: Date
  /** The visits by the names of their sheets, in their order. */
  readonly sheets: Readonly<Record<string, readonly TerminalVisit[]>>
}

/** Zone of the terminal's own times. */
const zone = 'Asia/Vladivostok'

/** Stores a terminal report with its visits, as the import of one does; returns the id of its workbook. */
export async function storeTerminalReport(db: Db, { stamp, sheets }: StoredTerminalReport): Promise<number> {
  const content = Buffer.from(JSON.stringify({ stamp, sheets }))
  const sha256 = createHash('sha256').update(content).digest()
  const arrival = { origin: 'mail', fileName: 'A-Terminal.xlsx', content, sha256, receivedAt: stamp } as const
  const workbookId = await workbooks.insert(db, arrival)
  if (workbookId === undefined) throw new Error('the workbook is there already')
  const chunks = Object.entries(sheets).flatMap(([name, visits]) =>
    visits.map((visit, index) => Buffer.from(encodeTerminalVisit({ ...visit, rowNumber: index + 2 }, name))),
  )
  await withClientTransaction(db, (tx, client) => importTerminalReport(tx, client, { workbookId, stamp, chunks }))
  await workbooks.finish(db, workbookId, { status: 'imported', kind: 'terminal_report', stamp, zone })
  return workbookId
}
