import { type Db, reportBatches, reports } from '@atermtrack/data'
import { containerNumber, expect, test } from '@atermtrack/testkit'
import excel from 'exceljs'
import { build } from '../test/build.ts'
import { aMomentAgo, aPerson, aPosition, aSubscription } from '../test/seed.ts'

const [one, other] = ['CSQU3054383', 'MSKU6011672'] as const

interface Reader {
  readonly subscriptionId: number
  readonly personId: number
  readonly chatId: number
}

async function aReader(db: Db, containers: readonly string[]): Promise<Reader> {
  const { id: personId, telegramId: chatId } = await aPerson(db)
  const { plannedAt, slot } = aMomentAgo({ minutes: 1 })
  const { id } = await aSubscription(db, { personId, slots: [slot], nextDueAt: plannedAt, containers })
  return { subscriptionId: id, personId, chatId }
}

/** The report of the slot of so many days ago. */
async function aSlot(db: Db, reader: Reader, containers: readonly string[], days = 0): Promise<number> {
  const { plannedAt, slot, localDate } = aMomentAgo({ minutes: 1, days })
  const planned = { name: 'Новосибирск', localDate, slot, plannedAt, late: false }
  const [report] = await reports.insertSlots(db, [{ ...reader, ...planned, containers }])
  return report!.id
}

async function statusOf(db: Db, id: number) {
  return db.selectFrom('report').select(['status', 'reason']).where('id', '=', id).executeTakeFirstOrThrow()
}

async function sheetOf(db: Db, id: number, name: string): Promise<excel.Worksheet> {
  const { content } = await db.selectFrom('report').select('content').where('id', '=', id).executeTakeFirstOrThrow()
  const book = new excel.Workbook()
  await book.xlsx.load(content as never)
  return book.getWorksheet(name)!
}

/** Container and kind of the changes that a report names; its table begins in the fourth row. */
async function changesOf(db: Db, id: number) {
  const sheet = await sheetOf(db, id, 'Изменения')
  return Array.from({ length: Math.max(0, sheet.rowCount - 3) }, (_, row) =>
    [1, 2].map((column) => sheet.getCell(row + 4, column).value),
  )
}

async function stand(db: Db, container: string, kmLeft: number): Promise<void> {
  await db.updateTable('position').set({ kmLeft }).where('container', '=', container).execute()
}

test('the job of one report builds those that wait beside it, each for its reader', async ({
  db,
  redisUrl,
  queuePrefix,
}) => {
  const place = { db, redisUrl, queuePrefix }
  await aPosition(db, { container: one })
  const lists = [[one], [one, other], [one], [other]]
  const ids: number[] = []
  for (const list of lists) ids.push(await aSlot(db, await aReader(db, list), list))
  const { id: personId, telegramId: chatId } = await aPerson(db)
  const asked = await reports.insertLookup(db, { personId, chatId, containers: [one], updateId: 7 })
  await build(place, ids[1]!)
  const rows = await db.selectFrom('report').select(['id', 'status', 'rowCount', 'missing']).orderBy('id').execute()
  expect(rows).toMatchObject([
    { id: ids[0], status: 'pending' },
    { id: ids[1], status: 'built', rowCount: 1, missing: [other] },
    { id: ids[2], status: 'built', rowCount: 1, missing: [] },
    { id: ids[3], status: 'built', rowCount: 0, missing: [other] },
    { id: asked.id, status: 'pending' },
  ])
  for (const id of ids) await build(place, id)
  const deliveries = await db.selectFrom('delivery').select(['reportId', 'chatId']).orderBy('reportId').execute()
  expect(deliveries.map(({ reportId }) => reportId)).toEqual(ids)
  expect(new Set(deliveries.map(({ chatId: chat }) => chat)).size).toBe(4)
})

test('a batch passes over reports that are built alone, and looks at few of those that wait', async ({ db }) => {
  const first = await aSlot(db, await aReader(db, [one]), [one])
  for (let n = 0; n < 3; n += 1) {
    const { subscriptionId, personId } = await aReader(db, [one])
    await aSlot(db, { subscriptionId, personId, chatId: -500 - n }, [one])
  }
  const near = await aSlot(db, await aReader(db, [one]), [one])
  await aSlot(db, await aReader(db, [one]), [one])
  const claim = async (limit: number) => reportBatches.claim(db, { id: first, limit, mostContainers: 10 })
  expect(await claim(1)).toMatchObject([{ id: near }])
  await db.updateTable('report').set({ chatId: -600 }).where('id', '=', near).execute()
  expect(await claim(1)).toEqual([])
  expect(await claim(2)).toHaveLength(1)
})

test('a list of several statements is read whole', async ({ db, redisUrl, queuePrefix }) => {
  const containers = Array.from({ length: 1_201 }, (_, n) => containerNumber(n))
  const known = [0, 499, 500, 999, 1_200].map((n) => containers[n]!)
  for (const container of known) await aPosition(db, { container })
  const id = await aSlot(db, await aReader(db, [one]), containers)
  await build({ db, redisUrl, queuePrefix }, id)
  const { rowCount, missing } = await db
    .selectFrom('report')
    .select(['rowCount', 'missing'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  expect([rowCount, missing?.length]).toEqual([5, 1_196])
  expect(missing?.filter((container) => known.includes(container))).toEqual([])
})

test('reports that somebody builds are passed over, and built when they fail', async ({
  db,
  redisUrl,
  queuePrefix,
}) => {
  const place = { db, redisUrl, queuePrefix }
  await aPosition(db, { container: one })
  const ids: number[] = []
  for (let n = 0; n < 3; n += 1) ids.push(await aSlot(db, await aReader(db, [one]), [one]))
  const failing = db.transaction().execute(async (tx) => {
    expect(await reportBatches.claim(tx, { id: ids[1]!, limit: 1, mostContainers: 10 })).toHaveLength(1)
    await Promise.all([build(place, ids[0]!), build(place, ids[1]!)])
    throw new Error('cut off')
  })
  await expect(failing).rejects.toThrow('cut off')
  const status = async () => Promise.all(ids.map(async (id) => (await statusOf(db, id)).status))
  expect(await status()).toEqual(['built', 'pending', 'pending'])
  await build(place, ids[2]!)
  await build(place, ids[1]!)
  expect(await status()).toEqual(['built', 'built', 'built'])
})

test('a report names what has changed since the last slot of its reader, and nobody else moves that', async ({
  db,
  redisUrl,
  queuePrefix,
}) => {
  const place = { db, redisUrl, queuePrefix }
  await aPosition(db, { container: one, kmLeft: 5_000 })
  await aPosition(db, { container: other, kmLeft: 5_000 })
  const reader = await aReader(db, [one])
  await build(place, await aSlot(db, reader, [one], 2))
  await stand(db, one, 4_500)
  const asked = await reports.insertOnDemand(db, { ...reader, name: 'Н', updateId: 8 })
  await build(place, asked.id)
  expect(await changesOf(db, asked.id)).toEqual([
    [one, 'сдвинулся прогноз'],
    [one, 'продвинулся'],
  ])
  const second = await aSlot(db, reader, [one, other], 1)
  await build(place, second)
  expect(await changesOf(db, second)).toEqual([
    [one, 'сдвинулся прогноз'],
    [other, 'новый в списке'],
    [one, 'продвинулся'],
  ])
  // Built again for other rights, it is compared with the slot before, and not with itself.
  await db.updateTable('report').set({ status: 'pending' }).where('id', '=', second).execute()
  await build(place, second)
  expect(await changesOf(db, second)).toHaveLength(3)
  const third = await aSlot(db, reader, [one, other])
  await build(place, third)
  expect(await changesOf(db, third)).toEqual([])
  const kept = await db.selectFrom('subscriptionSnapshot').select('reportId').orderBy('reportId').execute()
  expect(kept.map(({ reportId }) => reportId)).toEqual([second, third])
})

test('who wants changes alone gets nothing when there are none, and who wants no empty report none', async ({
  db,
  redisUrl,
  queuePrefix,
}) => {
  const place = { db, redisUrl, queuePrefix }
  await aPosition(db, { container: one })
  const reader = await aReader(db, [one])
  await db.updateTable('subscription').set({ onlyChanges: true, reportsEmpty: false }).execute()
  const [first, same] = [await aSlot(db, reader, [one], 2), await aSlot(db, reader, [one], 1)]
  await build(place, first)
  await build(place, same)
  expect(await statusOf(db, first)).toMatchObject({ status: 'built' })
  expect(await statusOf(db, same)).toEqual({ status: 'skipped', reason: 'unchanged' })
  const empty = await aSlot(db, await aReader(db, [other]), [other])
  await db.updateTable('subscription').set({ reportsEmpty: false }).execute()
  await build(place, empty)
  expect(await statusOf(db, empty)).toEqual({ status: 'skipped', reason: 'empty' })
})

test('own words, columns and order of a subscription are followed', async ({ db, redisUrl, queuePrefix }) => {
  const place = { db, redisUrl, queuePrefix }
  await aPosition(db, { container: one })
  const reader = await aReader(db, [one])
  const { subscriptionId } = reader
  await db
    .updateTable('subscription')
    .set({ columns: ['order', 'kmLeft', 'no such column'] })
    .execute()
  await db
    .insertInto('subscriptionItem')
    .values({ subscriptionId, container: one, place: 1, orderNumber: '=заказ 17' })
    .onConflict((conflict) =>
      conflict.columns(['subscriptionId', 'container']).doUpdateSet({ orderNumber: '=заказ 17' }),
    )
    .execute()
  const id = await aSlot(db, reader, [one])
  await build(place, id)
  const sheet = await sheetOf(db, id, 'Все')
  const rowOf = (row: number) => [1, 2, 3, 4].map((column) => sheet.getCell(row, column).value)
  expect(rowOf(4)).toEqual(['Контейнер', 'Заказ', 'Осталось, км', null])
  expect(rowOf(5)).toEqual([one, '=заказ 17', 1_250, null])
})

test('a report holds the decisions of those who see the same, and a group gets no names', async ({
  db,
  redisUrl,
  queuePrefix,
}) => {
  const place = { db, redisUrl, queuePrefix }
  await aPosition(db, { container: one })
  const reader = await aReader(db, [one])
  await db.updateTable('person').set({ firstName: 'Анна', lastName: 'Петрова' }).execute()
  await db
    .insertInto('attentionMark')
    .values({ circle: 0, container: one, takenBy: reader.personId, takenAt: new Date(), note: 'Звонила' })
    .execute()
  await db
    .updateTable('position')
    .set({ tripId: null, deliveryDueAt: new Date(Date.now() - 3 * 86_400_000) })
    .execute()
  await db.insertInto('chatGroup').values({ chatId: -500, title: 'Склад', status: 'allowed' }).execute()
  const values = async (to: Reader, days: number) => {
    const id = await aSlot(db, to, [one], days)
    await build(place, id)
    const sheet = await sheetOf(db, id, 'Внимание')
    return Array.from({ length: sheet.rowCount }, (_, row) => sheet.getRow(row + 1).values).flat()
  }
  expect(await values(reader, 1)).toEqual(expect.arrayContaining(['Кто занимается', 'Анна Петрова', 'Звонила']))
  const inGroup = await values({ ...reader, chatId: -500 }, 0)
  expect(inGroup).toEqual(expect.arrayContaining(['уже занимаются', 'Звонила']))
  expect(JSON.stringify(inGroup)).not.toContain('Анна')
})
