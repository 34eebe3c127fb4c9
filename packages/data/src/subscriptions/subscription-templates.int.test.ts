import { createHash } from 'node:crypto'
import { expect, test } from '@atermtrack/testkit'
import { sql } from 'kysely'
import type { Db } from '../platform/client.ts'
import * as storedFiles from '../platform/stored-files.ts'
import { releaseOriginals } from '../workbooks/originals/release-originals.ts'
import * as templates from './subscription-templates.ts'
import * as subscriptions from './subscriptions.ts'

async function anOwner(db: Db, telegramId: number) {
  const person = await db.insertInto('person').values({ telegramId }).returning('id').executeTakeFirstOrThrow()
  const timed = { slots: ['09:00'], zone: 'Asia/Omsk', nextDueAt: new Date(), items: [] }
  const { id } = await subscriptions.insert(db, {
    ...timed,
    personId: person.id,
    name: 'Мой',
    createdUpdateId: telegramId,
  })
  return { personId: person.id, subscriptionId: id }
}

async function put(db: Db, owner: { readonly personId: number; readonly subscriptionId: number }, text: string) {
  const content = Buffer.from(text)
  const sha256 = createHash('sha256').update(content).digest()
  return db.transaction().execute(async (tx) => {
    await storedFiles.store(tx, { sha256, content })
    return templates.put(tx, { ...owner, sha256, fileName: `${text}.xlsx` })
  })
}

async function contents(db: Db): Promise<readonly string[]> {
  const rows = await db.selectFrom('blob').select('content').orderBy('createdAt').execute()
  return rows.map(({ content }) => content.toString())
}

test('a subscription has one template, and only its owner gives it one', async ({ db }) => {
  const [owner, other] = [await anOwner(db, 1), await anOwner(db, 2)]
  expect(await put(db, owner, 'first')).toBe('Мой')
  expect(await put(db, owner, 'second')).toBe('Мой')
  expect(await put(db, { ...other, subscriptionId: owner.subscriptionId }, 'foreign')).toBeUndefined()
  expect(await templates.find(db, owner.subscriptionId)).toMatchObject({ fileName: 'second.xlsx', failedReason: null })
  expect(await templates.find(db, other.subscriptionId)).toBeUndefined()
  // Bytes that nobody needs are gone.
  expect(await contents(db)).toEqual(['second'])
  expect(await templates.remove(db, owner.subscriptionId)).toBe(true)
  expect(await templates.remove(db, owner.subscriptionId)).toBe(false)
  expect(await contents(db)).toEqual([])
})

test('a copy of a subscription has the same template, and the file stays while one of them needs it', async ({
  db,
}) => {
  const owner = await anOwner(db, 1)
  await put(db, owner, 'mine')
  const made = { name: 'Копия', createdUpdateId: 9 }
  const copy = await db
    .transaction()
    .execute((tx) => subscriptions.copy(tx, owner.subscriptionId, owner.personId, made))
  await templates.remove(db, owner.subscriptionId)
  expect(await templates.findFile(db, copy!.id)).toMatchObject({ size: 4 })
  await db
    .updateTable('blob')
    .set({ createdAt: sql`now() - interval '9 days'` })
    .execute()
  expect(await releaseOriginals(db, { days: 1, limit: 10 })).toBe(0)
  expect(await contents(db)).toEqual(['mine'])
})

test('it goes some time after its subscription', async ({ db }) => {
  const owner = await anOwner(db, 1)
  await put(db, owner, 'mine')
  await subscriptions.remove(db, owner.subscriptionId, owner.personId)
  expect(await templates.deleteOrphans(db, { days: 1, limit: 10 })).toBe(0)
  await db
    .updateTable('subscription')
    .set({ deletedAt: sql`now() - interval '25 hours'` })
    .execute()
  expect(await templates.deleteOrphans(db, { days: 1, limit: 10 })).toBe(1)
  expect(await contents(db)).toEqual([])
})
