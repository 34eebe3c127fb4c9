import { reports } from '@atermtrack/data'
import { formatWall, toWall } from '@atermtrack/domain'
import { JobDelayed } from '@atermtrack/queue'
import { containerNumber, expect, test, xlsx } from '@atermtrack/testkit'
import { defaultReadingSettings } from '@atermtrack/workbook-reader/settings'
import { build, withBuilder } from '../../test/build.ts'
import { aJobContext, aPosition } from '../../test/seed.ts'
import {
  aWorkbook,
  bring,
  cellsOf,
  dayOf,
  getReport,
  listDeliveries,
  moscowCell,
  stamp,
  table,
  undated,
} from './annotating.test-helper.ts'

test("a person's workbook comes back with statuses beside its numbers, in Telegram alone", async ({
  db,
  redisUrl,
  queuePrefix,
}) => {
  await aPosition(db, { container: 'MSKU6011672', stamp })
  const deliveryDueAt = new Date(stamp.getTime() - 3.5 * 86_400_000)
  await db.updateTable('position').set({ deliveryDueAt }).execute()
  const { id, chatId } = await bring(db, { content: await aWorkbook(table) })
  await build({ db, redisUrl, queuePrefix }, id)
  const report = await getReport(db, id)
  const missing = ['CSQU3054383', 'MSKU601167']
  expect(report).toMatchObject({ status: 'built', rowCount: 1, missing, asOf: stamp })
  expect(undated(report.fileName)).toBe('Мои контейнеры + статусы <day>.xlsx')
  const [header, known, unknown, mistyped] = await cellsOf(report.content)
  expect(header).toEqual([
    'Клиент',
    'Контейнер',
    'Статус',
    'Станция операции',
    'Дорога',
    'Операция',
    'Дата операции (МСК)',
    'Куда',
    'Простой (ч)',
    'Осталось, км',
    'Прогноз (дата)',
    'Прибыл (МСК)',
    'Срок доставки',
    'К сроку',
    'Поезд',
    'Вагон',
    'Терминал',
    'Данные на (МСК)',
  ])
  expect(known).toEqual([
    'Ромашка',
    'MSKU6011672',
    'в пути',
    'Забайкальск',
    undefined,
    'Отправление вагона со станции',
    moscowCell(-2),
    'Селятино',
    undefined,
    1250,
    dayOf(moscowCell(-2 + 3.1 * 24)),
    undefined,
    dayOf(moscowCell(-3.5 * 24)),
    'опаздывает на 3\u00A0сут',
    '2731',
    '00123456',
    undefined,
    moscowCell(),
  ])
  expect(unknown?.slice(1, 3)).toEqual(['CSQU3054383', 'не найден'])
  expect(mistyped?.slice(1, 3)).toEqual(['MSKU601167', 'опечатка в номере; возможно, MSKU6011672'])
  expect(await listDeliveries(db)).toEqual([
    {
      channel: 'telegram',
      kind: 'answer',
      chatId,
      reportId: id,
      text: [
        '<b>Найдено 1 из 3 контейнеров</b>',
        `Данные на ${formatWall(toWall(stamp, 'Europe/Moscow'))} (МСК)`,
        '• в пути — 1',
        '🟨 Не найдены (1): CSQU3054383',
        '🟥 С опечаткой (1): MSKU601167',
      ].join('\n'),
    },
  ])
})

test('an English reader gets English columns, and a CSV says that its formatting could not be kept', async ({
  db,
  redisUrl,
  queuePrefix,
}) => {
  await aPosition(db, { container: 'MSKU6011672', stamp: new Date('2026-11-21T05:00:00Z') })
  const content = Buffer.from('MSKU6011672;x\nMSKU6011672;y\n')
  const { id } = await bring(db, { content, fileName: 'list.csv', language: 'en' })
  await build({ db, redisUrl, queuePrefix }, id)
  const report = await getReport(db, id)
  expect(undated(report.fileName)).toBe('list + statuses <day>.xlsx')
  expect((await cellsOf(report.content)).map((row) => row.slice(0, 3))).toEqual([
    ['MSKU6011672', 'x', 'en route'],
    ['MSKU6011672', 'y', 'en route'],
  ])
  const [{ text } = { text: '' }] = await listDeliveries(db)
  expect(text).toContain('<b>Found 1 of 1 container</b>')
  expect(text).toContain('⚠️ The data are stale')
  expect(text).toContain('A CSV has no formatting, so it comes back as an Excel file.')
  expect(text).toContain('There are no headings above the numbers. Columns added: Status, Operation station')
})

test('people of a company learn nothing about the containers of others', async ({ db, redisUrl, queuePrefix }) => {
  await aPosition(db, { container: 'MSKU6011672', stamp })
  await db.updateTable('position').set({ consignee: 'ООО «ЧУЖАЯ»' }).execute()
  const { id: companyId } = await db
    .insertInto('company')
    .values({ name: 'Своя' })
    .returning('id')
    .executeTakeFirstOrThrow()
  const { id } = await bring(db, { content: await aWorkbook(table), companyId })
  await build({ db, redisUrl, queuePrefix }, id)
  const report = await getReport(db, id)
  expect((await cellsOf(report.content)).slice(1).map((row) => row[2])).toEqual([
    'не найден',
    'не найден',
    'опечатка в номере',
  ])
})

test('two numbers of one cell are both found, each described on a line of its own, and counted', async ({
  db,
  redisUrl,
  queuePrefix,
}) => {
  await aPosition(db, { container: 'MSKU6011672', stamp })
  const rows = [
    ['Контейнеры', 'Клиент'],
    ['MSKU6011672 / CSQU3054383', 'Ромашка'],
    ['CSQU3054383, TKRU886459', 'Лютик'],
    ['MSKU6011672', 'Пион'],
  ]
  const { id } = await bring(db, { content: await aWorkbook(rows) })
  await build({ db, redisUrl, queuePrefix }, id)
  const report = await getReport(db, id)
  expect((await cellsOf(report.content)).slice(1).map((row) => [row[2], row[9]])).toEqual([
    ['MSKU6011672: в пути\nCSQU3054383: не найден', 'MSKU6011672: 1250'],
    ['CSQU3054383: не найден\nTKRU886459: опечатка в номере', undefined],
    ['в пути', 1250],
  ])
  const [{ text } = { text: '' }] = await listDeliveries(db)
  expect(text).toContain('<b>Найдено 1 из 3 контейнеров</b>')
  expect(text).toContain('Не найдены (1): CSQU3054383')
  expect(text).toContain('С опечаткой (1): TKRU886459')

  const again = await bring(db, { content: report.content ?? Buffer.alloc(0) })
  await build({ db, redisUrl, queuePrefix }, again.id)
  expect(await cellsOf((await getReport(db, again.id)).content)).toEqual(await cellsOf(report.content))
})

test('a file that was completed in Russian is completed in the same columns for an English reader', async ({
  db,
  redisUrl,
  queuePrefix,
}) => {
  await aPosition(db, { container: 'MSKU6011672', stamp })
  const russian = await bring(db, { content: await aWorkbook(table) })
  await build({ db, redisUrl, queuePrefix }, russian.id)
  const [content, fileName] = [
    (await getReport(db, russian.id)).content ?? Buffer.alloc(0),
    'Мои + статусы 2026-11-21.xlsx',
  ]
  const english = await bring(db, { content, fileName, language: 'en' })
  await build({ db, redisUrl, queuePrefix }, english.id)
  const report = await getReport(db, english.id)
  expect(undated(report.fileName)).toBe('Мои + statuses <day>.xlsx')
  const [header, known] = await cellsOf(report.content)
  expect(header?.slice(0, 4)).toEqual(['Клиент', 'Контейнер', 'Status', 'Operation station'])
  expect(known?.slice(0, 4)).toEqual(['Ромашка', 'MSKU6011672', 'en route', 'Zabaykalsk'])
  expect(header).toHaveLength((await cellsOf(content))[0]?.length ?? 0)
})

test.for([
  ['without numbers', 'Имя;Возраст\nИван;7\n', 'no_numbers', 'нет колонки с номерами контейнеров'],
  ['that is no workbook', '\u0001\u0000\u0002', 'not_a_workbook', 'не таблица Excel'],
  ['that is empty', '', 'empty', 'файл пуст'],
  ['that is cut off', 'PK\u0003\u0004', 'truncated', 'файл обрезан'],
] as const)(
  'a file %s is refused with a sentence',
  async ([, text, reason, sentence], { db, redisUrl, queuePrefix }) => {
    const { id, chatId } = await bring(db, { content: Buffer.from(text, 'utf8'), fileName: '<мой>.csv' })
    await build({ db, redisUrl, queuePrefix }, id)
    expect(await getReport(db, id)).toMatchObject({ status: 'failed', reason, content: null })
    expect(await listDeliveries(db)).toMatchObject([
      { kind: 'answer', chatId, text: expect.stringContaining(`«&lt;мой&gt;.csv»`) },
    ])
    expect((await listDeliveries(db))[0]?.text).toContain(sentence)
  },
)

test('a file that costs more than it may is refused, and takes nothing else along', async ({
  db,
  redisUrl,
  queuePrefix,
}) => {
  const rows = Array.from({ length: 60_000 }, (_, n) => `MSKU6011672;${n};${'х'.repeat(40)}`)
  const { id } = await bring(db, { content: Buffer.from(rows.join('\n')), fileName: 'много.csv' })
  const slow = { ...defaultReadingSettings, task: { timeoutMs: 1, maxHeapMb: 512 } }
  await build({ db, redisUrl, queuePrefix, reading: slow }, id)
  expect(await getReport(db, id)).toMatchObject({ status: 'failed', reason: 'too_slow' })
  const other = await bring(db, { content: Buffer.from(rows.slice(1).join('\n')), fileName: 'много.csv' })
  const small = { ...defaultReadingSettings, task: { timeoutMs: 60_000, maxHeapMb: 12 } }
  await build({ db, redisUrl, queuePrefix, reading: small }, other.id)
  expect(await getReport(db, other.id)).toMatchObject({ status: 'failed', reason: 'reader_died' })
})

test('twenty thousand rows take neither long nor much memory', async ({ db, redisUrl, queuePrefix }) => {
  const rows = Array.from({ length: 20_000 }, (_, n) => [
    containerNumber(n),
    ...Array.from({ length: 15 }, (_, column) => (column % 2 === 0 ? n * column : `текст ${n % 500}`)),
  ])
  const content = await xlsx([{ name: 'Лист1', rows: [['Контейнер'], ...rows] }])
  const { id } = await bring(db, { content })
  const tight = { ...defaultReadingSettings, task: { timeoutMs: 60_000, maxHeapMb: 128 } }
  const before = process.cpuUsage()
  await build({ db, redisUrl, queuePrefix, reading: tight }, id)
  const { user, system } = process.cpuUsage(before)
  expect(await getReport(db, id)).toMatchObject({ status: 'built', rowCount: 0 })
  // Idle machines need a third of it.
  expect((user + system) / 1_000_000).toBeLessThan(12)
})

test('a file is given back once, however often and wherever it is requested', async ({ db, redisUrl, queuePrefix }) => {
  const { id } = await bring(db, { content: await aWorkbook(table) })
  const place = { db, redisUrl, queuePrefix }
  await Promise.all([build(place, id), build(place, id)])
  await build(place, id)
  expect(await listDeliveries(db)).toHaveLength(1)
})

test('a file that was begun five times without an end is given up with a notice', async ({
  db,
  redisUrl,
  queuePrefix,
}) => {
  const { id } = await bring(db, { content: await aWorkbook(table) })
  for (const process of 'abcde') await reports.beginBuilding(db, id, { process, isAlone: true })
  await build({ db, redisUrl, queuePrefix }, id)
  expect(await getReport(db, id)).toMatchObject({ status: 'failed', reason: 'attempts_exhausted' })
  expect((await listDeliveries(db))[0]?.text).toContain('Не получилось дополнить файл «Мои контейнеры.xlsx»')
})

test('one of two large files is processed; the other waits, and that counts as no start', async ({
  db,
  redisUrl,
  queuePrefix,
}) => {
  const [one, other] = [1, 2].map((byte) => Buffer.alloc(12_000_000, byte))
  const small = await bring(db, { content: await aWorkbook(table) })
  const large = [await bring(db, { content: one! }), await bring(db, { content: other! })]
  await withBuilder({ db, redisUrl, queuePrefix }, async (run) => {
    const building = [...large, small].map(async ({ id }) => run({ reportId: id }, aJobContext()))
    const [first, second, third] = await Promise.allSettled(building)
    const delayed = [first, second].filter((it) => it?.status === 'rejected' && it.reason instanceof JobDelayed)
    expect([delayed.length, third?.status]).toEqual([1, 'fulfilled'])
    const waiting = await db.selectFrom('report').select('attempts').where('status', '=', 'pending').execute()
    expect(waiting).toEqual([{ attempts: 0 }])
    for (const { id } of large) await run({ reportId: id }, aJobContext())
  })
  expect(await db.selectFrom('report').select('id').where('status', '=', 'pending').execute()).toEqual([])
})
