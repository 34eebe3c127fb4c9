import { importTerminalReport, sources, withClientTransaction, workbooks } from '@atermtrack/data'
import { arrivalTime, effectiveStamp, isFromFuture, lostAllRows, lostParties } from './guards.ts'
import { type PendingWorkbook, settle, settleDuplicate, type Settled, verdictOfReading } from './settle.ts'
import type { TakeInOptions } from './take-in-dislocation.ts'
import type { TerminalDigest } from './workbook-digest.ts'

/**
 * Takes a terminal report in; undefined when another job has settled it meanwhile. A sheet without rows is a quiet day, and an
 * older report fills what newer ones leave blank, so neither size nor age is held against it; one from the future would hide all
 * that come after it.
 */
export async function takeInTerminalReport(
  { db, terminalZone: zone, ...options }: TakeInOptions,
  workbook: PendingWorkbook,
  digest: TerminalDigest,
): Promise<Settled | undefined> {
  const { contentHash, containers, missing, chunks, futureCount } = digest
  const { receivedAt, sentAt, overrides } = workbook
  const stamp = effectiveStamp(digest.stamp, { arrivedAt: arrivalTime(workbook), zone, overrides })
  return withClientTransaction(db, async (tx, client) => {
    if (!(await workbooks.claimPending(tx, workbook.id))) return undefined
    const sourceId = await sources.ensure(tx, {
      kind: 'terminal_report',
      sender: workbook.sender ?? '',
      reportNumber: '',
    })
    const read = { ...verdictOfReading(digest), sourceId, zone, stamp }
    if (missing.length > 0) {
      const doubt = { status: 'quarantined', reason: 'missing_columns', reasonDetail: missing.join(', ') } as const
      return settle(tx, workbook, { ...read, ...doubt }, options)
    }
    if (isFromFuture({ stamp, receivedAt, toldStamp: digest.stamp, sentAt, overrides }))
      return settle(tx, workbook, { ...read, status: 'quarantined', reason: 'future_stamp' }, options)
    if (lostAllRows(digest)) return settle(tx, workbook, { ...read, status: 'quarantined', reason: 'no_rows' }, options)
    const twin = await workbooks.findTwinByContent(tx, { id: workbook.id, contentHash })
    if (twin) return settleDuplicate(tx, workbook, { ...read, reason: 'same_content', twinId: twin.id }, options)
    const parties = { named: digest.namesParties, expected: await sources.mustNameParties(tx, sourceId) }
    // A quiet day has no rows that could name anybody.
    const hasRows = digest.rowCount > 0
    if (hasRows && lostParties(parties, workbook.overrides))
      return settle(tx, workbook, { ...read, status: 'quarantined', reason: 'lost_parties' }, options)
    if (hasRows) await sources.noteParties(tx, sourceId, digest.namesParties)
    await importTerminalReport(tx, client, { workbookId: workbook.id, stamp, chunks })
    const verdict = { ...read, containers, status: 'imported' } as const
    return settle(tx, workbook, verdict, { ...options, doubts: { futureCount } })
  })
}
