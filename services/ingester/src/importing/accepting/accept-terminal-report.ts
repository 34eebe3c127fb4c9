import { importTerminalReport, sources, workbooks } from '@atermtrack/data'
import type { Tx } from '@atermtrack/outbox'
import { effectiveStamp, isFromFuture, lostAllRows, lostParties } from '../guards.ts'
import { type Completion, type ImportSettings, type PendingWorkbook, verdictOfReading } from '../outcome.ts'
import type { TerminalDigest } from '../workbook-digest.ts'
import { recordDuplicate } from './record-duplicate.ts'

/**
 * Imports a terminal report. A sheet without rows is a quiet day, and an older report fills the blanks of newer ones, so neither size
 * nor age rejects it; a report from the future would hide all later ones.
 */
export async function acceptTerminalReport(
  tx: Tx,
  client: Parameters<typeof importTerminalReport>[1],
  workbook: PendingWorkbook,
  digest: TerminalDigest,
  { terminalZone: zone }: Pick<ImportSettings, 'terminalZone'>,
): Promise<Completion> {
  const { contentHash, containers, missing, chunks, futureCount } = digest
  const { id: workbookId, arrivedAt, receivedAt, sentAt, overrides } = workbook
  const stamp = effectiveStamp(digest.stamp, { arrivedAt, zone, overrides })
  const source = { kind: 'terminal_report', sender: workbook.sender ?? '', reportNumber: '' } as const
  const sourceId = await sources.ensure(tx, source)
  const read = { ...verdictOfReading(digest), sourceId, zone, stamp }
  const quarantine = (reason: string, reasonDetail?: string): Completion => ({
    verdict: { ...read, status: 'quarantined', reason, ...(reasonDetail !== undefined && { reasonDetail }) },
  })
  if (missing.length > 0) return quarantine('missing_columns', missing.join(', '))
  if (isFromFuture({ stamp, receivedAt, reportedStamp: digest.stamp, sentAt, overrides }))
    return quarantine('future_stamp')
  if (lostAllRows(digest)) return quarantine('no_rows')
  const original = await workbooks.findDuplicateByContent(tx, { id: workbookId, contentHash })
  if (original) return recordDuplicate(tx, workbook, original.id, { ...read, reason: 'same_content' })
  const parties = { named: digest.namesParties, expected: await sources.mustNameParties(tx, sourceId) }
  // A quiet day has no rows that could name anybody.
  const hasRows = digest.rowCount > 0
  if (hasRows && lostParties(parties, overrides)) return quarantine('lost_parties')
  if (hasRows) await sources.recordParties(tx, sourceId, digest.namesParties)
  await importTerminalReport(tx, client, { workbookId, stamp, chunks })
  return { verdict: { ...read, containers, status: 'imported' }, doubts: { futureCount } }
}
