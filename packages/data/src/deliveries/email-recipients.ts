import { sql } from 'kysely'
import type { Db } from '../platform/client.ts'

export interface EmailRecipient {
  readonly address: string
  /** The operator's fixed recipients get everything, an unproved address a code, and everything else goes to proved ones that have not bounced. */
  readonly mayReceive: boolean
}

/** Whom an e-mail delivery is for as things stand now: the person may have changed the address since it was written. */
export async function find(db: Db, deliveryId: number): Promise<EmailRecipient | undefined> {
  return db
    .selectFrom('delivery')
    .leftJoin('emailAddress', 'emailAddress.id', 'delivery.emailAddressId')
    .select([
      sql<string>`coalesce(email_address.address, delivery.address)`.as('address'),
      sql<boolean>`delivery.address <> '' or delivery.kind = 'code'
        or (verified_at is not null and bounced_at is null)`.as('mayReceive'),
    ])
    .where('delivery.id', '=', deliveryId)
    .executeTakeFirst()
}

/** Records that the mail server refuses an address for good, unless the person has another by now. */
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
