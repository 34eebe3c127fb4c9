import { sql } from 'kysely'
import type { Db } from '../platform/client.ts'

/** Addresses that admins keep, and the events that are mailed to them. */
export interface MailList {
  readonly id: number
  readonly name: string
  readonly addresses: readonly string[]
  readonly eventKinds: readonly string[]
  /** Parts of clients' names of which one must fit; none: all clients. */
  readonly clients: readonly string[]
  /** Codes of trains; none: all trains. */
  readonly trains: readonly string[]
}

/** Changes of a list; the fields that are left out stay. */
export type MailListChange = Partial<Omit<MailList, 'id'>>

const columns = ['id', 'name', 'addresses', 'eventKinds', 'clients', 'trains'] as const

/** How many lists there may be. */
export const mostLists = 50

/** All lists, the oldest first. */
export async function list(db: Db): Promise<readonly MailList[]> {
  return db.selectFrom('mailList').select(columns).where('deletedAt', 'is', null).orderBy('id').execute()
}

/** Undefined for one that is removed, too. */
export async function find(db: Db, id: number): Promise<MailList | undefined> {
  return db
    .selectFrom('mailList')
    .select(columns)
    .where('id', '=', id)
    .where('deletedAt', 'is', null)
    .executeTakeFirst()
}

/** Adds a list for unloadings without addresses; undefined when there are as many as there may be. */
export async function insert(db: Db, name: string): Promise<{ readonly id: number } | undefined> {
  if ((await list(db)).length >= mostLists) return undefined
  return db.insertInto('mailList').values({ name }).returning('id').executeTakeFirstOrThrow()
}

/** Changes what is named; undefined when the list is gone. */
export async function change(db: Db, id: number, changes: MailListChange): Promise<MailList | undefined> {
  const { name, addresses, eventKinds, clients, trains } = changes
  return db
    .updateTable('mailList')
    .set({
      ...(name !== undefined && { name }),
      ...(addresses && { addresses: [...addresses] }),
      ...(eventKinds && { eventKinds: [...eventKinds] }),
      ...(clients && { clients: [...clients] }),
      ...(trains && { trains: [...trains] }),
    })
    .where('id', '=', id)
    .where('deletedAt', 'is', null)
    .returning(columns)
    .executeTakeFirst()
}

/** A change as the record of who did what keeps it. */
export function detailsOf(changes: MailListChange): Readonly<Partial<Record<keyof MailListChange, string>>> {
  return Object.fromEntries(Object.entries(changes).map(([field, value]) => [field, String(value)]))
}

/** Removes a list; its mails stay in the ledger. False when it was gone. */
export async function remove(db: Db, id: number): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('mailList')
    .set({ deletedAt: sql<Date>`now()` })
    .where('id', '=', id)
    .where('deletedAt', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

const testAfterMinutes = 10

/** Records that a test mail goes to a list now; undefined when one went within the last ten minutes, or the list is gone. */
export async function claimTest(tx: Db, id: number): Promise<MailList | undefined> {
  return tx
    .updateTable('mailList')
    .set({ testedAt: sql<Date>`now()` })
    .where('id', '=', id)
    .where('deletedAt', 'is', null)
    .where(sql<boolean>`coalesce(tested_at < now() - make_interval(mins => ${testAfterMinutes}), true)`)
    .returning(columns)
    .executeTakeFirst()
}

/** Takes an address off the list whose mail it answered with a refusal; undefined when the mail was of no list, or the address is off already. */
export async function dropAddress(
  tx: Db,
  { deliveryId, address }: { readonly deliveryId: number; readonly address: string },
): Promise<{ readonly id: number } | undefined> {
  return tx
    .updateTable('mailList')
    .from('delivery')
    .innerJoin('eventMail', 'eventMail.id', 'delivery.eventMailId')
    .set({
      addresses: sql<
        string[]
      >`array(select each from unnest(mail_list.addresses) as each where lower(each) <> lower(${address}))`,
    })
    .whereRef('mailList.id', '=', 'eventMail.mailListId')
    .where('delivery.id', '=', deliveryId)
    .where(sql<boolean>`lower(${address}) in (select lower(each) from unnest(mail_list.addresses) as each)`)
    .returning('mailList.id')
    .executeTakeFirst()
}
