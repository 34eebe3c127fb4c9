import {
  companies,
  type Db,
  emailRecipients,
  members,
  pictures,
  reports,
  resolveAll,
  trainRosters,
} from '@atermtrack/data'
import type { RosterEntry } from '@atermtrack/domain'
import { describe, expect, readLedger, test } from '@atermtrack/testkit'
import excel from 'exceljs'
import { sql } from 'kysely'
import { build } from '../test/build.ts'
import { aMomentAgo, aPerson, aPosition, aProvedAddress, aSubscription } from '../test/seed.ts'

/** The report of a slot that was planned `minutesAgo`, for a person with a proved address. */
async function aSlotReport(db: Db, { containers, minutesAgo }: { containers: readonly string[]; minutesAgo: number }) {
  const { id: personId, telegramId: chatId } = await aPerson(db)
  await aProvedAddress(db, personId, 'anna@example.test')
  const { plannedAt, slot, localDate } = aMomentAgo({ minutes: minutesAgo })
  const subscription = await aSubscription(db, { personId, slots: [slot], nextDueAt: plannedAt, containers })
  const late = minutesAgo > 5
  const row = { subscriptionId: subscription.id, personId, chatId, name: 'Новосибирск', containers }
  const [report] = await reports.insertSlots(db, [{ ...row, localDate, slot, plannedAt, late }])
  return { id: report!.id, personId, chatId, slot }
}

async function listDeliveries(db: Db) {
  const rows = await readLedger(db)
  return rows.map(({ channel, kind, chatId, subject, text }) => ({ channel, kind, chatId, subject, text }))
}

async function getReport(db: Db, id: number) {
  return db
    .selectFrom('report')
    .select(['status', 'reason', 'content', 'rowCount', 'missing', 'asOf', 'fileName', 'attempts'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
}

test('the workbook of a train counts containers apart that have left on another trip', async ({
  db,
  redisUrl,
  queuePrefix,
}) => {
  const stamp = new Date('2026-11-22T05:00:00Z')
  const [own, again, former] = ['CSQU3054383', 'MSKU6011672', 'TEMU2650058']
  for (const [container, startedAt] of [
    [own, '2026-11-18'],
    [again, '2026-12-18'],
    [former, '2026-09-01'],
  ] as const) {
    await aPosition(db, { container, stamp })
    const tripStartedAt = new Date(startedAt)
    await db.updateTable('position').set({ tripStartedAt }).where('container', '=', container).execute()
  }
  const { id: workbookId } = await db.selectFrom('workbook').select('id').limit(1).executeTakeFirstOrThrow()
  const entries = [own, again, former].map((container, row) => ({ container, rowNumber: row + 2 }) as RosterEntry)
  const sentAt = new Date('2026-11-18T00:00:00Z')
  await db
    .transaction()
    .execute((tx) =>
      trainRosters.insert(tx, { workbookId, trainCode: 'К26-101', destination: undefined, sentAt, entries }),
    )
  const { id: personId, telegramId: chatId } = await aPerson(db)
  const asked = { personId, chatId, containers: [own, again, former], updateId: 7 }
  const { id } = await reports.insertLookup(db, { ...asked, trainCode: 'К26-101' })
  await build({ db, redisUrl, queuePrefix }, id)
  const report = await getReport(db, id)
  const book = new excel.Workbook()
  await book.xlsx.load(report.content as never)
  const states = [6, 7, 8].map((row) => [1, 3].map((column) => book.worksheets[0]!.getCell(row, column).value))
  expect(states).toEqual([
    [own, 'в пути'],
    [again, 'уехал другим рейсом'],
    [former, 'ещё не виден в этом рейсе'],
  ])
  const [delivery] = await listDeliveries(db)
  expect(delivery?.text).toContain('• уехал другим рейсом — 1\n• ещё не виден в этом рейсе — 1')
})

test('a report holds what its reader may see when it is built, whatever they could see before', async ({
  db,
  redisUrl,
  queuePrefix,
}) => {
  const [own, foreign] = ['CSQU3054383', 'MSKU6011672']
  for (const [container, consignee] of [
    [own, 'ООО «Ромашка»'],
    [foreign, 'АО Василёк'],
  ] as const) {
    await aPosition(db, { container, stamp: new Date() })
    await db.updateTable('position').set({ consignee }).where('container', '=', container).execute()
    await db.insertInto('clientSpelling').values({ spelling: consignee }).execute()
  }
  await resolveAll(db)
  const { id, personId } = await aSlotReport(db, { containers: [own, foreign], minutesAgo: 1 })
  const company = await companies.insert(db, 'Экспедитор')
  await companies.addClient(db, company!.id, { inn: null, name: 'Ромашка' })
  await members.assign(db, personId, { role: 'viewer', companyId: company!.id })
  await build({ db, redisUrl, queuePrefix }, id)
  expect(await getReport(db, id)).toMatchObject({ rowCount: 1, missing: [foreign] })
})

test('a report of a slot leaves as one message and one e-mail with its workbook', async ({
  db,
  redisUrl,
  queuePrefix,
}) => {
  const stamp = new Date(Math.floor(Date.now() / 1_000) * 1_000)
  await aPosition(db, { container: 'CSQU3054383', stamp })
  const { id, chatId } = await aSlotReport(db, { containers: ['CSQU3054383', 'MSKU6011672'], minutesAgo: 1 })
  await build({ db, redisUrl, queuePrefix }, id)
  const report = await getReport(db, id)
  expect(report).toMatchObject({ status: 'built', rowCount: 1, missing: ['MSKU6011672'], asOf: stamp, attempts: 0 })
  expect(report.fileName).toMatch(/^Дислокация Новосибирск \d\d\.\d\d\.\d{4} \d\d-\d\d\.xlsx$/)
  const workbook = new excel.Workbook()
  await workbook.xlsx.load(report.content as never)
  expect(workbook.worksheets.map(({ name }) => name)).toEqual(['Внимание', 'Изменения', 'Все', 'Сводка'])
  const sheet = workbook.getWorksheet('Все')!
  expect([5, 6].map((row) => [sheet.getCell(row, 1).value, sheet.getCell(row, 3).value])).toEqual([
    ['CSQU3054383', 'в пути'],
    ['MSKU6011672', 'не найден'],
  ])
  expect(await listDeliveries(db)).toMatchObject([
    { channel: 'telegram', kind: 'report', chatId, text: expect.stringContaining('<b>Дислокация «Новосибирск»</b>') },
    {
      channel: 'email',
      kind: 'report',
      subject: expect.stringMatching(/^Дислокация «Новосибирск» — \d\d\.\d\d\.\d{4} \d\d:\d\d$/),
      text: expect.stringContaining('Найдено 1'),
    },
  ])
  const { emailHtml } = await db
    .selectFrom('delivery')
    .select('emailHtml')
    .where('channel', '=', 'email')
    .executeTakeFirstOrThrow()
  expect(emailHtml).toMatch(/<img src="cid:map"[^>]* alt="[^"]*Селятино: в пути 1/)
  const picture = await pictures.findForMail(db, id)
  expect(picture?.size).toBeGreaterThan(1_000)
})

test('a report is mailed without its picture where that cannot be drawn', async ({ db, redisUrl, queuePrefix }) => {
  await aPosition(db, { container: 'CSQU3054383' })
  const { id } = await aSlotReport(db, { containers: ['CSQU3054383'], minutesAgo: 1 })
  const broken = { draw: async () => Promise.reject(new Error('the process ended with SIGKILL')) }
  await build({ db, redisUrl, queuePrefix, pictures: broken }, id)
  expect(await getReport(db, id)).toMatchObject({ status: 'built' })
  const mail = await db.selectFrom('delivery').select('emailHtml').where('channel', '=', 'email').executeTakeFirst()
  expect(mail?.emailHtml).toContain('CSQU3054383')
  expect(mail?.emailHtml).not.toContain('<img')
  expect(await pictures.findForMail(db, id)).toBe(undefined)
})

test('a report of a slot is copied to the fixed recipients, once however often it is built', async ({
  db,
  redisUrl,
  queuePrefix,
}) => {
  const emailCopies = ['office@forwarder.example', 'yard@forwarder.example']
  const { id } = await aSlotReport(db, { containers: ['CSQU3054383'], minutesAgo: 1 })
  await build({ db, redisUrl, queuePrefix, emailCopies }, id)
  await build({ db, redisUrl, queuePrefix, emailCopies }, id)
  const rows = await db
    .selectFrom('delivery')
    .select(['id', 'address'])
    .where('channel', '=', 'email')
    .orderBy('id')
    .execute()
  expect(rows.map(({ address }) => address)).toEqual(['', ...emailCopies])
  expect(await emailRecipients.prepare(db, rows[1]!.id, { domain: 'aterm.test' })).toMatchObject({
    address: emailCopies[0],
    mayReceive: true,
  })
})

test('a late report says for when it was planned', async ({ db, redisUrl, queuePrefix }) => {
  await aPosition(db, { container: 'CSQU3054383' })
  const { id, slot } = await aSlotReport(db, { containers: ['CSQU3054383'], minutesAgo: 40 })
  await build({ db, redisUrl, queuePrefix }, id)
  for (const { text } of await listDeliveries(db)) {
    expect(text).toMatch(new RegExp(`опоздал: был запланирован на .*${slot} \\(МСК\\+7\\)`))
  }
})

test('a report about nothing known still goes out and says so', async ({ db, redisUrl, queuePrefix }) => {
  const { id } = await aSlotReport(db, { containers: ['CSQU3054383'], minutesAgo: 1 })
  await build({ db, redisUrl, queuePrefix }, id)
  expect(await getReport(db, id)).toMatchObject({ status: 'built', rowCount: 0, missing: ['CSQU3054383'], asOf: null })
  expect((await listDeliveries(db)).map(({ text }) => text)).toEqual([
    expect.stringContaining('Нет данных'),
    expect.stringContaining('Нет данных'),
  ])
})

describe('data of eight hours ago', () => {
  const stamp = new Date(Date.now() - 8 * 3_600_000)

  test.for([
    { what: 'are called stale', confirmedAt: undefined, isStale: true },
    { what: 'that came unchanged just now are not', confirmedAt: new Date(), isStale: false },
  ])('$what', async ({ confirmedAt, isStale }, { db, redisUrl, queuePrefix }) => {
    await aPosition(db, { container: 'CSQU3054383', stamp, ...(confirmedAt && { confirmedAt }) })
    const { id } = await aSlotReport(db, { containers: ['CSQU3054383'], minutesAgo: 1 })
    await build({ db, redisUrl, queuePrefix }, id)
    const [message] = await listDeliveries(db)
    expect(message!.text.includes('Данные устарели')).toBe(isStale)
  })
})

test('a long question is answered in Telegram alone, before reports', async ({ db, redisUrl, queuePrefix }) => {
  const { id: personId, telegramId: chatId } = await aPerson(db, { language: 'en' })
  await aProvedAddress(db, personId, 'anna@example.test')
  const { id } = await reports.insertLookup(db, { personId, chatId, containers: ['CSQU3054383'], updateId: 7 })
  await build({ db, redisUrl, queuePrefix }, id)
  expect(await listDeliveries(db)).toMatchObject([
    { channel: 'telegram', kind: 'answer', text: expect.stringContaining('<b>Positions</b>') },
  ])
})

test('an answer about a few containers shows their history too', async ({ db, redisUrl, queuePrefix }) => {
  await aPosition(db, { container: 'CSQU3054383' })
  await sql`insert into movement (container, operated_at, operation_id, station_id, operated_wall, stamp, workbook_id)
    select container, operated_at, operation_id, station_id, operated_wall, stamp, workbook_id from position`.execute(
    db,
  )
  const { id: personId, telegramId: chatId } = await aPerson(db)
  const ask = { personId, chatId, name: 'CSQU3054383', containers: ['CSQU3054383'], updateId: 7 }
  const { id } = await reports.insertLookup(db, ask)
  await build({ db, redisUrl, queuePrefix }, id)
  const { content, fileName } = await getReport(db, id)
  expect(fileName).toMatch(/^Дислокация CSQU3054383 /)
  const workbook = new excel.Workbook()
  await workbook.xlsx.load(content as never)
  const history = workbook.getWorksheet('История')!
  expect(history.rowCount).toBe(2)
  expect([1, 5, 7].map((column) => history.getCell(2, column).value)).toEqual([
    'CSQU3054383',
    'Забайкальск',
    'Отправление вагона со станции',
  ])
})

test('a report is built once, however often and wherever it is asked for', async ({ db, redisUrl, queuePrefix }) => {
  const place = { db, redisUrl, queuePrefix }
  const { id } = await aSlotReport(db, { containers: ['CSQU3054383'], minutesAgo: 1 })
  await Promise.all([build(place, id), build(place, id)])
  await build(place, id)
  expect(await listDeliveries(db)).toHaveLength(2)
})

test('a build that is cut off before its commit leaves nothing, and the next one everything', async ({
  db,
  redisUrl,
  queuePrefix,
}) => {
  const place = { db, redisUrl, queuePrefix }
  const { id } = await aSlotReport(db, { containers: ['CSQU3054383'], minutesAgo: 1 })
  await sql`create function cut_off() returns trigger language plpgsql as $$ begin raise 'cut off'; end $$`.execute(db)
  await sql`create trigger cut_off before insert on delivery for each row execute function cut_off()`.execute(db)
  await expect(build(place, id)).rejects.toThrow('cut off')
  expect(await getReport(db, id)).toMatchObject({ status: 'pending', content: null, attempts: 0 })
  await sql`drop trigger cut_off on delivery`.execute(db)
  await build(place, id)
  expect(await getReport(db, id)).toMatchObject({ status: 'built', attempts: 0 })
  expect(await listDeliveries(db)).toHaveLength(2)
})

test('a report begun five times without an end is given up, and its reader is notified', async ({
  db,
  redisUrl,
  queuePrefix,
}) => {
  const place = { db, redisUrl, queuePrefix }
  const { id, chatId } = await aSlotReport(db, { containers: ['CSQU3054383'], minutesAgo: 1 })
  for (const process of 'abcde') await reports.beginBuilding(db, id, { process, isAlone: true })
  await build(place, id)
  await build(place, id)
  expect(await getReport(db, id)).toMatchObject({ status: 'failed', reason: 'attempts_exhausted' })
  expect(await listDeliveries(db)).toMatchObject([
    { channel: 'telegram', chatId, text: expect.stringContaining('Не получилось подготовить отчёт «Новосибирск»') },
  ])
})
