import type { DeclaredRoster } from '@atermtrack/domain'
import { sql } from 'kysely'
import type { Db } from '../platform/client.ts'
import * as storedFiles from '../platform/stored-files.ts'

/** The purpose of a file: to be imported, to be returned with statuses, or both. */
export type DocumentPurpose = 'import' | 'annotate' | 'both'

export interface IncomingDocument {
  readonly purpose: DocumentPurpose
  readonly updateId: number
  readonly personId: number
  readonly chatId: number
  readonly fileId: string
  readonly fileName: string
  readonly sentAt: Date
  /** The subscription whose template it becomes; its purpose is `annotate` then. */
  readonly templateOf?: number
  /** The word of its sender about it. */
  readonly declared?: DeclaredRoster
}

/** Inserts a file that somebody sent and that is to be fetched; the same update gives the same id. */
export async function insert(db: Db, { declared, ...document }: IncomingDocument): Promise<number> {
  const row = await db
    .insertInto('incomingDocument')
    .values({
      ...document,
      declared: declared ? JSON.stringify(declared) : null,
      enqueuedAt: sql<Date>`now()`,
    })
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
    .returning([
      'id',
      'personId',
      'chatId',
      'fileId',
      'fileName',
      'purpose',
      'sentAt',
      'createdAt',
      'attempts',
      'templateOf',
      'declared',
    ])
    .executeTakeFirst()
}

export type PendingDocument = NonNullable<Awaited<ReturnType<typeof beginAttempt>>>

/** Keeps what an attempt has downloaded so far, one piece after the other. */
export async function addPiece(
  db: Db,
  { id, attempts: attempt }: Pick<PendingDocument, 'id' | 'attempts'>,
  { place, content }: { readonly place: number; readonly content: Uint8Array },
): Promise<void> {
  await db
    .insertInto('incomingPiece')
    .values({ documentId: id, attempt, place, content: storedFiles.toBuffer(content) })
    .execute()
}

/**
 * Makes a stored file of the pieces of an attempt, and forgets the pieces of all. Throws when they are not as many bytes as were
 * downloaded: a crash of the database server has emptied them.
 */
export async function storePieces(
  tx: Db,
  { id, attempts: attempt }: Pick<PendingDocument, 'id' | 'attempts'>,
  { sha256, size }: { readonly sha256: Uint8Array; readonly size: number },
): Promise<void> {
  const { stored } = await tx
    .selectFrom('incomingPiece')
    .select(sql<number>`coalesce(sum(octet_length(content)), 0)::integer`.as('stored'))
    .where('documentId', '=', id)
    .where('attempt', '=', attempt)
    .executeTakeFirstOrThrow()
  if (stored !== size) throw new Error('the pieces of a document are not all there')
  await sql`
    insert into blob (sha256, content)
    select ${Buffer.from(sha256)}, coalesce(string_agg(content, ''::bytea order by place), ''::bytea)
    from incoming_piece where document_id = ${id} and attempt = ${attempt}
    ${storedFiles.onceAndAgain}`.execute(tx)
  await deletePieces(tx, id)
}

async function deletePieces(db: Db, id: number): Promise<void> {
  await db.deleteFrom('incomingPiece').where('documentId', '=', id).execute()
}

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

/** Deletes the pieces of attempts that are over. An attempt that still runs finds that its pieces are gone, and is retried. */
export async function deleteStalePieces(
  db: Db,
  { id, attempts }: Pick<PendingDocument, 'id' | 'attempts'>,
): Promise<void> {
  await db.deleteFrom('incomingPiece').where('documentId', '=', id).where('attempt', '<', attempts).execute()
}

/** The file cannot be had; undefined when the document does not wait any more, else the person to notify. */
export async function fail(tx: Db, id: number, reason: string) {
  await deletePieces(tx, id)
  return tx
    .updateTable('incomingDocument')
    .set({ status: 'failed', reason })
    .where('id', '=', id)
    .where('status', '=', 'pending')
    .returning(['personId', 'chatId', 'fileName'])
    .executeTakeFirst()
}
