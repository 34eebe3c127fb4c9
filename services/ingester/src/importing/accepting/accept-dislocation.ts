import { mergeDislocation, sources, storedRows, workbooks } from '@atermtrack/data'
import type { Tx } from '@atermtrack/outbox'
import { contentKeyOf } from '../content-key.ts'
import { effectiveStamp, guardDislocation } from '../guards.ts'
import { type Completion, type ImportSettings, type PendingWorkbook, verdictOfReading } from '../outcome.ts'
import type { DislocationDigest } from '../workbook-digest.ts'
import { recordDuplicate } from './record-duplicate.ts'

/** Number of reports that give the usual size of a source. */
const sizesKept = 10

/** Merges a staged dislocation report into movements and positions, unless a guard holds it back. */
export async function acceptDislocation(
  tx: Tx,
  workbook: PendingWorkbook,
  { digest, rows }: { readonly digest: DislocationDigest; readonly rows: Buffer },
  { sourceZone: zone }: Pick<ImportSettings, 'sourceZone'>,
): Promise<Completion> {
  const { contentHash, containers, profileId, reportNumber } = digest
  const { id, overrides, arrivedAt, receivedAt, sentAt } = workbook
  const stamp = effectiveStamp(digest.stamp, { arrivedAt, zone, overrides })
  const sourceId = await sources.ensure(tx, { kind: 'dislocation', sender: workbook.sender ?? '', reportNumber })
  const read = {
    ...verdictOfReading(digest),
    sourceId,
    zone,
    stamp,
    ...(profileId !== undefined && { profileId }),
  }
  const original = await workbooks.findDuplicateByContent(tx, { id, contentHash })
  if (original) return recordDuplicate(tx, workbook, original.id, { ...read, reason: 'same_content' })
  const previousRowCounts = await sources.listRowCounts(tx, sourceId, { before: stamp, limit: sizesKept })
  const times = { stamp, receivedAt, reportedStamp: digest.stamp, sentAt }
  const parties = { named: digest.namesParties, expected: await sources.mustNameParties(tx, sourceId) }
  const doubt = guardDislocation({ ...digest, ...times, previousRowCounts, parties, overrides })
  if (doubt) {
    // An admin who asks for a container sees the rows of this report as well.
    await storedRows.insertRows(tx, id, rows)
    return { verdict: { ...read, ...doubt, containers, status: 'quarantined' } }
  }
  const ahead = await sources.findAhead(tx, sourceId, stamp)
  const isReceivedLast = ahead !== undefined && (await sources.isReceivedLast(tx, sourceId, workbook))
  await sources.recordParties(tx, sourceId, digest.namesParties)
  const report = { workbookId: id, stamp, contentKey: contentKeyOf(contentHash) }
  const { newContainers } = await mergeDislocation(tx, report)
  await storedRows.insertRows(tx, id, rows)
  const status = ahead
    ? ({ status: 'history_only', reason: 'older_stamp' } as const)
    : ({ status: 'imported' } as const)
  return {
    verdict: { ...read, ...status, containers, newContainers },
    doubts: { futureCount: digest.futureCount, ahead: isReceivedLast ? ahead : undefined },
  }
}
