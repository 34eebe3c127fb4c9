import type { AccessPolicy } from '@atermtrack/domain'
import { expect, openPolicy, test } from '@atermtrack/testkit'
import type { Db } from '../platform/client.ts'
import * as dueSubscriptions from './due-subscriptions.ts'
import type { Person } from '../people/people.ts'

async function subscriptions(db: Db, nextDueAts: readonly Date[]): Promise<readonly number[]> {
  const person = await db.insertInto('person').values({ telegramId: 7 }).returning('id').executeTakeFirstOrThrow()
  const rows = await db
    .insertInto('subscription')
    .values(
      nextDueAts.map((nextDueAt) => ({
        personId: person.id,
        name: 'A',
        slots: ['09:00'],
        zone: 'Asia/Chita',
        nextDueAt,
      })),
    )
    .returning('id')
    .execute()
  return rows.map(({ id }) => id)
}

test('a subscription that one process holds is skipped by another', async ({ db }) => {
  const minute = 60_000
  const [newer, older] = await subscriptions(db, [
    new Date(Date.now() - minute),
    new Date(Date.now() - 2 * minute),
    new Date(Date.now() + minute),
  ])
  await db.transaction().execute(async (one) => {
    const first = await dueSubscriptions.claim(one, 1, openPolicy)
    expect(first.map(({ id }) => id)).toEqual([older])
    await db.transaction().execute(async (two) => {
      const second = await dueSubscriptions.claim(two, 10, openPolicy)
      expect(second.map(({ id }) => id)).toEqual([newer])
    })
  })
})

test('a subscription that was moved on is not due any more', async ({ db }) => {
  const ids = await subscriptions(db, [new Date(0), new Date(0)])
  const moments = [new Date('2099-01-01T00:00:00.123Z'), new Date('2099-01-02T00:00:00Z')]
  await dueSubscriptions.advance(
    db,
    ids.map((id, index) => ({ id, nextDueAt: moments[index]! })),
  )
  expect(await dueSubscriptions.claim(db, 10, openPolicy)).toEqual([])
  const rows = await db.selectFrom('subscription').select('nextDueAt').orderBy('id').execute()
  expect(rows.map(({ nextDueAt }) => nextDueAt)).toEqual(moments)
})

test('shows what each person may do at this moment', async ({ db }) => {
  await subscriptions(db, [new Date(0)])
  const accessOf = async (person: Partial<Pick<Person, 'access' | 'accessDecidedAt'>>, policy: AccessPolicy) => {
    await db.updateTable('person').set(person).execute()
    return (await dueSubscriptions.claim(db, 1, policy))[0]?.access.kind
  }
  expect(await accessOf({ access: 'none' }, openPolicy)).toBe('allowed')
  expect(await accessOf({ access: 'none' }, { ...openPolicy, mode: 'approval' })).toBe('stranger')
  expect(await accessOf({ access: 'denied', accessDecidedAt: new Date() }, openPolicy)).toBe('declined')
  expect(await accessOf({ access: 'requested' }, openPolicy)).toBe('waiting')
})
