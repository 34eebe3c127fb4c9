import { type RawBuilder, sql } from 'kysely'
import type { Db } from '../../platform/client.ts'
import type { PersonalPlace, Subject } from './place.ts'
import { type Addressee, deliveriesTo, isUpdateOf, noticesAbout } from './subject.ts'

const rows = (from: RawBuilder<unknown>) => sql<number>`(select count(*) from ${from})`

/** Messages to people and from them. Rows of e-mail go with the address. */
export const messagePlaces: readonly PersonalPlace[] = [
  {
    columns: ['delivery.chat_id', 'delivery.person_id'],
    collect: async (db, subject) => ({ deliveries: await listDeliveries(db, subject) }),
    count: (subject) => ({ deliveries: rows(sql`${deliveriesTo(subject)} as mine`) }),
    erase: blankDeliveries,
  },
  {
    columns: ['email_address.person_id'],
    collect: async (db, { personId }) => ({ email: await listEmailAddresses(db, personId) }),
    count: ({ personId }) => ({ emailAddresses: rows(sql`email_address where person_id = ${personId}`) }),
    erase: async (tx, { personId }) => {
      await tx.deleteFrom('emailAddress').where('personId', '=', personId).execute()
    },
  },
  {
    columns: ['subscription_change_notice.person_id'],
    erase: async (tx, { personId }) => {
      await tx.deleteFrom('subscriptionChangeNotice').where('personId', '=', personId).execute()
    },
  },
  {
    columns: ['late_register_reader.person_id'],
    erase: async (tx, { personId }) => {
      await tx.deleteFrom('lateRegisterReader').where('personId', '=', personId).execute()
    },
  },
  {
    columns: ['broadcast.author_id', 'broadcast.chat_id'],
    collect: async (db, { personId }) => ({ broadcasts: await listBroadcasts(db, personId) }),
    erase: blankBroadcasts,
  },
  {
    columns: ['telegram_update.chat_id'],
    collect: async (db, { telegramId }) => ({ messages: await listMessages(db, telegramId) }),
    count: ({ telegramId }) => ({ messages: rows(sql`telegram_update where ${isUpdateOf(telegramId)}`) }),
    erase: blankUpdates,
  },
]

async function listDeliveries(db: Db, addressee: Addressee) {
  return db
    .selectFrom('delivery')
    .select(['channel', 'kind', 'status', 'subject', 'createdAt', 'finishedAt', 'error'])
    .where('id', 'in', deliveriesTo(addressee))
    .orderBy('id')
    .execute()
}

async function listEmailAddresses(db: Db, personId: number) {
  return db
    .selectFrom('emailAddress')
    .select(['address', 'name', 'verifiedAt', 'bouncedAt', 'unsubscribedAt', 'createdAt'])
    .where('personId', '=', personId)
    .execute()
}

async function listBroadcasts(db: Db, personId: number) {
  return db
    .selectFrom('broadcast')
    .select(['text', 'status', 'recipients', 'createdAt', 'finishedAt'])
    .where('authorId', '=', personId)
    .orderBy('id')
    .execute()
}

async function listMessages(db: Db, telegramId: number) {
  return db
    .selectFrom('telegramUpdate')
    .select(['receivedAt', 'payload as asTelegramSentIt'])
    .where(isUpdateOf(telegramId))
    .orderBy('seq')
    .execute()
}

/**
 * Cancels the deliveries that wait. One that is being sent keeps its state, and its sender records the outcome; should it come
 * again, there is nothing left to send. Notices about the person, such as their request for access, are known by the Telegram id.
 */
async function blankDeliveries(tx: Db, { personId, telegramId, nobody }: Subject): Promise<void> {
  await sql`
    update delivery set
      text = null, markup = null, notice = null, attachment = null, subject = null,
      chat_id = case when chat_id = ${telegramId} then ${nobody} else chat_id end,
      status = case when status in ('pending', 'retry') then 'cancelled'::delivery_status else status end,
      finished_at = case when status in ('pending', 'retry') then now() else finished_at end
    where id in (${deliveriesTo({ personId, telegramId })} union ${noticesAbout({ telegramId })})
  `.execute(tx)
}

async function blankBroadcasts(tx: Db, { personId, nobody }: Subject): Promise<void> {
  const isForThem = sql<boolean>`audience @> ${JSON.stringify({ kind: 'person', personId })}::jsonb`
  await tx
    .deleteFrom('broadcast')
    .where((eb) => eb.or([eb('authorId', '=', personId), isForThem]))
    .where('status', '=', 'draft')
    .execute()
  await tx.updateTable('broadcast').set({ chatId: nobody }).where('authorId', '=', personId).execute()
}

/** The rows stay: an update that Telegram repeats is known by its id. */
async function blankUpdates(tx: Db, { telegramId, nobody, updateId }: Subject): Promise<void> {
  await tx
    .updateTable('telegramUpdate')
    .set({ doneAt: sql<Date>`now()`, outcome: 'ignored', answers: null })
    .where('chatId', '=', telegramId)
    .where('doneAt', 'is', null)
    .where('updateId', '!=', updateId)
    .execute()
  await tx
    .updateTable('telegramUpdate')
    .set({
      payload: '{}',
      answers: null,
      chatId: sql`case when chat_id = ${telegramId} then ${nobody} else chat_id end`,
    })
    .where(isUpdateOf(telegramId))
    .where((eb) => eb.or([eb('doneAt', 'is not', null), eb('updateId', '=', updateId)]))
    .execute()
}
