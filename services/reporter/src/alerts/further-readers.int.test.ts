import { companies, type Db, deliveries, groupQuietHours, groups, subscriptionTargets } from '@atermtrack/data'
import { expect, readLedger, test } from '@atermtrack/testkit'
import { sql } from 'kysely'
import { anEvent, aReader, deliverAll, first, raise, second, tellAfter, third } from '../../test/seed-events.ts'
import { aMomentAgo, aPerson, aSubscription } from '../../test/seed.ts'

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

test('an event that is withdrawn is corrected in the group, in its topic and at a colleague', async ({ db }) => {
  const { telegramId, subscriptionId } = await aReader(db)
  await aGroup(db)
  const colleague = await aColleague(db, subscriptionId)
  await subscriptionTargets.accept(db, colleague.targetId)
  await subscriptionTargets.addGroup(db, { subscriptionId, chatId: group, threadId: 9 })
  const whole = await aSubscription(db, {
    personId: colleague.id,
    slots: ['09:00'],
    nextDueAt: far,
    containers: [third],
  })
  await subscriptionTargets.addGroup(db, { subscriptionId: whole.id, chatId: group, threadId: undefined })
  await anEvent(db, { container: first })
  const { id } = await anEvent(db, { container: second })
  await anEvent(db, { container: third, station: 'КАРЫМСКАЯ' })
  await raise(db)
  await deliverAll(db)
  await sql`update event set withdrawn_at = now() where id = ${id} or container = ${third}`.execute(db)
  await raise(db)
  const edits = await db
    .selectFrom('delivery as edit')
    .innerJoin('delivery as sent', (join) =>
      join.onRef('sent.noticePeriod', '=', 'edit.noticePeriod').on('sent.status', '=', 'sent'),
    )
    .select(['edit.id', 'edit.chatId', 'edit.threadId'])
    .where('edit.status', '=', 'pending')
    .execute()
  const ledger = new Map((await readLedger(db)).map((row) => [row.id, row.text]))
  const corrections = edits.map((edit) => [edit.chatId, edit.threadId, ledger.get(edit.id)])
  const partly = expect.stringContaining(`✏️ Исправлено, этого не было: <code>${second}</code>`)
  const wholly = expect.stringContaining('✏️ <b>Исправление.</b> 🛑 Поезд брошен: этого не было')
  expect(corrections).toHaveLength(6)
  expect(corrections).toEqual(
    expect.arrayContaining([
      [telegramId, null, partly],
      [telegramId, null, wholly],
      [colleague.telegramId, null, partly],
      [colleague.telegramId, null, wholly],
      [group, 9, partly],
      [group, expect.toSatisfy((threadId) => threadId === null || threadId === 9), wholly],
    ]),
  )
})

test('in the quiet hours of a topic its alerts wait, and those of the other topics come', async ({ db }) => {
  const { subscriptionId } = await aReader(db)
  await aGroup(db)
  await subscriptionTargets.addGroup(db, { subscriptionId, chatId: group, threadId: 9 })
  const hours = { from: aMomentAgo({ minutes: 300 }).slot, until: aMomentAgo({ minutes: -300 }).slot }
  const quiet = { hours, zone: 'Asia/Vladivostok', holdsAlerts: true }
  await groupQuietHours.set(db, { chatId: group, threadId: 8 }, quiet)
  await anEvent(db, { container: first })
  await raise(db)
  expect(await placesOf(db)).toContainEqual([group, 9])
  await groupQuietHours.set(db, { chatId: group, threadId: undefined }, quiet)
  await anEvent(db, { container: second, station: 'КАРЫМСКАЯ' })
  await anEvent(db, { container: third, station: 'ЧИТА I' })
  await raise(db)
  const inGroup = async () => (await readLedger(db, { chatId: group })).map(({ text }) => text)
  expect(await inGroup()).toHaveLength(1)
  await tellAfter(db, 24 * 60)
  expect((await inGroup())[1]).toMatch(/^🌅 <b>События за тихие часы<\/b>[^]*Карымская[^]*Чита I|Чита I[^]*Карымская/)
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
