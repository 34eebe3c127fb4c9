import { companies, type Db, deliveries, groups, subscriptionTargets } from '@atermtrack/data'
import { expect, readLedger, test } from '@atermtrack/testkit'
import { sql } from 'kysely'
import { anEvent, aReader, deliverAll, first, raise, second, tellAfter, third } from '../../test/seed-events.ts'
import { aPerson, aSubscription } from '../../test/seed.ts'

const far = new Date('2040-01-01T00:00:00Z')
const group = -1_000_000_000_500

async function aGroup(db: Db, fields: { readonly companyId?: number } = {}): Promise<void> {
  await db
    .insertInto('chatGroup')
    .values({ chatId: group, title: 'Склад', status: 'allowed', ...fields })
    .execute()
}

async function aColleague(db: Db, subscriptionId: number) {
  const person = await aPerson(db)
  const targetId = await subscriptionTargets.askColleague(db, { subscriptionId, personId: person.id })
  return { ...person, targetId: targetId! }
}

async function placesOf(db: Db) {
  const rows = await db
    .selectFrom('delivery')
    .select(['chatId', 'threadId', 'personId', 'status'])
    .orderBy('id')
    .execute()
  return rows.map(({ chatId, threadId }) => [chatId, threadId])
}

test('an event goes to the topic of a group and to a colleague who has accepted, once to each', async ({ db }) => {
  const { id: personId, telegramId, subscriptionId } = await aReader(db)
  await aGroup(db)
  const [accepted, asked] = [await aColleague(db, subscriptionId), await aColleague(db, subscriptionId)]
  await subscriptionTargets.accept(db, accepted.targetId)
  // Both have subscriptions of their own to the same, and the group is named twice.
  await aSubscription(db, { personId: accepted.id, slots: ['09:00'], nextDueAt: far, containers: [first] })
  await subscriptionTargets.addGroup(db, { subscriptionId, chatId: group, threadId: 9 })
  const again = await aSubscription(db, { personId, slots: ['09:00'], nextDueAt: far, containers: [first] })
  await subscriptionTargets.addGroup(db, { subscriptionId: again.id, chatId: group, threadId: undefined })
  await anEvent(db, { container: first })
  await raise(db)
  await sql`update event set routed_at = null`.execute(db)
  await raise(db)
  await tellAfter(db, 600)
  const places = await placesOf(db)
  expect(places).toHaveLength(3)
  expect(places).toEqual(
    expect.arrayContaining([
      [telegramId, null],
      [accepted.telegramId, null],
      [group, 9],
    ]),
  )
  expect(places.flat()).not.toContain(asked.telegramId)
  await deliverAll(db)
  await anEvent(db, { container: second })
  await raise(db)
  const edits = await db
    .selectFrom('delivery')
    .select((eb) => ['chatId', 'noticePeriod', eb.fn.countAll<number>().as('count')])
    .groupBy(['chatId', 'noticePeriod'])
    .execute()
  // Each message is edited, the one in the topic too.
  expect(edits.map(({ count }) => count)).toEqual([2, 2, 2])
})

test('in a group the rights of the group count, and those of the owner', async ({ db }) => {
  const company = await companies.insert(db, 'Ромашка')
  const { id, telegramId, subscriptionId } = await aReader(db)
  await aGroup(db, { companyId: company!.id })
  await subscriptionTargets.addGroup(db, { subscriptionId, chatId: group, threadId: undefined })
  await anEvent(db, { container: first })
  await raise(db)
  expect(await placesOf(db)).toEqual([[telegramId, null]])
  await db.updateTable('chatGroup').set({ companyId: null, status: 'declined' }).execute()
  await anEvent(db, { container: second })
  await raise(db)
  await db.updateTable('chatGroup').set({ status: 'allowed' }).execute()
  await db.updateTable('person').set({ access: 'denied', role: 'viewer' }).where('id', '=', id).execute()
  await anEvent(db, { container: third })
  await raise(db)
  expect((await placesOf(db)).flat()).not.toContain(group)
})

test('who is no reader any more when a message is due gets none', async ({ db }) => {
  const { id: personId, telegramId, subscriptionId } = await aReader(db)
  await aGroup(db)
  const colleague = await aColleague(db, subscriptionId)
  await subscriptionTargets.accept(db, colleague.targetId)
  await subscriptionTargets.addGroup(db, { subscriptionId, chatId: group, threadId: 9 })
  await anEvent(db, { container: first, kind: 'arrived' })
  await raise(db)
  expect(await db.selectFrom('alertEvent').select('chatId').execute()).toHaveLength(3)
  await db.deleteFrom('subscriptionTarget').execute()
  await tellAfter(db, 10)
  expect(await placesOf(db)).toEqual([[telegramId, null]])
  expect(personId).not.toBe(colleague.id)
})

test('messages of a group have no buttons for settings, and follow it to its new id', async ({ db }) => {
  const { subscriptionId } = await aReader(db)
  await aGroup(db)
  await subscriptionTargets.addGroup(db, { subscriptionId, chatId: group, threadId: 9 })
  await anEvent(db, { container: first })
  await raise(db)
  const rows = await db.selectFrom('delivery').select(['chatId', 'notice']).execute()
  const inGroup = rows.find(({ chatId }) => chatId === group)
  expect(inGroup?.notice).toMatchObject({ params: { isInGroup: true } })
  await deliverAll(db)
  await deliveries.moveToChat(db, group, group - 1)
  expect(await groups.findByChat(db, group - 1)).toMatchObject({ status: 'allowed' })
  await sql`update event set routed_at = null`.execute(db)
  await anEvent(db, { container: second })
  await raise(db)
  expect(await placesOf(db)).toEqual(expect.arrayContaining([[group - 1, 9]]))
  expect(await readLedger(db)).toHaveLength(4)
})
