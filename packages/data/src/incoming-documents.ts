import { sql } from 'kysely'
import type { Db } from './client.ts'

/** What a file was sent for: to be taken in, to be given back with statuses, or both. */
export type DocumentPurpose = 'import' | 'annotate' | 'both'

export interface IncomingDocument {
  readonly purpose: DocumentPurpose
  readonly updateId: number
  readonly personId: number
  readonly chatId: number
  readonly fileId: string
  readonly fileName: string
  readonly sentAt: Date
}

/** Notes a file that somebody sent and that is to be fetched; the same update gives the same id. */
export async function insert(db: Db, document: IncomingDocument): Promise<number> {
  const row = await db
    .insertInto('incomingDocument')
    .values({ ...document, enqueuedAt: sql<Date>`now()` })
    // Only an update returns the row that is there.
    .onConflict((conflict) => conflict.column('updateId').doUpdateSet({ updateId: document.updateId }))
    .returning('id')
    .executeTakeFirstOrThrow()
  return row.id
}

/** Counts a start of the fetching and returns what is to be fetched; undefined when it is done. */
export async function beginAttempt(db: Db, id: number) {
  return db
    .updateTable('incomingDocument')
    .set((eb) => ({ attempts: eb('attempts', '+', 1) }))
    .where('id', '=', id)
    .where('status', '=', 'pending')
    .returning(['id', 'personId', 'chatId', 'fileId', 'fileName', 'purpose', 'sentAt', 'createdAt'])
    .executeTakeFirst()
}

export type PendingDocument = NonNullable<Awaited<ReturnType<typeof beginAttempt>>>

/** Locks a document that waits for the rest of the transaction; undefined when it is done or in other hands. */
export async function claimPending(tx: Db, id: number): Promise<{ readonly purpose: DocumentPurpose } | undefined> {
  const row = await tx
    .selectFrom('incomingDocument')
    .select('purpose')
    .where('id', '=', id)
    .where('status', '=', 'pending')
    .forUpdate()
    .skipLocked()
    .executeTakeFirst()
  return row && { purpose: row.purpose as DocumentPurpose }
}

/** The file is here, as the bytes of a workbook, of a report that gives it back, or of both. */
export async function finish(
  tx: Db,
  id: number,
  made: { readonly workbookId?: number | undefined; readonly reportId?: number | undefined },
): Promise<void> {
  const { workbookId = null, reportId = null } = made
  await tx
    .updateTable('incomingDocument')
    .set({ status: 'stored', workbookId, reportId })
    .where('id', '=', id)
    .execute()
}

/** The file cannot be had; undefined when the document does not wait any more, else who is to hear of it. */
export async function fail(tx: Db, id: number, reason: string) {
  return tx
    .updateTable('incomingDocument')
    .set({ status: 'failed', reason })
    .where('id', '=', id)
    .where('status', '=', 'pending')
    .returning(['personId', 'chatId', 'fileName'])
    .executeTakeFirst()
}
