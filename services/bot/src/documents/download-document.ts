import { createHash } from 'node:crypto'
import { type Db, incomingDocuments, type PendingDocument } from '@atermtrack/data'
import type { NoticeParams } from '@atermtrack/messages'
import { JobDelayed } from '@atermtrack/queue'
import { type TelegramApi, TelegramRefusal } from '../telegram/telegram-api.ts'
import { intoPieces } from './into-pieces.ts'

/** Why a file could not be fetched. */
export type FetchFailure = NoticeParams<'document_failed'>['reason']

export interface DownloadDependencies {
  readonly db: Db
  readonly api: Pick<TelegramApi, 'call' | 'download'>
}

/** A downloaded file; its bytes are in the database, as the pieces of the attempt. */
export interface Downloaded {
  readonly kind: 'downloaded'
  readonly sha256: Uint8Array
  readonly size: number
}

/** Telegram does not provide bigger files to bots. */
export const maxDocumentBytes = 20 * 1024 * 1024
const pieceBytes = 256 * 1024

/**
 * Downloads a document into the database, one piece at a time: the memory use does not grow with the file. Throws temporary
 * errors: no answer, or a failure on Telegram's side.
 */
export async function downloadDocument(
  dependencies: DownloadDependencies,
  document: PendingDocument,
  signal: AbortSignal,
): Promise<Downloaded | { readonly kind: 'failed'; readonly reason: FetchFailure }> {
  const { db, api } = dependencies
  try {
    const { fileId } = document
    const file = await api.call<{ readonly file_path?: string }>('getFile', { file_id: fileId }, { signal })
    if (file.file_path === undefined) return { kind: 'failed', reason: 'gone' }
    await incomingDocuments.deleteStalePieces(db, document)
    return await storePieces(db, document, api.download(file.file_path, { maxBytes: maxDocumentBytes, signal }))
  } catch (error) {
    if (!(error instanceof TelegramRefusal)) throw error
    return { kind: 'failed', reason: failureOf(error) }
  }
}

async function storePieces(db: Db, document: PendingDocument, chunks: AsyncIterable<Uint8Array>): Promise<Downloaded> {
  const hash = createHash('sha256')
  let size = 0
  let place = 0
  for await (const content of intoPieces(chunks, pieceBytes)) {
    hash.update(content)
    size += content.length
    await incomingDocuments.addPiece(db, document, { place, content })
    place += 1
  }
  return { kind: 'downloaded', sha256: hash.digest(), size }
}

function failureOf(refusal: TelegramRefusal): FetchFailure {
  const { code, description, retryAfterSeconds } = refusal
  if (code === 429) throw new JobDelayed((retryAfterSeconds ?? 1) * 1000)
  if (code >= 500) throw refusal
  return code === 413 || /too big/i.test(description) ? 'too_big' : 'gone'
}
