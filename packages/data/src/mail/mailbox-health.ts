import { sql } from 'kysely'
import type { Db } from '../platform/client.ts'

export interface MailboxHealth {
  readonly okAt: Date | null
  /** When the first of the failures since `okAt` was; null while the mailbox is read. */
  readonly failingSince: Date | null
  readonly error: string | null
  readonly loginRefused: boolean
}

/** The state of the reading of a mailbox; undefined when it was never tried. */
export async function find(db: Db, mailbox: string): Promise<MailboxHealth | undefined> {
  return db
    .selectFrom('mailboxHealth')
    .select(['okAt', 'failingSince', 'error', 'loginRefused'])
    .where('mailbox', '=', mailbox)
    .executeTakeFirst()
}

/** Records that the mailbox was reached just now, and how long its last login took; its failures are over. */
export async function recordSuccess(db: Db, mailbox: string, connectMs?: number): Promise<void> {
  const reached = { okAt: sql<Date>`now()`, failingSince: null, error: null, loginRefused: false }
  const well = { ...reached, ...(connectMs !== undefined && { connectMs }) }
  await db
    .insertInto('mailboxHealth')
    .values({ mailbox, ...well })
    .onConflict((conflict) => conflict.column('mailbox').doUpdateSet(well))
    .execute()
}

/** Records a failure; the first of a row of failures sets the time. `error` must be free of secrets. */
export async function recordFailure(
  db: Db,
  mailbox: string,
  { error, loginRefused }: { readonly error: string; readonly loginRefused: boolean },
): Promise<void> {
  const failingSince = sql<Date>`coalesce(mailbox_health.failing_since, now())`
  await db
    .insertInto('mailboxHealth')
    .values({ mailbox, failingSince: sql<Date>`now()`, error, loginRefused })
    .onConflict((conflict) => conflict.column('mailbox').doUpdateSet({ failingSince, error, loginRefused }))
    .execute()
}
