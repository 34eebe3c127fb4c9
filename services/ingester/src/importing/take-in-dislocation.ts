import {
  type Db,
  type DislocationStage,
  lockDislocationImports,
  mergeDislocation,
  sources,
  storedRows,
  workbooks,
} from '@atermtrack/data'
import { contentKeyOf } from './content-key.ts'
import { arrivalTime, effectiveStamp, guardDislocation } from './guards.ts'
import { type PendingWorkbook, settle, settleDuplicate, type Settled, verdictOfReading } from './settle.ts'
import type { TrustedSenders } from './trusted-senders.ts'
import type { DislocationDigest } from './workbook-digest.ts'

/** How many of a source's reports tell its usual size. */
const sizesKept = 10

export interface TakeInOptions {
  readonly db: Db
  readonly sourceZone: string
  readonly terminalZone: string
  readonly adminChatIds: readonly number[]
  readonly senders: TrustedSenders
}

export interface StagedOptions {
  /** Holds the rows of the report, when it is a dislocation report. */
  readonly stage: DislocationStage
}

/**
 * Takes a staged dislocation report into the picture in one transaction; undefined when another job has settled it meanwhile. The
 * row stays locked from the claim to the verdict, so that two jobs never merge it twice.
 */
export async function takeInDislocation(
  { stage, sourceZone: zone, ...options }: TakeInOptions & StagedOptions,
  workbook: PendingWorkbook,
  digest: DislocationDigest,
): Promise<Settled | undefined> {
  const { contentHash, containers, profileId } = digest
  const { id, overrides, receivedAt, sentAt } = workbook
  const stamp = effectiveStamp(digest.stamp, { arrivedAt: arrivalTime(workbook), zone, overrides })
  return stage.finish(async (tx, rows) => {
    await lockDislocationImports(tx)
    if (!(await workbooks.claimPending(tx, id))) return undefined
    const sourceId = await sources.ensure(tx, {
      kind: 'dislocation',
      sender: workbook.sender ?? '',
      reportNumber: digest.reportNumber,
    })
    const read = {
      ...verdictOfReading(digest),
      sourceId,
      zone,
      stamp,
      ...(profileId !== undefined && { profileId }),
    }
    const twin = await workbooks.findTwinByContent(tx, { id, contentHash })
    if (twin) return settleDuplicate(tx, workbook, { ...read, reason: 'same_content', twinId: twin.id }, options)
    const previousRowCounts = await sources.listRowCounts(tx, sourceId, { before: stamp, limit: sizesKept })
    const times = { stamp, receivedAt, toldStamp: digest.stamp, sentAt }
    const parties = { named: digest.namesParties, expected: await sources.mustNameParties(tx, sourceId) }
    const doubt = guardDislocation({ ...digest, ...times, previousRowCounts, parties, overrides })
    if (doubt) return settle(tx, workbook, { ...read, ...doubt, status: 'quarantined' }, options)
    const ahead = await sources.findAhead(tx, sourceId, stamp)
    const isReceivedLast = ahead !== undefined && (await sources.isReceivedLast(tx, sourceId, workbook))
    await sources.noteParties(tx, sourceId, digest.namesParties)
    const report = { workbookId: id, stamp, contentKey: contentKeyOf(contentHash) }
    const { newContainers } = await mergeDislocation(tx, report)
    await storedRows.insertRows(tx, id, rows)
    const outcome = ahead
      ? ({ status: 'history_only', reason: 'older_stamp' } as const)
      : ({ status: 'imported' } as const)
    const doubts = { futureCount: digest.futureCount, ahead: isReceivedLast ? ahead : undefined }
    return settle(tx, workbook, { ...read, ...outcome, containers, newContainers }, { ...options, doubts })
  })
}
