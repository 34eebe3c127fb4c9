import {
  type Db,
  importDislocation,
  lockDislocationImports,
  withClientTransaction,
  workbooks,
  type WorkbookVerdict,
} from '@atermtrack/data'
import type { Handler } from '@atermtrack/queue'
import { readInThread } from './read-in-thread.ts'
import { isTrustedSender, type TrustedSenders } from './trusted-senders.ts'
import type { DislocationDigest, WorkbookDigest } from './workbook-digest.ts'

export interface ImportDependencies {
  readonly db: Db
  /** Zone of the railway's wall times. */
  readonly sourceZone: string
  readonly senders: TrustedSenders
}

/** A workbook whose import was begun so often without an end is what ends it. */
const maxAttempts = 5
/** A report formed this long after it was mailed was not formed then: it would make every later file older. */
const futureToleranceMs = 3_600_000

type PendingWorkbook = NonNullable<Awaited<ReturnType<typeof workbooks.beginAttempt>>>

/**
 * Imports one stored workbook: reads it, judges it, and merges it in one transaction. Whatever the file is, the end is a
 * state of its row; only faults of our own side throw, and then the job comes again.
 */
export function createImportWorkbook(dependencies: ImportDependencies): Handler<{ workbookId: number }> {
  const { db, sourceZone } = dependencies
  return async ({ workbookId }, { logger, signal }) => {
    const workbook = await workbooks.beginAttempt(db, workbookId)
    if (!workbook) return logger.info({ workbookId }, 'workbook is settled already')
    const verdict = await judge(workbook)
    if (!verdict) return logger.info({ workbookId }, 'workbook was settled by another job')
    logger.info({ workbookId, ...summary(verdict) }, 'workbook is settled')

    async function judge(pending: PendingWorkbook): Promise<WorkbookVerdict | undefined> {
      if (pending.attempts > maxAttempts) {
        const detail = `${maxAttempts} attempts without an end`
        return settle(db, pending, { status: 'refused', reason: 'reader_died', reasonDetail: detail })
      }
      const twin = await workbooks.findTwinByBytes(db, pending)
      if (twin)
        return settle(
          db,
          pending,
          { status: 'duplicate', reason: 'same_bytes', reasonDetail: String(twin.id) },
          twin.id,
        )
      const request = { fileName: pending.fileName, zone: sourceZone }
      const digest = await readInThread(pending.content, request, { signal })
      return takeIn(dependencies, pending, digest)
    }
  }
}

async function takeIn(
  dependencies: ImportDependencies,
  workbook: PendingWorkbook,
  digest: WorkbookDigest,
): Promise<WorkbookVerdict | undefined> {
  const { db } = dependencies
  if (digest.kind === 'unreadable') {
    return settle(db, workbook, { status: 'refused', reason: digest.reason, reasonDetail: digest.detail })
  }
  if (digest.kind === 'unknown') {
    return settle(db, workbook, {
      status: 'quarantined',
      reason: 'unknown_layout',
      reasonDetail: digest.preview.join('\n').slice(0, 4_000),
    })
  }
  const { kind, rowCount } = digest
  const known = { kind, rowCount }
  if (workbook.origin === 'mail' && !isTrustedSender(dependencies.senders, kind, workbook.sender)) {
    return settle(db, workbook, { ...known, status: 'quarantined', reason: 'unknown_sender' })
  }
  if (kind !== 'dislocation') {
    return settle(db, workbook, { ...known, status: 'held', reason: 'kind_not_built', contentHash: digest.contentHash })
  }
  return takeInDislocation(dependencies, workbook, digest)
}

async function takeInDislocation(
  { db, sourceZone }: ImportDependencies,
  workbook: PendingWorkbook,
  digest: DislocationDigest,
): Promise<WorkbookVerdict | undefined> {
  const { contentHash, rowCount, skippedCount, warnings } = digest
  const stamp = digest.stamp ?? workbook.sentAt ?? workbook.receivedAt
  const known = { kind: 'dislocation', zone: sourceZone, stamp, contentHash, rowCount, skippedCount, warnings } as const
  if (digest.missing.length > 0) {
    return settle(db, workbook, {
      ...known,
      status: 'quarantined',
      reason: 'missing_columns',
      reasonDetail: digest.missing.join(', '),
    })
  }
  if (rowCount === 0) return settle(db, workbook, { ...known, status: 'quarantined', reason: 'no_rows' })
  if (stamp.getTime() - (workbook.sentAt ?? workbook.receivedAt).getTime() > futureToleranceMs) {
    return settle(db, workbook, { ...known, status: 'quarantined', reason: 'future_stamp' })
  }
  return merge(db, workbook, digest, known)
}

/** The one transaction of an import. The row stays locked from the claim to the verdict, so that two jobs never merge it twice. */
async function merge(
  db: Db,
  workbook: PendingWorkbook,
  { contentHash, chunks }: DislocationDigest,
  known: Omit<WorkbookVerdict, 'status'> & { readonly stamp: Date },
): Promise<WorkbookVerdict | undefined> {
  return withClientTransaction(db, async (tx, client) => {
    await lockDislocationImports(tx)
    if (!(await workbooks.claimPending(tx, workbook.id))) return undefined
    const twin = await workbooks.findTwinByContent(tx, { id: workbook.id, contentHash })
    if (twin) {
      const verdict: WorkbookVerdict = {
        ...known,
        status: 'duplicate',
        reason: 'same_content',
        reasonDetail: String(twin.id),
      }
      return settle(tx, workbook, verdict, twin.id)
    }
    const { sender } = workbook
    const older = await workbooks.hasNewerStamp(tx, { sender, kind: 'dislocation', stamp: known.stamp })
    const contentKey = contentKeyOf(contentHash)
    await importDislocation(tx, client, { workbookId: workbook.id, stamp: known.stamp, contentKey, chunks })
    const verdict: WorkbookVerdict = older
      ? { ...known, status: 'history_only', reason: 'older_stamp' }
      : { ...known, status: 'imported' }
    return settle(tx, workbook, verdict)
  })
}

/** Ends the import; a twin that was seen again is as fresh as this arrival. */
async function settle(
  db: Db,
  workbook: PendingWorkbook,
  verdict: WorkbookVerdict,
  twinId?: number,
): Promise<WorkbookVerdict> {
  if (twinId !== undefined) await workbooks.confirm(db, twinId, workbook.sentAt ?? workbook.receivedAt)
  await workbooks.finish(db, workbook.id, verdict)
  return verdict
}

/** The first 53 bits of the hash: a number that PostgreSQL and JavaScript order alike. */
function contentKeyOf(contentHash: Uint8Array): number {
  return Number(Buffer.from(contentHash).readBigUInt64BE(0) >> 11n)
}

function summary({ status, reason, kind, rowCount, skippedCount }: WorkbookVerdict) {
  return { status, reason, kind, rowCount, skippedCount }
}
