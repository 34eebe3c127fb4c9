import { changeOfList, isTripOver } from '@atermtrack/domain'
import { containerNumber, describe, expect, test } from '@atermtrack/testkit'
import { sql } from 'kysely'
import type { Db } from '../platform/client.ts'
import { rebuildTrips } from '../trips/rebuild-trips.ts'
import * as finishedItems from './finished-items.ts'
import * as removedItems from './removed-items.ts'
import * as items from './subscription-items.ts'
import * as subscriptions from './subscriptions.ts'
import { aSubscription, storePositions } from './subscriptions.test-helper.ts'

const [first, second, third] = ['MSKU6011672', 'CSQU3054383', 'TEMU2650058'] as const

async function listed(db: Db, id: number) {
  return (await items.listContainers(db, [id])).get(id) ?? []
}

describe('a list', () => {
  test('keeps the order and the words of the person', async ({ db }) => {
    const { id, personId } = await aSubscription(db, { items: [{ container: second, note: 'мебель' }] })
    const added = await items.add(db, id, [
      { container: first, orderNumber: '17' },
      { container: second, orderNumber: '18' },
    ])
    expect(added).toEqual({ added: [first], left: 0 })
    expect(await items.list(db, id, { offset: 0, limit: 5 })).toEqual({
      total: 2,
      rows: [
        { container: second, note: 'мебель', orderNumber: '18', leftAt: null },
        { container: first, note: null, orderNumber: '17', leftAt: null },
      ],
    })
    await removedItems.remove(db, id, [second, third])
    expect(await listed(db, id)).toEqual([first])
    expect(await subscriptions.find(db, id, personId)).toMatchObject({ size: 1 })
  })

  test('holds a thousand', async ({ db }) => {
    const numbers = Array.from({ length: 1_001 }, (_, index) => ({ container: containerNumber(index) }))
    const { id } = await aSubscription(db, { items: [] })
    expect(await items.add(db, id, numbers)).toMatchObject({ left: 1 })
    expect(await listed(db, id)).toHaveLength(1_000)
    await removedItems.remove(db, id, [containerNumber(3)])
    expect(await items.add(db, id, [{ container: first }, { container: second }])).toEqual({ added: [first], left: 1 })
  })

  test('takes back what was removed together, with words and places, and within a day', async ({ db }) => {
    const { id } = await aSubscription(db, {
      items: [{ container: first, note: 'мебель', orderNumber: '17' }, { container: second }, { container: third }],
    })
    const before = await items.list(db, id, { offset: 0, limit: 5 })
    const removed = await removedItems.remove(db, id, [first, second, containerNumber(9)])
    expect(removed).toMatchObject({ count: 2, listed: 2 })
    const later = await removedItems.remove(db, id, [third])
    expect(await listed(db, id)).toEqual([])
    // One that was added again keeps what it has now.
    await items.add(db, id, [{ container: second, note: 'новое' }])
    const putBack = (at: Date | undefined) =>
      db.transaction().execute((tx) => removedItems.putBack(tx, id, at ?? new Date(0)))
    expect(await putBack(removed.at)).toBe(1)
    expect(await putBack(removed.at)).toBe(0)
    const { rows } = await items.list(db, id, { offset: 0, limit: 5 })
    expect(rows).toHaveLength(2)
    expect(rows).toContainEqual(before.rows[0])
    expect(rows).toContainEqual(expect.objectContaining({ container: second, note: 'новое' }))
    await sql`update subscription_removed_item set removed_at = removed_at - interval '25 hours'`.execute(db)
    expect(await putBack(new Date(later.at!.getTime() - 25 * 3_600_000))).toBe(0)
    expect(await removedItems.deleteOld(db, { days: 1, limit: 10 })).toBe(1)
  })

  test('is copied with its choices, and not with its readers', async ({ db }) => {
    const { id, personId } = await aSubscription(db, { items: [{ container: first, note: 'а' }], weekdays: [1] })
    const copy = await subscriptions.copy(db, id, personId, { name: 'Копия', createdUpdateId: 77 })
    expect(await subscriptions.find(db, copy!.id, personId)).toMatchObject({ name: 'Копия', weekdays: [1], size: 1 })
    expect(await subscriptions.copy(db, id, personId, { name: 'Копия', createdUpdateId: 77 })).toEqual(copy)
    expect(await subscriptions.copy(db, id, personId + 1, { name: 'Чужая', createdUpdateId: 78 })).toBeUndefined()
  })
})

describe('a finished trip', () => {
  test('leaves the list, is put back for good, and a new trip comes back by itself', async ({ db }) => {
    const { id } = await aSubscription(db, { items: [{ container: first }, { container: second }] })
    await storePositions(db, [first, second])
    await finishTrip(db, first, 4)
    expect(await finishedItems.updateLists(db, [id])).toEqual([
      { subscriptionId: id, container: first, change: 'leaves' },
    ])
    expect(await listed(db, id)).toEqual([second])
    expect(await finishedItems.putBack(db, id, new Date(0))).toBe(1)
    expect(await finishedItems.updateLists(db, [id])).toEqual([])
    expect(await listed(db, id)).toEqual([first, second])

    await finishTrip(db, second, 4)
    await finishedItems.updateLists(db, [id])
    expect(await listed(db, id)).toEqual([first])
    await db.updateTable('subscriptionItem').set({ leftTripId: -1 }).where('container', '=', second).execute()
    await db.updateTable('trip').set({ finishedAt: null }).where('container', '=', second).execute()
    expect(await finishedItems.updateLists(db, [id])).toEqual([
      { subscriptionId: id, container: second, change: 'comes_back' },
    ])
    expect(await listed(db, id)).toEqual([first, second])
  })

  test('is judged as the domain says', async ({ db }) => {
    const { id } = await aSubscription(db, { items: [] })
    const cases = [0, 2, 4].flatMap((daysOver) =>
      [true, false].flatMap((hasLeft) => ['same', 'other', 'none'].map((left) => ({ daysOver, hasLeft, left }))),
    )
    const containers = cases.map((_, index) => containerNumber(index))
    await storePositions(db, containers)
    const now = new Date()
    const expected = new Map<string, string | undefined>()
    await items.add(
      db,
      id,
      containers.map((container) => ({ container })),
    )
    await db.transaction().execute((tx) => rebuildTrips(tx, containers))
    for (const [index, { daysOver, hasLeft, left }] of cases.entries()) {
      const container = containers[index]!
      if (daysOver > 0) await finishTrip(db, container, daysOver)
      const trip = await db.selectFrom('trip').selectAll().where('container', '=', container).executeTakeFirstOrThrow()
      const leftTripId = left === 'none' ? undefined : left === 'same' ? trip.id : trip.id + 10_000
      await db
        .updateTable('subscriptionItem')
        .set({ leftAt: hasLeft ? now : null, leftTripId: leftTripId ?? null })
        .where('container', '=', container)
        .execute()
      const isOver = isTripOver({ status: 'en_route', endedAt: trip.finishedAt })
      const endedAt = isOver ? (trip.finishedAt ?? undefined) : undefined
      const item = { trip: { id: trip.id, endedAt }, hasLeft, leftTripId, leavesAfterDays: 3 }
      expected.set(container, changeOfList(item, now))
    }
    const changes = await finishedItems.updateLists(db, [id])
    const found = new Map(changes.map(({ container, change }) => [container, change]))
    expect(containers.map((container) => found.get(container))).toEqual(
      containers.map((container) => expected.get(container)),
    )
    expect(new Set(found.values())).toEqual(new Set(['leaves', 'comes_back']))
  })
})

async function finishTrip(db: Db, container: string, daysAgo: number): Promise<void> {
  await db.transaction().execute((tx) => rebuildTrips(tx, [container]))
  await db
    .updateTable('trip')
    .set({ finishedAt: sql<Date>`now() - make_interval(days => ${daysAgo})` })
    .where('container', '=', container)
    .execute()
}
