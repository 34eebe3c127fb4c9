import { containerNumber, expect, test } from '@atermtrack/testkit'
import type { Db } from '../platform/client.ts'
import * as people from '../people/people.ts'
import * as subscriptionItems from './subscription-items.ts'
import * as watchLists from './watch-lists.ts'

async function aList(db: Db) {
  const { id: personId } = await people.ensure(db, {
    telegramId: 1001,
    firstName: 'Анна',
    lastName: null,
    username: null,
    language: 'ru',
  })
  const nextDueAt = new Date('2025-09-02T06:00:00Z')
  return { personId, name: 'Слежу', slots: ['09:00'], zone: 'Asia/Vladivostok', nextDueAt }
}

async function containersOf(db: Db) {
  const lists = await db.selectFrom('subscription').select('id').where('deletedAt', 'is', null).execute()
  const ids = lists.map(({ id }) => id)
  const containers = await subscriptionItems.listContainers(db, ids)
  return ids.map((id) => containers.get(id) ?? [])
}

test('a watch list is one list of a person, however many begin it at once', async ({ db }) => {
  const fresh = await aList(db)
  const numbers = [1, 2, 3, 4].map(containerNumber)
  await Promise.all(numbers.map((container) => db.transaction().execute((tx) => watchLists.add(tx, container, fresh))))
  expect((await containersOf(db)).map((containers) => containers.toSorted())).toEqual([numbers.toSorted()])
})

test('a full watch list accepts no more and says so', async ({ db }) => {
  const fresh = await aList(db)
  const { id } = await watchLists.add(db, containerNumber(0), fresh)
  const numbers = Array.from({ length: 1_000 }, (_, index) => ({ container: containerNumber(index) }))
  await subscriptionItems.add(db, id, numbers)
  expect(await watchLists.add(db, containerNumber(1_000), fresh)).toMatchObject({ name: 'Слежу', holds: false })
  expect(await watchLists.add(db, containerNumber(7), fresh)).toMatchObject({ holds: true })
  expect((await containersOf(db))[0]).toHaveLength(1_000)
})

test('a watch list keeps its times, ends with its last container and can begin again', async ({ db }) => {
  const fresh = await aList(db)
  await watchLists.add(db, containerNumber(1), fresh)
  expect(await watchLists.add(db, containerNumber(2), { ...fresh, slots: ['16:00'] })).toMatchObject({
    slots: ['09:00'],
  })
  await watchLists.remove(db, containerNumber(1), fresh.personId)
  expect(await containersOf(db)).toEqual([[containerNumber(2)]])
  await watchLists.remove(db, containerNumber(2), fresh.personId)
  expect(await containersOf(db)).toEqual([])
  await watchLists.add(db, containerNumber(3), fresh)
  expect(await containersOf(db)).toEqual([[containerNumber(3)]])
})
