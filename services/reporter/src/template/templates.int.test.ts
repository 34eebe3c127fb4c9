import { createHash } from 'node:crypto'
import { type Db, reportBatches, reports, storedFiles, subscriptionTemplates } from '@atermtrack/data'
import { expect, test } from '@atermtrack/testkit'
import { aWorkbook, cellsOf, getReport } from '../annotate/annotating.test-helper.ts'
import { build } from '../../test/build.ts'
import { aMomentAgo, aPerson, aPosition, aSubscription } from '../../test/seed.ts'

const [known, unknown, foreign] = ['CSQU3054383', 'MSKU6011672', 'TKRU8864591'] as const
const containers = [known, unknown]

interface Owner {
  readonly subscriptionId: number
  readonly personId: number
  readonly chatId: number
}

async function anOwner(db: Db): Promise<Owner> {
  const { id: personId, telegramId: chatId } = await aPerson(db)
  const { plannedAt, slot } = aMomentAgo({ minutes: 1 })
  const { id } = await aSubscription(db, { personId, slots: [slot], nextDueAt: plannedAt, containers })
  return { subscriptionId: id, personId, chatId }
}

async function aSlot(db: Db, owner: Owner, days = 0): Promise<number> {
  const { plannedAt, slot, localDate } = aMomentAgo({ minutes: 1, days })
  const planned = { name: 'Новосибирск', localDate, slot, plannedAt, late: false }
  const [report] = await reports.insertSlots(db, [{ ...owner, ...planned, containers }])
  return report!.id
}

async function putTemplate(db: Db, { subscriptionId, personId }: Owner, content: Buffer): Promise<void> {
  const sha256 = createHash('sha256').update(content).digest()
  await storedFiles.store(db, { sha256, content })
  await db
    .transaction()
    .execute(async (tx) =>
      subscriptionTemplates.put(tx, { subscriptionId, personId, sha256, fileName: 'Мой учёт.xlsx' }),
    )
}

async function captionOf(db: Db, reportId: number): Promise<string | null | undefined> {
  const query = db.selectFrom('delivery').select('text').where('reportId', '=', reportId)
  return (await query.executeTakeFirst())?.text
}

test("a slot fills the person's own workbook, and takes no other reports along", async ({
  db,
  redisUrl,
  queuePrefix,
}) => {
  const place = { db, redisUrl, queuePrefix }
  await aPosition(db, { container: known })
  await aPosition(db, { container: foreign })
  const [plain, owner] = [await anOwner(db), await anOwner(db)]
  await putTemplate(
    db,
    owner,
    await aWorkbook([
      ['Клиент', 'Контейнер'],
      ['Ромашка', known],
      ['Лютик', foreign],
    ]),
  )
  const [first, filled] = [await aSlot(db, plain), await aSlot(db, owner)]
  await build(place, first)
  expect(await getReport(db, filled)).toMatchObject({ status: 'pending' })
  const last = await aSlot(db, plain, 1)
  await build(place, filled)
  expect(await getReport(db, last)).toMatchObject({ status: 'pending' })
  const report = await getReport(db, filled)
  expect(report).toMatchObject({ status: 'built', rowCount: 1, missing: [unknown] })
  expect(report.fileName).toMatch(/^Дислокация Новосибирск .*\.xlsx$/)
  const rows = await cellsOf(report.content)
  expect(rows.map((row) => row.slice(0, 4))).toEqual([
    ['Клиент', 'Контейнер', 'Статус', 'Станция операции'],
    ['Ромашка', known, 'в пути', 'Забайкальск'],
    ['Лютик', foreign],
    [undefined, unknown, 'не найден'],
  ])
  // The caption is that of any report.
  expect(await captionOf(db, filled)).toContain('Найдено 1 из 2 контейнеров')
  expect(await captionOf(db, filled)).not.toContain('шаблон')
})

test('an empty table is filled with the list, also when somebody wants to see it before its time', async ({
  db,
  redisUrl,
  queuePrefix,
}) => {
  await aPosition(db, { container: known })
  const owner = await anOwner(db)
  await putTemplate(db, owner, await aWorkbook([['Наш учёт'], ['Номер контейнера', 'Клиент']]))
  const asked = { ...owner, name: 'Новосибирск', updateId: 7, slotAt: new Date() }
  const { id } = await reports.insertRehearsal(db, asked)
  await build({ db, redisUrl, queuePrefix }, id)
  const rows = await cellsOf((await getReport(db, id)).content)
  expect(rows.map((row) => [row[0], row[2]])).toEqual([
    ['Наш учёт', undefined],
    ['Номер контейнера', 'Статус'],
    [known, 'в пути'],
    [unknown, 'не найден'],
  ])
})

test('it says no more than its reader may know', async ({ db, redisUrl, queuePrefix }) => {
  await aPosition(db, { container: known })
  const owner = await anOwner(db)
  const { id: companyId } = await db
    .insertInto('company')
    .values({ name: 'Ромашка' })
    .returning('id')
    .executeTakeFirstOrThrow()
  await db.updateTable('person').set({ companyId, role: 'viewer' }).where('id', '=', owner.personId).execute()
  await putTemplate(db, owner, await aWorkbook([['Контейнер'], [known]]))
  const id = await aSlot(db, owner)
  await build({ db, redisUrl, queuePrefix }, id)
  const report = await getReport(db, id)
  expect((await cellsOf(report.content)).map((row) => row.slice(0, 3))).toEqual([
    ['Контейнер', 'Статус', 'Станция операции'],
    [known, 'не найден'],
    [unknown, 'не найден'],
  ])
})

test('one that cannot be filled is replaced by the usual workbook, and its owner is notified once', async ({
  db,
  redisUrl,
  queuePrefix,
}) => {
  const place = { db, redisUrl, queuePrefix }
  await aPosition(db, { container: known })
  const owner = await anOwner(db)
  const notices = async () => {
    const rows = await db.selectFrom('delivery').select(['chatId', 'notice']).where('notice', 'is not', null).execute()
    return rows
  }
  await putTemplate(db, owner, Buffer.from('PK\u0003\u0004 broken', 'latin1'))
  for (const days of [2, 1]) {
    const id = await aSlot(db, owner, days)
    await build(place, id)
    expect(await getReport(db, id)).toMatchObject({ status: 'built', rowCount: 1 })
    expect(await captionOf(db, id)).toContain('⚠️ Ваш шаблон заполнить не получилось')
  }
  const params = {
    subscriptionId: owner.subscriptionId,
    fileName: 'Мой учёт.xlsx',
    reason: expect.stringMatching(/damaged|truncated/),
  }
  expect(await notices()).toMatchObject([{ chatId: owner.chatId, notice: { kind: 'template_failed', params } }])
  // Another file is another matter.
  await putTemplate(db, owner, await aWorkbook([['Клиент'], ['Ромашка']]))
  const id = await aSlot(db, owner)
  await build(place, id)
  expect((await notices()).map(({ notice }) => notice)).toMatchObject([{}, { params: { reason: 'no_numbers' } }])
})

test('its bytes count for the room of the files that are open at a time', async ({ db }) => {
  const owner = await anOwner(db)
  const id = await aSlot(db, owner)
  expect(await reportBatches.look(db, id)).toMatchObject({ sourceBytes: 0, hasTemplate: false })
  await putTemplate(db, owner, Buffer.alloc(1_000))
  expect(await reportBatches.look(db, id)).toMatchObject({ sourceBytes: 1_000, hasTemplate: true })
})
