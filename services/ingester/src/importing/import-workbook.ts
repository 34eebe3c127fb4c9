import { workbooks, type WorkbookKind, type WorkbookVerdict } from '@atermtrack/data'
import type { Handler, Producer } from '@atermtrack/queue'
import { readInThread } from './read-in-thread.ts'
import { type PendingWorkbook, settle, settleDuplicate, type Settled } from './settle.ts'
import { type TakeInOptions, takeInDislocation } from './take-in-dislocation.ts'
import { takeInTerminalReport } from './take-in-terminal-report.ts'
import { takeInTrainRoster } from './take-in-train-roster.ts'
import { isTrustedSender, type TrustedSenders } from './trusted-senders.ts'
import { unpackArchive } from './unpack-archive.ts'
import type { WorkbookDigest } from './workbook-digest.ts'

export interface ImportDependencies extends TakeInOptions {
  readonly senders: TrustedSenders
  readonly imports: Pick<Producer<{ workbookId: number }>, 'ring'>
  readonly sendings: Pick<Producer<{ deliveryId: number }>, 'ring'>
}

/** A workbook whose import was begun so often without an end is what ends it. */
const maxAttempts = 5
const previewLength = 4_000

/**
 * Imports one stored workbook: reads it, judges it, and merges it in one transaction. Whatever the file is, the end is a
 * state of its row; only faults of our own side throw, and then the job comes again.
 */
export function createImportWorkbook(dependencies: ImportDependencies): Handler<{ workbookId: number }> {
  const { db, imports, sendings } = dependencies
  return async ({ workbookId }, { logger, signal }) => {
    const workbook = await workbooks.beginAttempt(db, workbookId)
    if (!workbook) return logger.info({ workbookId }, 'workbook is settled already')
    const settled = await judge(dependencies, workbook, signal)
    if (!settled) return logger.info({ workbookId }, 'workbook was settled by another job')
    logger.info({ workbookId, ...summary(settled.verdict) }, 'workbook is settled')
    for (const id of settled.workbookIds) await imports.ring({ workbookId: id })
    for (const id of settled.deliveryIds) await sendings.ring({ deliveryId: id })
  }
}

async function judge(
  dependencies: ImportDependencies,
  workbook: PendingWorkbook,
  signal: AbortSignal,
): Promise<Settled | undefined> {
  const { db, sourceZone, terminalZone } = dependencies
  if (workbook.attempts > maxAttempts) {
    return settle(db, workbook, {
      status: 'refused',
      reason: 'reader_died',
      reasonDetail: `${maxAttempts} attempts without an end`,
    })
  }
  const twin = await workbooks.findTwinByBytes(db, workbook)
  if (twin) return settleDuplicate(db, workbook, { reason: 'same_bytes', twinId: twin.id })
  const digest = await readInThread(
    workbook.content,
    { fileName: workbook.fileName, sourceZone, terminalZone },
    { signal },
  )
  return takeIn(dependencies, workbook, digest)
}

async function takeIn(
  dependencies: ImportDependencies,
  workbook: PendingWorkbook,
  digest: WorkbookDigest,
): Promise<Settled | undefined> {
  const { db, adminChatIds, senders } = dependencies
  if (digest.kind === 'unreadable') {
    return settle(db, workbook, { status: 'refused', reason: digest.reason, reasonDetail: digest.detail })
  }
  if (digest.kind === 'archive') return unpackArchive(db, workbook, digest)
  const quarantine = async (verdict: Omit<WorkbookVerdict, 'status'>) =>
    db.transaction().execute(async (tx) => settle(tx, workbook, { ...verdict, status: 'quarantined' }, adminChatIds))
  if (digest.kind === 'unknown') {
    return quarantine({ reason: 'unknown_layout', reasonDetail: digest.preview.join('\n').slice(0, previewLength) })
  }
  const { kind, rowCount } = digest
  if (!maySend(workbook, kind, senders)) return quarantine({ kind, rowCount, reason: 'unknown_sender' })
  if (kind === 'dislocation') return takeInDislocation(dependencies, workbook, digest)
  if (kind === 'terminal_report') return takeInTerminalReport(dependencies, workbook, digest)
  return takeInTrainRoster(dependencies, workbook, digest)
}

/** Only mail can come from strangers: the drop folder and admins are trusted. */
function maySend({ origin, sender, overrides }: PendingWorkbook, kind: WorkbookKind, senders: TrustedSenders): boolean {
  return origin !== 'mail' || overrides.includes('unknown_sender') || isTrustedSender(senders, kind, sender)
}

function summary({ status, reason, kind, rowCount, skippedCount }: WorkbookVerdict) {
  return { status, reason, kind, rowCount, skippedCount }
}
