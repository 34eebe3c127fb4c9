import { annotations, deliveries, incomingDocuments, type PendingDocument, people, workbooks } from '@atermtrack/data'
import { accessOf, type AccessPolicy } from '@atermtrack/domain'
import { notice } from '@atermtrack/messages'
import { type Outbox, transact } from '@atermtrack/outbox'
import {
  buildReport,
  deliveryPriority,
  type fetchDocument,
  type Handler,
  importWorkbook,
  type PayloadOf,
  sendTelegram,
} from '@atermtrack/queue'
import { type Downloaded, type DownloadDependencies, downloadDocument, type FetchFailure } from './download-document.ts'

export interface FetchDependencies extends DownloadDependencies, Outbox {
  /** Who may bring files: rights may be gone since the file was sent. */
  readonly policy: AccessPolicy
}

/** Handles `fetch-document`: loads what somebody sent; it then waits for its import, or to be given back. */
export function createFetchDocument(dependencies: FetchDependencies): Handler<PayloadOf<typeof fetchDocument>> {
  const { db } = dependencies
  return async ({ documentId }, { logger, signal }) => {
    const document = await incomingDocuments.beginAttempt(db, documentId)
    if (!document) return logger.info({ documentId }, 'document is settled already')
    if (!(await mayBring(dependencies, document))) {
      logger.info({ documentId }, 'document is of somebody without access')
      return void (await incomingDocuments.fail(db, documentId, 'no_access'))
    }
    const loaded = await downloadDocument(dependencies, document, signal)
    if (loaded.kind === 'failed') {
      logger.warn({ documentId, reason: loaded.reason }, 'document cannot be had')
      return failDocument(dependencies, documentId, loaded.reason)
    }
    const stored = await store(dependencies, document, loaded)
    if (!stored) return logger.info({ documentId }, 'document was settled by another job')
    logger.info({ documentId, ...stored }, 'document is stored')
  }
}

/** Data are brought by who works for everybody, statuses are asked for by everybody with access. */
async function mayBring({ db, policy }: FetchDependencies, { personId, purpose }: PendingDocument): Promise<boolean> {
  const access = accessOf(await people.get(db, personId), policy)
  return access.kind === 'allowed' && (purpose === 'annotate' || access.role !== 'viewer')
}

/** Notes that a document cannot be had, and tells who sent it; nothing when it is settled already. */
export async function failDocument(outbox: Outbox, documentId: number, reason: FetchFailure): Promise<void> {
  await transact(outbox, async (tx) => {
    const failed = await incomingDocuments.fail(tx, documentId, reason)
    if (!failed) return
    const { personId, chatId, fileName } = failed
    const failure = notice('document_failed', { reason, fileName })
    const { id } = await deliveries.insertMessage(tx, { kind: 'answer', chatId, personId, notice: failure })
    tx.enqueue(sendTelegram, { deliveryId: id }, { priority: deliveryPriority.answer })
  })
}

interface Stored {
  /** That waits for its import. */
  readonly workbookId: number | undefined
  /** That gives the file back. */
  readonly reportId: number | undefined
}

async function store(outbox: Outbox, document: PendingDocument, downloaded: Downloaded): Promise<Stored | undefined> {
  const { id, personId, chatId, fileName, sentAt, createdAt } = document
  const { sha256, size } = downloaded
  return transact(outbox, async (tx) => {
    const claimed = await incomingDocuments.claimPending(tx, id)
    if (!claimed) return undefined
    const { purpose } = claimed
    await incomingDocuments.storePieces(tx, document, downloaded)
    const arrival = {
      origin: 'telegram',
      fileName,
      sha256,
      size,
      sentAt,
      receivedAt: createdAt,
      replyChatId: chatId,
    } as const
    const workbookId = purpose === 'annotate' ? undefined : await workbooks.insertStored(tx, arrival)
    const report =
      purpose === 'import' ? undefined : await annotations.insert(tx, { personId, chatId, fileName, sha256 })
    const stored = { workbookId, reportId: report?.id }
    await incomingDocuments.finish(tx, id, stored)
    const priority = deliveryPriority.answer
    if (workbookId !== undefined) tx.enqueue(importWorkbook, { workbookId }, { priority })
    if (report) tx.enqueue(buildReport, { reportId: report.id }, { priority })
    return stored
  })
}
