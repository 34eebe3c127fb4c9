import { sql } from 'kysely'
import type { Db } from '../platform/client.ts'
import type { StoredFile } from '../platform/stored-files.ts'
import { deleteUnusedFiles } from '../platform/unused-files.ts'

/** A person's own workbook that the reports of a subscription fill. */
export interface SubscriptionTemplate {
  readonly fileName: string
  readonly storedAt: Date
  /** Why the last attempt to fill it failed; null while it can be filled. */
  readonly failedReason: string | null
}

/** The template of a subscription, without its bytes. */
export async function find(db: Db, subscriptionId: number): Promise<SubscriptionTemplate | undefined> {
  return db
    .selectFrom('subscriptionTemplate')
    .select(['fileName', 'storedAt', 'failedReason'])
    .where('subscriptionId', '=', subscriptionId)
    .executeTakeFirst()
}

/** The bytes of a template, by the hash under which they are stored. */
export interface TemplateFile extends StoredFile {
  readonly sha256: Buffer
}

/** The file of the template of a subscription; undefined when it has none. */
export async function findFile(db: Db, subscriptionId: number): Promise<TemplateFile | undefined> {
  const row = await db
    .selectFrom('subscriptionTemplate')
    .innerJoin('blob', 'blob.sha256', 'subscriptionTemplate.sourceSha256')
    .select(['blob.sha256', sql<number>`octet_length(blob.content)`.as('size')])
    .where('subscriptionId', '=', subscriptionId)
    .executeTakeFirst()
  return row && { ...row, source: { kind: 'blob', sha256: row.sha256 } }
}

export interface NewTemplate {
  readonly subscriptionId: number
  /** The sender: only the owner of the subscription can give it a template. */
  readonly personId: number
  readonly fileName: string
  /** Of a stored file. */
  readonly sha256: Uint8Array
}

/**
 * Makes a stored file the template of a subscription, instead of the one before. Returns the name of the subscription, or undefined when it
 * is somebody else's or deleted. Needs a transaction.
 */
export async function put(
  tx: Db,
  { subscriptionId, personId, fileName, sha256 }: NewTemplate,
): Promise<string | undefined> {
  const subscription = await tx
    .selectFrom('subscription')
    .select('name')
    .where('id', '=', subscriptionId)
    .where('personId', '=', personId)
    .where('deletedAt', 'is', null)
    // Two files for one subscription come one after the other.
    .forNoKeyUpdate()
    .executeTakeFirst()
  const sourceSha256 = Buffer.from(sha256)
  const before = subscription ? await hashesOf(tx, subscriptionId) : [sourceSha256]
  if (subscription) {
    const file = { sourceSha256, fileName, storedAt: sql<Date>`now()`, failedReason: null }
    await tx
      .insertInto('subscriptionTemplate')
      .values({ subscriptionId, ...file })
      .onConflict((conflict) => conflict.column('subscriptionId').doUpdateSet(file))
      .execute()
  }
  await deleteUnusedFiles(tx, before)
  return subscription?.name
}

/** Removes the template of a subscription and its bytes; false when there is none. Needs a transaction. */
export async function remove(tx: Db, subscriptionId: number): Promise<boolean> {
  const rows = await tx
    .deleteFrom('subscriptionTemplate')
    .where('subscriptionId', '=', subscriptionId)
    .returning('sourceSha256')
    .execute()
  const hashes = rows.map(({ sourceSha256 }) => sourceSha256)
  await deleteUnusedFiles(tx, hashes)
  return hashes.length > 0
}

/** Gives a copy of a subscription the same template. */
export async function copy(tx: Db, { from, to }: { readonly from: number; readonly to: number }): Promise<void> {
  await tx
    .insertInto('subscriptionTemplate')
    .columns(['subscriptionId', 'sourceSha256', 'fileName'])
    .expression((eb) =>
      eb
        .selectFrom('subscriptionTemplate')
        .select([sql<number>`${to}::bigint`.as('subscriptionId'), 'sourceSha256', 'fileName'])
        .where('subscriptionId', '=', from),
    )
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/**
 * Records that a template cannot be filled. Returns its owner to be notified, once for each template; undefined afterwards, and when there is
 * another template meanwhile.
 */
export async function markFailed(
  tx: Db,
  {
    subscriptionId,
    sha256,
    reason,
  }: { readonly subscriptionId: number; readonly sha256: Buffer; readonly reason: string },
) {
  return tx
    .updateTable('subscriptionTemplate')
    .from('subscription')
    .innerJoin('person', 'person.id', 'subscription.personId')
    .set({ failedReason: reason })
    .whereRef('subscription.id', '=', 'subscriptionTemplate.subscriptionId')
    .where('subscriptionTemplate.subscriptionId', '=', subscriptionId)
    .where('sourceSha256', '=', sha256)
    .where('failedReason', 'is', null)
    .where('unreachableSince', 'is', null)
    .returning(['name', 'subscriptionTemplate.fileName', 'personId', 'telegramId as chatId'])
    .executeTakeFirst()
}

/** Deletes the templates of subscriptions that ended long ago, too long to take that back. Returns how many went. */
export async function deleteOrphans(
  db: Db,
  { days, limit }: { readonly days: number; readonly limit: number },
): Promise<number> {
  return db.transaction().execute(async (tx) => {
    const ended = await tx
      .selectFrom('subscriptionTemplate')
      .innerJoin('subscription', 'subscription.id', 'subscriptionTemplate.subscriptionId')
      .select(['subscriptionId', 'sourceSha256'])
      .where('deletedAt', '<', sql<Date>`now() - make_interval(days => ${days})`)
      .limit(limit)
      .forUpdate('subscriptionTemplate')
      .skipLocked()
      .execute()
    const ids = ended.map(({ subscriptionId }) => subscriptionId)
    await tx
      .deleteFrom('subscriptionTemplate')
      .where('subscriptionId', '=', sql<number>`any(${ids}::bigint[])`)
      .execute()
    await deleteUnusedFiles(
      tx,
      ended.map(({ sourceSha256 }) => sourceSha256),
    )
    return ended.length
  })
}

async function hashesOf(tx: Db, subscriptionId: number): Promise<readonly Buffer[]> {
  const rows = await tx
    .selectFrom('subscriptionTemplate')
    .select('sourceSha256')
    .where('subscriptionId', '=', subscriptionId)
    .execute()
  return rows.map(({ sourceSha256 }) => sourceSha256)
}
