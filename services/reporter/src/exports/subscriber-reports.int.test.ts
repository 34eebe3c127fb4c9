import { randomUUID } from 'node:crypto'
import { createDirectoryCache, createJobRunner, type Db, reports, subscriberReports } from '@atermtrack/data'
import type { AccessPolicy } from '@atermtrack/domain'
import { createPictures } from '@atermtrack/pictures'
import { createProcessRoom } from '@atermtrack/queue'
import { expect, openPolicy, readLedger, recordQueues, test } from '@atermtrack/testkit'
import { defaultReadingSettings } from '@atermtrack/workbook-reader/settings'
import { read, utils } from '@e965/xlsx'
import { sql } from 'kysely'
import { aJobContext, aPerson, aPosition, aSubscription } from '../../test/seed.ts'
import { createBuildReport } from '../build-report.ts'
import { planSubscriberReports } from './subscriber-reports.ts'

const policy: AccessPolicy = { ...openPolicy, mode: 'approval' }
const settings = {
  sourceZone: 'Europe/Moscow',
  scheduleZone: 'Asia/Vladivostok',
  claimDays: 45,
  terminalZone: 'Asia/Vladivostok',
  freeDays: [],
  forecastMovedHours: 24,
  emailIsOn: false,
  emailCopies: [],
  staleAfterMinutes: 360,
  standingAfterMinutes: 1_440,
}
const [first, second] = ['CSQU3054383', 'MSKU6011672']

async function build(db: Db, reportId: number) {
  const { queues } = recordQueues()
  const run = createBuildReport({
    ...settings,
    pictures: createPictures(),
    db,
    policy,
    run: createJobRunner(db, { table: 'report', process: randomUUID(), room: createProcessRoom() }),
    queues,
    reading: defaultReadingSettings,
  })
  await run({ reportId }, aJobContext())
  const { content, status } = await db
    .selectFrom('report')
    .select(['content', 'status'])
    .where('id', '=', reportId)
    .executeTakeFirstOrThrow()
  return { status, book: content ? read(content) : undefined }
}

async function aReader(db: Db, firstName: string, fields: Parameters<typeof aPerson>[1] = {}) {
  const person = await aPerson(db, fields)
  await db.updateTable('person').set({ firstName, role: 'viewer' }).where('id', '=', person.id).execute()
  return person
}

async function order(db: Db, role: 'admin' | 'viewer' = 'admin') {
  const { id: personId, telegramId: chatId } = await aPerson(db)
  await db.updateTable('person').set({ role }).where('id', '=', personId).execute()
  const ask = { personId, chatId, updateId: personId, name: 'Отчёты', zone: 'Asia/Vladivostok' }
  return subscriberReports.insertAsked(db, ask)
}

const nextDueAt = new Date('2030-01-01T00:00:00Z')

test('an admin gets a sheet for each subscription, as its owner would get it, and nobody else gets anything', async ({
  db,
}) => {
  await aPosition(db, { container: first, consignee: 'ООО «А»' })
  await aPosition(db, { container: second, consignee: 'ООО «Б»' })
  const anna = await aReader(db, 'Анна', { language: 'en' })
  const boris = await aReader(db, 'Борис')
  const gone = await aReader(db, 'Вера', { access: 'denied' })
  const name = 'Все [наши] контейнеры: Москва/Чита?'
  const common = { slots: ['09:00'], nextDueAt }
  const own = await aSubscription(db, { personId: anna.id, ...common, name, containers: [second, first] })
  await aSubscription(db, { personId: anna.id, ...common, name, containers: [first] })
  await aSubscription(db, { personId: boris.id, ...common, name: 'Пусто', containers: [] })
  await aSubscription(db, { personId: gone.id, ...common, name: 'Чужое', containers: [first] })
  const paused = await aSubscription(db, { personId: boris.id, ...common, name: 'На паузе' })
  await db.updateTable('subscription').set({ pausedAt: new Date() }).where('id', '=', paused.id).execute()
  const { id } = await order(db)
  const { book } = await build(db, id)
  expect(book?.SheetNames).toEqual(
    ['Подписчики', 'Анна, Все наши контейнеры Моск', 'Анна, Все наши контейнеры М (2)'].map((sheet) =>
      expect.stringContaining(sheet.slice(0, 20)),
    ),
  )
  expect(book!.SheetNames.every((sheet) => sheet.length <= 31)).toBe(true)
  expect(new Set(book!.SheetNames).size).toBe(3)
  const overview = utils.sheet_to_json<string[]>(book!.Sheets['Подписчики']!, { header: 1 })
  expect(overview.slice(1)).toEqual([
    ['Анна', name, 2, 'есть'],
    ['Анна', name, 1, 'есть'],
    ['Борис', 'Пусто', 0, 'нет контейнеров'],
    ['Вера', 'Чужое', 0, 'у человека нет доступа'],
  ])
  const asked = { personId: anna.id, chatId: anna.telegramId, subscriptionId: own.id, name, updateId: 5 }
  const { book: ownBook } = await build(db, (await reports.insertOnDemand(db, asked)).id)
  // Without the title, which says when it was made.
  const rowsOf = (sheet: (typeof ownBook & object)['Sheets'][string]) =>
    utils.sheet_to_json<string[]>(sheet, { header: 1 }).filter((row) => row.includes(first) || row.includes(second))
  const all = ownBook!.SheetNames.find((sheet) => rowsOf(ownBook!.Sheets[sheet]!).flat().includes(second))!
  expect(rowsOf(book!.Sheets[book!.SheetNames[1]!]!)).toEqual(rowsOf(ownBook!.Sheets[all]!))
  const ledger = await readLedger(db)
  expect(ledger).toMatchObject([
    { audience: 'admin', text: '<b>Отчёты подписчиков: 2 листа, 3 контейнера</b>' },
    { chatId: anna.telegramId },
  ])
  // Nothing is left of the reports that were read for it.
  expect(await db.selectFrom('report').select('id').where('isUnsent', '=', true).execute()).toEqual([])
})

test('who only watches containers is a subscriber too', async ({ db }) => {
  await aPosition(db, { container: first })
  const { id: personId } = await aReader(db, 'Анна')
  const list = await aSubscription(db, { personId, slots: ['09:00'], nextDueAt, name: 'Слежу', containers: [first] })
  await db.updateTable('subscription').set({ isWatchList: true }).where('id', '=', list.id).execute()
  const { book } = await build(db, (await order(db)).id)
  expect(book?.SheetNames).toEqual(['Подписчики', 'Анна, Слежу'])
})

test('a sheet has the columns and the order that its owner has chosen, and a template is named on the first sheet', async ({
  db,
}) => {
  await aPosition(db, { container: first })
  await aPosition(db, { container: second })
  const { id: personId } = await aReader(db, 'Анна')
  const list = await aSubscription(db, { personId, slots: ['09:00'], nextDueAt, containers: [second, first] })
  const chosen = { columns: ['container', 'station', 'status'], rowOrder: 'train' }
  await db.updateTable('subscription').set(chosen).where('id', '=', list.id).execute()
  await sql`insert into blob (sha256, content) values ('x', 'x')`.execute(db)
  await sql`insert into subscription_template (subscription_id, source_sha256, file_name) values (${list.id}, 'x', 'a.xlsx')`.execute(
    db,
  )
  const { book } = await build(db, (await order(db)).id)
  const [overview, sheet] = book!.SheetNames.map((name) =>
    utils.sheet_to_json<string[]>(book!.Sheets[name]!, { header: 1 }),
  )
  expect(overview?.[1]?.[3]).toBe('есть; сам человек получает эти данные в своей книге')
  const heading = sheet!.findIndex(([cell]) => cell === 'Контейнер')
  expect(sheet![heading]).toEqual(['Контейнер', 'Станция операции', 'Статус'])
  expect(sheet!.slice(heading + 1).map(([container]) => container)).toEqual([first, second])
})

test('a workbook is bounded, and says what it leaves out; somebody who is no admin gets none', async ({ db }) => {
  await aPosition(db, { container: first })
  const { id: personId } = await aReader(db, 'Анна')
  for (const containers of [[first, second], [first], [second]])
    await aSubscription(db, { personId, slots: ['09:00'], nextDueAt, containers })
  const { id } = await order(db)
  await db.transaction().execute(async (tx) => {
    const report = { id, language: 'ru', now: new Date() } as Parameters<typeof planSubscriberReports>[1]
    const dependencies = { ...settings, policy, findDirectory: createDirectoryCache(), pictures: createPictures() }
    const plan = await planSubscriberReports(tx, report, dependencies, { sheets: 2, rows: 1 })
    expect(plan.caption({ id, rowCount: 1 }, { n: 1, of: 1 }).split('\n')).toEqual([
      '<b>Отчёты подписчиков: 1 лист, 1 контейнер</b>',
      'Подписок больше 2: показаны первые.',
      'В одной книге не больше 1 строк: что не поместилось, названо на первом листе.',
    ])
    for await (const { pieces } of plan.files)
      expect(read(Buffer.concat([...(pieces as Iterable<Buffer>)])).SheetNames).toHaveLength(2)
  })
  const refused = await order(db, 'viewer')
  expect(await build(db, refused.id)).toMatchObject({ status: 'skipped' })
})
