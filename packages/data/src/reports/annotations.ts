import { sql } from 'kysely'
import type { Db } from '../platform/client.ts'
import type { StoredFile } from '../platform/stored-files.ts'

export interface Annotation {
  readonly personId: number
  /** The chat that gets the file back. */
  readonly chatId: number
  readonly fileName: string
  /** Set for a stored file. */
  readonly sha256: Uint8Array
}

/**
 * Asks for a stored file to be given back with statuses. While the same is being made for the same chat it is not asked
 * for twice: `isNew` is false then.
 */
export async function insert(
  db: Db,
  { personId, chatId, fileName, sha256 }: Annotation,
): Promise<{ readonly id: number; readonly isNew: boolean }> {
  const sourceSha256 = Buffer.from(sha256)
  const waiting = await db
    .selectFrom('report')
    .select('id')
    .where('kind', '=', 'annotated')
    .where('status', '=', 'pending')
    .where('chatId', '=', chatId)
    .where('sourceSha256', '=', sourceSha256)
    .executeTakeFirst()
  if (waiting) return { id: waiting.id, isNew: false }
  const { id } = await db
    .insertInto('report')
    .values({
      kind: 'annotated',
      personId,
      chatId,
      name: fileName,
      containers: [],
      sourceSha256,
      plannedAt: sql<Date>`now()`,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return { id, isNew: true }
}

/** The file that a report gives back. Throws when it is no annotated one. */
export async function getSource(db: Db, reportId: number): Promise<StoredFile> {
  const { sha256, size } = await db
    .selectFrom('report')
    .innerJoin('blob', 'blob.sha256', 'report.sourceSha256')
    .select(['blob.sha256', sql<number>`octet_length(blob.content)`.as('size')])
    .where('report.id', '=', reportId)
    .executeTakeFirstOrThrow()
  return { source: { kind: 'blob', sha256 }, size }
}

/** How many bytes a report that waits is to give back; undefined when it is none of that kind, or is done. */
export async function findSourceSize(db: Db, reportId: number): Promise<number | undefined> {
  const row = await db
    .selectFrom('report')
    .innerJoin('blob', 'blob.sha256', 'report.sourceSha256')
    .select(sql<number>`octet_length(blob.content)`.as('size'))
    .where('report.id', '=', reportId)
    .where('report.status', '=', 'pending')
    .executeTakeFirst()
  return row?.size
}

/** A workbook that somebody brought by hand, if it is `chatId`'s; any workbook for an admin, who has no chat named. */
export async function findWorkbook(db: Db, id: number, { chatId }: { readonly chatId: number | undefined }) {
  return db
    .selectFrom('workbook')
    .innerJoin('blob', 'blob.sha256', 'workbook.sha256')
    .select(['workbook.id', 'fileName', 'workbook.sha256'])
    .where('workbook.id', '=', id)
    .where('blob.emptiedAt', 'is', null)
    .$if(chatId !== undefined, (query) => query.where('replyChatId', '=', chatId ?? 0))
    .executeTakeFirst()
}

/**
 * Asks for a file that somebody has just sent to come back with statuses too: at once where it is fetched already, else as
 * soon as it is. Undefined when the file is not that person's, was asked for before, or could not be had.
 */
export async function requestDocument(
  db: Db,
  { documentId, personId }: { readonly documentId: number; readonly personId: number },
): Promise<{ readonly fileName: string; readonly reportId: number | undefined } | undefined> {
  const document = await db
    .selectFrom('incomingDocument')
    .leftJoin('workbook', 'workbook.id', 'incomingDocument.workbookId')
    .select(['incomingDocument.status', 'incomingDocument.fileName', 'chatId', 'workbook.sha256'])
    .where('incomingDocument.id', '=', documentId)
    .where('personId', '=', personId)
    .where('purpose', '=', 'import')
    .where('incomingDocument.status', '!=', 'failed')
    .forUpdate('incomingDocument')
    .executeTakeFirst()
  if (!document) return undefined
  const { status, sha256, fileName, chatId } = document
  const report = status === 'stored' && sha256 ? await insert(db, { personId, chatId, fileName, sha256 }) : undefined
  await db
    .updateTable('incomingDocument')
    .set({ purpose: 'both', reportId: report?.id ?? null })
    .where('id', '=', documentId)
    .execute()
  return { fileName, reportId: report?.id }
}
