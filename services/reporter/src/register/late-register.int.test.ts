import { randomUUID } from 'node:crypto'
import { createJobRunner, type Db, lateRegister } from '@atermtrack/data'
import { buildReport, createProcessRoom, sendTelegram } from '@atermtrack/queue'
import { createPictures } from '@atermtrack/pictures'
import { expect, openPolicy, readLedger, recordQueues, test } from '@atermtrack/testkit'
import { defaultReadingSettings } from '@atermtrack/workbook-reader/settings'
import excel from 'exceljs'
import { sql } from 'kysely'
import { aJobContext, aPerson, aPosition, aProvedAddress } from '../../test/seed.ts'
import { createBuildReport } from '../build-report.ts'
import { createSendRegisters } from './send-registers.ts'

const settings = {
  policy: openPolicy,
  sourceZone: 'Europe/Moscow',
  scheduleZone: 'Asia/Vladivostok',
  claimDays: 45,
  freeDays: [],
  terminalZone: 'Asia/Vladivostok',
}

/** A trip of a waybill: `late` and `ago` in days. */
async function aTrip(
  db: Db,
  container: string,
  { late, ago, waybill = 'ЭФ038927' }: { readonly late: number; readonly ago: number; readonly waybill?: string },
): Promise<void> {
  await aPosition(db, { container })
  const arrivedAt = sql<Date>`date_trunc('day', now()) - make_interval(days => ${ago})`
  const { id } = await db
    .insertInto('trip')
    .values({
      container,
      waybill,
      consignor: '=cmd|calc',
      consignee: 'ООО «Василёк»',
      isCurrent: true,
      isTimed: true,
      status: 'at_destination',
      arrivedAt,
      deliveryDueAt: sql<Date>`date_trunc('day', now()) - make_interval(days => ${ago + late}) - interval '3 hours'`,
      originStationId: sql<number>`(select id from station where name = 'УГЛОВАЯ')`,
      destinationStationId: sql<number>`(select id from station where name = 'СЕЛЯТИНО')`,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  await db.updateTable('position').set({ tripId: id, arrivedAt }).where('container', '=', container).execute()
}

async function build(db: Db, reportId: number): Promise<void> {
  const run = createBuildReport({
    pictures: createPictures(),
    ...settings,
    db,
    run: createJobRunner(db, { table: 'report', process: randomUUID(), room: createProcessRoom() }),
    queues: recordQueues().queues,
    emailIsOn: true,
    emailCopies: [],
    staleAfterMinutes: 360,
    forecastMovedHours: 12,
    standingAfterMinutes: 1_440,
    reading: defaultReadingSettings,
  })
  await run({ reportId }, aJobContext())
}

async function ask(db: Db, fields: Partial<Parameters<typeof lateRegister.insertAsked>[1]> = {}): Promise<number> {
  const { id: personId, telegramId: chatId } = await aPerson(db)
  await aProvedAddress(db, personId, 'anna@example.test')
  const { id } = await lateRegister.insertAsked(db, {
    personId,
    chatId,
    name: 'x',
    month: undefined,
    updateId: 7,
    ...fields,
  })
  return id
}

async function sheetsOf(db: Db, id: number) {
  const { content } = await db.selectFrom('report').select('content').where('id', '=', id).executeTakeFirstOrThrow()
  const workbook = new excel.Workbook()
  await workbook.xlsx.load(content as never)
  return workbook.worksheets.map((sheet) => ({
    name: sheet.name,
    rows: sheet
      .getSheetValues()
      .slice(1)
      .map((row) => (row as unknown[]).slice(1)),
  }))
}

test('the register holds one row a waybill, and goes to the chat and to the addresses of its reader', async ({
  db,
}) => {
  await aTrip(db, 'MSKU6011672', { late: 3, ago: 2 })
  await aTrip(db, 'CSQU3054383', { late: 4, ago: 1 })
  await aTrip(db, 'TKRU8864591', { late: 0, ago: 1, waybill: 'ЭФ000009' })
  const id = await ask(db)
  await build(db, id)
  const [late, proofs] = await sheetsOf(db, id)
  expect(late!.name).toBe('Просрочки')
  expect(late!.rows).toHaveLength(2)
  expect(late!.rows[1]!.slice(0, 7)).toEqual([
    'ЭФ038927',
    'CSQU3054383, MSKU6011672',
    2,
    'УГЛОВАЯ',
    'СЕЛЯТИНО',
    '=cmd|calc',
    'ООО «Василёк»',
  ])
  expect(proofs!.name).toBe('Подтверждения')
  const ledger = await readLedger(db)
  expect(ledger.map(({ channel }) => channel)).toEqual(['telegram', 'email'])
  expect(ledger[0]!.text).toContain('Первый срок претензии: до')
})

test('a month without a late delivery gives a message, and no file', async ({ db }) => {
  await aTrip(db, 'MSKU6011672', { late: 3, ago: 2 })
  const id = await ask(db, { month: '2020-01-01' })
  await build(db, id)
  const row = db.selectFrom('report').select(['status', 'reason']).where('id', '=', id)
  expect(await row.executeTakeFirst()).toEqual({ status: 'skipped', reason: 'nothing_late' })
  expect((await readLedger(db)).map(({ text }) => text)).toEqual(['✅ <b>январь 2020</b>: просрочек нет.'])
})

test('a company that an admin asks about shows its own waybills alone', async ({ db }) => {
  await aTrip(db, 'MSKU6011672', { late: 3, ago: 2 })
  const { id: companyId } = await db
    .insertInto('company')
    .values({ name: 'Лютик' })
    .returning('id')
    .executeTakeFirstOrThrow()
  await build(db, await ask(db, { companyId }))
  expect((await readLedger(db)).map(({ text }) => text)).toEqual(['✅ <b>Лютик</b>: просрочек нет.'])
})

async function aReader(db: Db, wishes: lateRegister.RegisterWishes) {
  const person = await aPerson(db)
  await lateRegister.setWishes(db, person.id, { ...wishes, sentMonth: '2020-01-01' })
  return person
}

async function send(db: Db) {
  const { queues, take } = recordQueues()
  await createSendRegisters({ ...settings, db, queues })({}, aJobContext())
  return { reports: take(buildReport).length, messages: take(sendTelegram).length }
}

test('the register of the month before comes once to who wants it, and to nobody else', async ({ db }) => {
  await aReader(db, { isMonthly: true, isWarned: false })
  await aReader(db, { isMonthly: false, isWarned: false })
  const runs = await Promise.all([send(db), send(db)])
  expect(runs.map(({ reports }) => reports).toSorted((a, b) => a - b)).toEqual([0, 1])
  expect(await send(db)).toEqual({ reports: 0, messages: 0 })
  const [report] = await db.selectFrom('report').select(['kind', 'status']).execute()
  expect(report).toEqual({ kind: 'late_register', status: 'pending' })
})

test('a warning names the claims whose period ends within two weeks, once', async ({ db }) => {
  const { telegramId } = await aReader(db, { isMonthly: false, isWarned: true })
  await aTrip(db, 'MSKU6011672', { late: 3, ago: 35 })
  await aTrip(db, 'CSQU3054383', { late: 2, ago: 2, waybill: 'ЭФ000002' })
  await aTrip(db, 'TKRU8864591', { late: 2, ago: 60, waybill: 'ЭФ000003' })
  const runs = await Promise.all([send(db), send(db)])
  expect(runs.map(({ messages }) => messages).toSorted((a, b) => a - b)).toEqual([0, 1])
  expect(await send(db)).toEqual({ reports: 0, messages: 0 })
  const [message, ...others] = await readLedger(db)
  expect(others).toEqual([])
  expect(message).toMatchObject({ chatId: telegramId, kind: 'alert' })
  expect(message!.text).toContain('По 1 накладной')
  expect(message!.text).toMatch(/• ЭФ038927: 3 сут, до \d\d\.\d\d\.\d{4}$/u)
})

test('nothing is sent to a reader without access', async ({ db }) => {
  const { id } = await aReader(db, { isMonthly: true, isWarned: true })
  await db.updateTable('person').set({ access: 'denied', accessDecidedAt: new Date() }).where('id', '=', id).execute()
  expect(await send(db)).toEqual({ reports: 0, messages: 0 })
})
