import { sql } from 'kysely'
import type { Db } from '../platform/client.ts'
import { receivesMail } from '../people/email-addresses.ts'

export interface EmailRecipient {
  readonly address: string
  /** Of the person's own address; undefined for a fixed recipient. */
  readonly emailAddressId: number | undefined
  /** It stands on the list of admins that the mail is for. */
  readonly isOfList: boolean
  /** Fixed recipients of the operator's choice get everything, an unproved address a code, and everything else goes to proved ones that are not paused. */
  readonly mayReceive: boolean
  /** Of the message, without brackets: the same at each attempt, and not to be guessed. */
  readonly messageId: string
}

/**
 * Whom a claimed e-mail is for as things stand now: the person may have removed or paused the address since it was written. Stores the Message-ID with
 * its first attempt.
 */
export async function prepare(
  db: Db,
  deliveryId: number,
  { domain }: { readonly domain: string },
): Promise<EmailRecipient | undefined> {
  const row = await db
    .updateTable('delivery')
    .set({
      messageId: sql<string>`coalesce(message_id, concat('delivery-', delivery.id, '.', gen_random_uuid(), '@', ${domain}::text))`,
    })
    .where('delivery.id', '=', deliveryId)
    .returning(['address', 'kind', 'emailAddressId', sql<string>`message_id`.as('messageId'), isOfList.as('isOfList')])
    .executeTakeFirst()
  if (!row) return undefined
  const { address, kind, emailAddressId, messageId } = row
  if (address !== '') return { ...row, emailAddressId: undefined, mayReceive: true }
  if (emailAddressId === null) return undefined
  const own = await db
    .selectFrom('emailAddress')
    .select(['address', receivesMail.as('receives')])
    .where('id', '=', emailAddressId)
    .executeTakeFirst()
  return (
    own && {
      address: own.address,
      emailAddressId,
      isOfList: false,
      mayReceive: kind === 'code' || own.receives,
      messageId,
    }
  )
}

/** The fixed recipients get copies of the mails of a list without being on it. */
const isOfList = sql<boolean>`exists (
  select from event_mail join mail_list on mail_list.id = event_mail.mail_list_id
  where event_mail.id = delivery.event_mail_id
    and lower(delivery.address) in (select lower(each) from unnest(mail_list.addresses) as each))`

/** A person's address that has just been paused, and where its owner is notified. */
export interface PausedAddress {
  readonly id: number
  readonly address: string
  readonly personId: number
  readonly chatId: number
}

/**
 * Pauses the address to which a delivery went: the mail server refuses it, or its owner wants no more. Undefined when it was paused for that before, or the person
 * has removed it.
 */
export async function pause(
  db: Db,
  deliveryId: number,
  { address, because }: { readonly address: string; readonly because: 'bounced' | 'unsubscribed' },
): Promise<PausedAddress | undefined> {
  const column = because === 'bounced' ? ('bouncedAt' as const) : ('unsubscribedAt' as const)
  return db
    .updateTable('emailAddress')
    .from('delivery')
    .innerJoin('person', (join) => join.onTrue())
    .set({ [column]: sql<Date>`now()` })
    .whereRef('delivery.emailAddressId', '=', 'emailAddress.id')
    .whereRef('person.id', '=', 'emailAddress.personId')
    .where('delivery.id', '=', deliveryId)
    .where(sql<boolean>`lower(email_address.address) = lower(${address})`)
    .where(`emailAddress.${column}`, 'is', null)
    .returning(['emailAddress.id', 'emailAddress.address', 'emailAddress.personId', 'person.telegramId as chatId'])
    .executeTakeFirst()
}

/** A mail of the ledger that somebody answers or that comes back. */
export interface SentMail {
  readonly deliveryId: number
  /** The address that it went to, as it is now; undefined when it is removed. */
  readonly address: string | undefined
}

/** The mails whose Message-IDs (without brackets) are among `messageIds`: only their recipients know these. At most ten. */
export async function findSent(db: Db, messageIds: readonly string[]): Promise<readonly SentMail[]> {
  if (messageIds.length === 0) return []
  const rows = await db
    .selectFrom('delivery')
    .leftJoin('emailAddress', 'emailAddress.id', 'delivery.emailAddressId')
    .select(['delivery.id as deliveryId'])
    .select(sql<string | null>`coalesce(email_address.address, nullif(delivery.address, ''))`.as('address'))
    .where('messageId', '=', sql<string>`any(${messageIds})`)
    .orderBy('delivery.id', 'desc')
    .limit(10)
    .execute()
  return rows.map(({ deliveryId, address }) => ({ deliveryId, address: address ?? undefined }))
}
