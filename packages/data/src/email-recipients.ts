import { sql } from 'kysely'
import type { Db } from './client.ts'

export interface EmailRecipient {
  readonly address: string
  /** A code goes to an address that is yet to be proved, everything else only to a proved one that has not bounced. */
  readonly mayReceive: boolean
}

/** Whom an e-mail delivery is for as things stand now: the person may have changed the address since it was written. */
export async function find(db: Db, deliveryId: number): Promise<EmailRecipient | undefined> {
  return db
    .selectFrom('delivery')
    .innerJoin('emailAddress', 'emailAddress.id', 'delivery.emailAddressId')
    .select([
      'emailAddress.address',
      sql<boolean>`delivery.kind = 'code' or (verified_at is not null and bounced_at is null)`.as('mayReceive'),
    ])
    .where('delivery.id', '=', deliveryId)
    .executeTakeFirst()
}

/** Notes that the mail server refuses an address for good, unless the person has another by now. */
export async function markBounced(db: Db, deliveryId: number, address: string): Promise<void> {
  await db
    .updateTable('emailAddress')
    .from('delivery')
    .set({ bouncedAt: sql<Date>`now()` })
    .whereRef('delivery.emailAddressId', '=', 'emailAddress.id')
    .where('delivery.id', '=', deliveryId)
    .where('emailAddress.address', '=', address)
    .execute()
}
