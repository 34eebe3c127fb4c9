import type { AccessPolicy } from '@atermtrack/domain'
import { sql } from 'kysely'
import type { Db } from '../platform/client.ts'
import * as broadcasts from './broadcasts.ts'

export const approval: AccessPolicy = { mode: 'approval', adminChatIds: [], unnamed: 'hidden' }
export const me = { holder: 'me', policy: approval }
export const content = { method: 'sendMessage', payload: { text: 'x' } }

export async function aGranted(db: Db, telegramId: number): Promise<number> {
  return aPerson(db, telegramId, { access: 'granted' })
}

export async function aPerson(db: Db, telegramId: number, columns: object): Promise<number> {
  const person = { telegramId, ...columns }
  return (await db.insertInto('person').values(person).returning('id').executeTakeFirstOrThrow()).id
}

export async function anExpanded(db: Db, recipients: number): Promise<number> {
  await sql`insert into person (telegram_id, access)
    select 100 + n, 'granted' from generate_series(1, ${recipients}::int) n`.execute(db)
  const id = await aDraft(db)
  await broadcasts.confirm(db, id, { revision: 1 })
  await expandWhole(db, id)
  return id
}

export async function aDraft(db: Db, draft: Partial<broadcasts.NewDraft> = {}): Promise<number> {
  const authorId = await aPerson(db, 7, {})
  const { id } = await broadcasts.insertDraft(db, { authorId, chatId: 7, text: 'x', content, updateId: 1, ...draft })
  return id
}

export async function expandWhole(db: Db, id: number, limit = 10_000): Promise<void> {
  for (;;) {
    const { kind } = await db.transaction().execute((tx) => broadcasts.expandStep(tx, id, approval, { limit }))
    if (kind !== 'more') return
  }
}
