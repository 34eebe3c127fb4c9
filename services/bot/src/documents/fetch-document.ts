import {
  annotations,
  deliveries,
  incomingDocuments,
  type PendingDocument,
  people,
  subscriptionTemplates,
  workbooks,
} from '@atermtrack/data'
import { accessOf, type AccessPolicy, parseDeclaredRoster } from '@atermtrack/domain'
import { notice } from '@atermtrack/messages'
import { type Outbox, transact, type Tx } from '@atermtrack/outbox'
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
  /** Decides who may bring files: the sender may have lost the right after sending. */
  readonly policy: AccessPolicy
}

/**
 * Handles `fetch-document`: downloads a sent file, which then waits for its import, is sent back with statuses or becomes the template of
 * a subscription.
 */
export function createFetchDocument(dependencies: FetchDependencies): Handler<PayloadOf<typeof fetchDocument>> {
  const { db } = dependencies
  return async ({ documentId }, { logger, signal }) => {
    const document = await incomingDocuments.beginAttempt(db, documentId)
    if (!document) return logger.info({ documentId }, 'document has ended already')
    if (!(await mayBring(dependencies, document))) {
      logger.info({ documentId }, 'the sender of the document has no access')
      return void (await incomingDocuments.fail(db, documentId, 'no_access'))
    }
    const loaded = await downloadDocument(dependencies, document, signal)
    if (loaded.kind === 'failed') {
      logger.warn({ documentId, reason: loaded.reason }, 'document cannot be fetched')
      return failDocument(dependencies, documentId, loaded.reason)
    }
    const stored = await store(dependencies, document, loaded)
    if (!stored) return logger.info({ documentId }, 'another job has ended the document')
    logger.info({ documentId, ...stored }, 'document is stored')
  }
}

/** Admins and operators bring data; everybody with access may ask for statuses. */
async function mayBring({ db, policy }: FetchDependencies, { personId, purpose }: PendingDocument): Promise<boolean> {
  const access = accessOf(await people.get(db, personId), policy)
  return access.kind === 'allowed' && (purpose === 'annotate' || access.role !== 'viewer')
}

/** Records that a document cannot be fetched and notifies its sender; does nothing when the document has ended already. */
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
  /** The workbook that waits for its import. */
  readonly workbookId: number | undefined
  /** The report that sends the file back. */
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
    if (document.templateOf !== null)
      return storeTemplate(tx, { ...document, subscriptionId: document.templateOf, sha256 })
    const arrival = {
      origin: 'telegram',
      fileName,
      sha256,
      size,
      sentAt,
      receivedAt: createdAt,
      replyChatId: chatId,
      declared: parseDeclaredRoster(document.declared),
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

/** Makes a file the template of its sender's subscription and notifies them. One whose subscription is gone is forgotten. */
async function storeTemplate(
  tx: Tx,
  document: PendingDocument & { readonly subscriptionId: number; readonly sha256: Uint8Array },
): Promise<Stored> {
  const { id, subscriptionId, personId, chatId, fileName } = document
  const name = await subscriptionTemplates.put(tx, document)
  await incomingDocuments.finish(tx, id, {})
  if (name !== undefined) {
    const stored = notice('template_stored', { subscriptionId, name, fileName })
    const message = await deliveries.insertMessage(tx, { kind: 'answer', chatId, personId, notice: stored })
    tx.enqueue(sendTelegram, { deliveryId: message.id }, { priority: deliveryPriority.answer })
  }
  return { workbookId: undefined, reportId: undefined }
}
