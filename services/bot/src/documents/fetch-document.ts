import { createHash } from 'node:crypto'
import {
  annotations,
  type Db,
  deliveries,
  incomingDocuments,
  type PendingDocument,
  people,
  workbooks,
} from '@atermtrack/data'
import { accessOf, type AccessPolicy } from '@atermtrack/domain'
import { deliveryPriority, type Handler, JobDelayed, type Producer } from '@atermtrack/queue'
import { type TelegramApi, TelegramRefusal } from '../telegram/telegram-api.ts'
import { type FetchFailure, texts } from './texts.ts'

export interface FetchDependencies {
  readonly db: Db
  readonly api: Pick<TelegramApi, 'call' | 'download'>
  /** Who may bring files: rights may be gone since the file was sent. */
  readonly policy: AccessPolicy
  readonly producers: {
    readonly importWorkbook: Pick<Producer<{ workbookId: number }>, 'ring'>
    readonly buildReport: Pick<Producer<{ reportId: number }>, 'ring'>
    readonly sendTelegram: Pick<Producer<{ deliveryId: number }>, 'ring'>
  }
}

/** Telegram gives bots no bigger files. */
export const maxDocumentBytes = 20 * 1024 * 1024

/** Handles `fetch-document`: loads what somebody sent; it then waits for its import, or to be given back. */
export function createFetchDocument(dependencies: FetchDependencies): Handler<{ documentId: number }> {
  const { db, producers } = dependencies
  return async ({ documentId }, { logger, signal }) => {
    const document = await incomingDocuments.beginAttempt(db, documentId)
    if (!document) return logger.info({ documentId }, 'document is settled already')
    if (!(await mayBring(dependencies, document))) {
      logger.info({ documentId }, 'document is of somebody without access')
      return void (await incomingDocuments.fail(db, documentId, 'no_access'))
    }
    const loaded = await load(dependencies, document, signal)
    if (loaded.kind === 'failed') {
      logger.warn({ documentId, reason: loaded.reason }, 'document cannot be had')
      return failDocument(dependencies, documentId, loaded.reason)
    }
    const stored = await store(db, document, loaded.content)
    if (!stored) return logger.info({ documentId }, 'document was settled by another job')
    logger.info({ documentId, ...stored }, 'document is stored')
    const { workbookId, reportId } = stored
    const priority = deliveryPriority.answer
    if (workbookId !== undefined) await producers.importWorkbook.ring({ workbookId }, { priority })
    if (reportId !== undefined) await producers.buildReport.ring({ reportId }, { priority })
  }
}

/** Data are brought by who works for everybody, statuses are asked for by everybody with access. */
async function mayBring({ db, policy }: FetchDependencies, { personId, purpose }: PendingDocument): Promise<boolean> {
  const access = accessOf(await people.get(db, personId), policy)
  return access.kind === 'allowed' && (purpose === 'annotate' || access.role !== 'viewer')
}

/** Notes that a document cannot be had, and tells who sent it; nothing when it is settled already. */
export async function failDocument(
  { db, producers }: Pick<FetchDependencies, 'db' | 'producers'>,
  documentId: number,
  reason: FetchFailure,
): Promise<void> {
  const told = await db.transaction().execute(async (tx) => {
    const failed = await incomingDocuments.fail(tx, documentId, reason)
    if (!failed) return undefined
    const { personId, chatId, fileName } = failed
    const { language } = await people.get(tx, personId)
    const text = texts[language].failed[reason](fileName)
    return deliveries.insertMessage(tx, { kind: 'answer', chatId, personId, text })
  })
  if (told) await producers.sendTelegram.ring({ deliveryId: told.id }, { priority: deliveryPriority.answer })
}

type Loaded =
  | { readonly kind: 'loaded'; readonly content: Uint8Array }
  | { readonly kind: 'failed'; readonly reason: FetchFailure }

/** Throws what may pass by itself: no answer, or Telegram's own trouble. */
async function load({ api }: FetchDependencies, { fileId }: PendingDocument, signal: AbortSignal): Promise<Loaded> {
  try {
    const { file_path: path } = await api.call<{ readonly file_path?: string }>(
      'getFile',
      { file_id: fileId },
      { signal },
    )
    if (path === undefined) return { kind: 'failed', reason: 'gone' }
    return { kind: 'loaded', content: await api.download(path, { maxBytes: maxDocumentBytes, signal }) }
  } catch (error) {
    if (!(error instanceof TelegramRefusal)) throw error
    return { kind: 'failed', reason: failureOf(error) }
  }
}

function failureOf(refusal: TelegramRefusal): FetchFailure {
  const { code, description, retryAfterSeconds } = refusal
  if (code === 429) throw new JobDelayed((retryAfterSeconds ?? 1) * 1000)
  if (code >= 500) throw refusal
  return code === 413 || /too big/i.test(description) ? 'too_big' : 'gone'
}

interface Stored {
  /** That waits for its import. */
  readonly workbookId: number | undefined
  /** That gives the file back. */
  readonly reportId: number | undefined
}

async function store(db: Db, document: PendingDocument, content: Uint8Array): Promise<Stored | undefined> {
  const { id, personId, chatId, fileName, sentAt, createdAt } = document
  const sha256 = createHash('sha256').update(content).digest()
  return db.transaction().execute(async (tx) => {
    const claimed = await incomingDocuments.claimPending(tx, id)
    if (!claimed) return undefined
    const { purpose } = claimed
    await annotations.storeSource(tx, { sha256, content })
    const arrival = { fileName, content, sha256, sentAt, receivedAt: createdAt, replyChatId: chatId }
    const workbookId =
      purpose === 'annotate' ? undefined : await workbooks.insert(tx, { origin: 'telegram', ...arrival })
    const report =
      purpose === 'import' ? undefined : await annotations.insert(tx, { personId, chatId, fileName, sha256 })
    const stored = { workbookId, reportId: report?.id }
    await incomingDocuments.finish(tx, id, stored)
    return stored
  })
}
