import type { DeclaredRoster } from '@atermtrack/domain'
import { sql } from 'kysely'
import type { Db } from '../platform/client.ts'
import { begun, nobody, type Start } from '../platform/job-starts.ts'
import { storedTimes } from '../mail/receipt-times.ts'
import type { WorkbookKind, WorkbookOrigin, WorkbookStatus } from '../schema.generated.ts'
import * as storedFiles from '../platform/stored-files.ts'

export interface ArrivedWorkbook {
  readonly origin: WorkbookOrigin
  readonly messageId?: number | null
  /** The archive that held it. */
  readonly parentId?: number
  readonly sender?: string | null | undefined
  /** The mail server says that it is not from whom it claims to be. */
  readonly senderUnproven?: boolean
  /** The result of the check of the From address, such as `fail` or `missing`. */
  readonly senderProof?: string | undefined
  readonly subject?: string | null | undefined
  readonly fileName: string
  readonly content: Uint8Array
  readonly sha256: Uint8Array
  readonly sentAt?: Date | null | undefined
  readonly receivedAt: Date
  /** Guards that an admin has lifted beforehand. */
  readonly overrides?: readonly string[]
  /** The chat that is notified about the end of the import. */
  readonly replyChatId?: number | null
  /** The word about it of the person who brought it. */
  readonly declared?: DeclaredRoster | undefined
}

/**
 * Stores an arrival with its bytes as `pending` and returns its id. A file that the drop folder has shown before gives
 * undefined: it stays there and is seen again at every look.
 */
export async function insert(db: Db, { content, ...arrival }: ArrivedWorkbook): Promise<number | undefined> {
  await storedFiles.store(db, { sha256: arrival.sha256, content })
  return insertStored(db, { ...arrival, size: content.byteLength })
}

/** As `insert`, for bytes that are stored already. */
export async function insertStored(
  db: Db,
  arrival: Omit<ArrivedWorkbook, 'content'> & { readonly size: number },
): Promise<number | undefined> {
  const { messageId = null, sender = null, subject = null, overrides = [], declared, ...rest } = arrival
  const sha256 = Buffer.from(arrival.sha256)
  const row = await db
    .insertInto('workbook')
    .values({
      ...rest,
      sha256,
      messageId,
      sender,
      subject,
      ...storedTimes(arrival),
      overrides: [...overrides],
      declared: declared ? JSON.stringify(declared) : null,
    })
    .onConflict((conflict) => conflict.columns(['sha256']).where('origin', '=', 'drop_folder').doNothing())
    .returning('id')
    .executeTakeFirst()
  return row?.id
}

/** The hashes of those files that the drop folder has brought already, as hex. */
export async function listDropFolderHashes(db: Db): Promise<ReadonlySet<string>> {
  const rows = await db.selectFrom('workbook').select('sha256').where('origin', '=', 'drop_folder').execute()
  return new Set(rows.map(({ sha256 }) => sha256.toString('hex')))
}

/** Writes down that the import of a pending workbook starts; returns what is to be imported, or undefined when it is done. */
export async function beginAttempt(db: Db, id: number, start: Start = nobody) {
  return db
    .updateTable('workbook')
    .set(begun(start))
    .where('id', '=', id)
    .where('status', '=', 'pending')
    .returning([
      'id',
      'origin',
      'messageId',
      'overrides',
      'sender',
      'senderUnproven',
      'senderProof',
      'subject',
      'fileName',
      'sha256',
      'size',
      'sentAt',
      'receivedAt',
      'attempts',
      'replyChatId',
      'declared',
    ])
    .executeTakeFirst()
}

/** The bytes of an arrival. Throws when they are not stored any more. */
export async function getContent(
  db: Db,
  { sha256, size }: { readonly sha256: Uint8Array; readonly size: number },
): Promise<Uint8Array<ArrayBuffer>> {
  return storedFiles.readWhole(db, { source: { kind: 'blob', sha256 }, size })
}

/** Finds a workbook that waits for its import; undefined when it does not wait any more. */
export async function findPending(db: Db, id: number) {
  return db
    .selectFrom('workbook')
    .select(['id', 'origin', 'fileName', 'sender', 'senderUnproven', 'replyChatId'])
    .where('id', '=', id)
    .where('status', '=', 'pending')
    .executeTakeFirst()
}

/** The workbooks that wait to be imported, oldest first. */
export async function listPendingIds(db: Db, limit: number): Promise<readonly number[]> {
  const rows = await db
    .selectFrom('workbook')
    .select('id')
    .where('status', '=', 'pending')
    .orderBy('id')
    .limit(limit)
    .execute()
  return rows.map(({ id }) => id)
}

/** Locks a pending workbook for the rest of the transaction; false when it is done, gone or claimed by another process. */
export async function claimPending(tx: Db, id: number): Promise<boolean> {
  const row = await tx
    .selectFrom('workbook')
    .select('id')
    .where('id', '=', id)
    .where('status', '=', 'pending')
    .forUpdate()
    .skipLocked()
    .executeTakeFirst()
  return row !== undefined
}

const accepted: readonly WorkbookStatus[] = ['imported', 'history_only', 'held']

/** An earlier arrival with the same bytes that was accepted and that was said to be the same, or undefined. */
export async function findDuplicateByBytes(
  db: Db,
  { id, sha256 }: { readonly id: number; readonly sha256: Uint8Array },
) {
  return db
    .selectFrom('workbook')
    .select('id')
    .where('sha256', '=', Buffer.from(sha256))
    .where(sql<boolean>`declared is not distinct from (select own.declared from workbook as own where own.id = ${id})`)
    .where('id', '!=', id)
    .where('status', 'in', accepted)
    .orderBy('id')
    .executeTakeFirst()
}

/** An earlier arrival of the same kind whose normalised content is the same, or undefined. */
export async function findDuplicateByContent(
  db: Db,
  { id, contentHash }: { readonly id: number; readonly contentHash: Uint8Array },
) {
  return db
    .selectFrom('workbook')
    .select('id')
    .where('contentHash', '=', Buffer.from(contentHash))
    .where('id', '!=', id)
    .where('status', 'in', accepted)
    .orderBy('id')
    .executeTakeFirst()
}

/** Records that a report was seen again unchanged. */
export async function confirm(db: Db, id: number, at: Date): Promise<void> {
  await db
    .updateTable('workbook')
    .set({ confirmedAt: sql<Date>`greatest(confirmed_at, ${at}::timestamptz)` })
    .where('id', '=', id)
    .execute()
}

export interface WorkbookVerdict {
  readonly status: Exclude<WorkbookStatus, 'pending'>
  readonly reason?: string
  readonly reasonDetail?: string
  readonly kind?: WorkbookKind
  /** The one sheet that was read; the rows of a terminal report name theirs. */
  readonly sheet?: string
  readonly stamp?: Date
  readonly zone?: string
  readonly contentHash?: Uint8Array
  readonly rowCount?: number
  readonly skippedCount?: number
  readonly sourceId?: number
  readonly containers?: readonly string[]
  readonly unknownColumns?: readonly string[]
  readonly warnings?: readonly object[]
  /** Containers that no report before held. */
  readonly newContainers?: number
  /** The mapped layout it was read by. */
  readonly profileId?: number
  /** The first rows as texts. */
  readonly head?: readonly (readonly string[])[]
}

/** Ends the import of a workbook: the verdict is its state from now on. False when it does not wait for one. */
export async function finish(
  db: Db,
  id: number,
  { contentHash, warnings, containers, unknownColumns, head, ...verdict }: WorkbookVerdict,
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('workbook')
    .set({
      ...verdict,
      ...(containers && { containers: [...containers] }),
      ...(unknownColumns && { unknownColumns: [...unknownColumns] }),
      ...(contentHash && { contentHash: Buffer.from(contentHash) }),
      ...(warnings && { warnings: JSON.stringify(warnings) }),
      ...(head && { head: JSON.stringify(head) }),
      finishedAt: sql<Date>`now()`,
    })
    .where('id', '=', id)
    .where('status', '=', 'pending')
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/** When the newest imported dislocation report was formed, and last seen unchanged. */
export async function findFreshness(
  db: Db,
): Promise<{ readonly stamp: Date; readonly confirmedAt: Date | null } | undefined> {
  const row = await db
    .selectFrom('workbook')
    .select(['stamp', 'confirmedAt'])
    .where('kind', '=', 'dislocation')
    .where('status', '=', 'imported')
    .orderBy('stamp', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row?.stamp ? { stamp: row.stamp, confirmedAt: row.confirmedAt } : undefined
}

/** Arrivals with how their import stands, newest first. */
export async function list(
  db: Db,
  { status, limit }: { readonly status?: WorkbookStatus | undefined; readonly limit: number },
) {
  return db
    .selectFrom('workbook')
    .select([
      'id',
      'receivedAt',
      'origin',
      'messageId',
      'overrides',
      'sender',
      'fileName',
      'status',
      'kind',
      'reason',
      'reasonDetail',
      'rowCount',
    ])
    .$if(status !== undefined, (query) => query.where('status', '=', status ?? 'pending'))
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
}

/** The state of a workbook, for somebody who follows it to its end. */
export type FollowedWorkbook = Awaited<ReturnType<typeof listFollowed>>[number]

/** These workbooks, and what was unpacked from them: an archive becomes an arrival for each of its files. */
export async function listFollowed(db: Db, ids: readonly number[]) {
  return db
    .withRecursive('family', (qb) =>
      qb
        .selectFrom('workbook')
        .select('id')
        .where('id', 'in', [0, ...ids])
        .union((eb) =>
          eb
            .selectFrom('workbook')
            .innerJoin('family', 'family.id', 'workbook.parentId')
            .select('workbook.id')
            .whereRef('workbook.id', '>', 'family.id'),
        ),
    )
    .selectFrom('workbook')
    .innerJoin('family', 'family.id', 'workbook.id')
    .select(['workbook.id', 'fileName', 'status', 'kind', 'reason', 'reasonDetail'])
    .select(['rowCount', 'skippedCount', 'newContainers'])
    .orderBy('workbook.id')
    .execute()
}
