import { type Db, people } from '@atermtrack/data'
import {
  aDislocationRow,
  aDislocationWorkbook,
  aMessage,
  aRosterEntry,
  aTrainRoster,
  containerNumber,
  expect,
  readLedger,
  test,
  zip,
  recordQueues,
} from '@atermtrack/testkit'
import { sendTelegram } from '@atermtrack/queue'
import { adminChatId, arrive, importer, stateOf } from '../testing/arrivals.ts'
import { createRecordFailure } from './record-failure.ts'

const operator = 2002

/** Stores and imports a workbook that somebody has sent to the bot, and returns the notices to them and to others. */
async function bring(db: Db, file: { readonly content: Uint8Array; readonly fileName?: string }, chatId = operator) {
  const id = await arrive(db, { ...file, origin: 'telegram', sender: '', replyChatId: chatId })
  await importer(db)(id)
  const rows = await readLedger(db)
  const notices = rows.map(({ chatId, kind, markup, text }) => ({
    chatId,
    kind,
    markup,
    text: text.replaceAll(/\s/g, ' '),
  }))
  return { id, notices }
}

async function report(rows: number): Promise<Buffer> {
  const positions = Array.from({ length: rows }, (_, n) => aDislocationRow({ 'Номер контейнера': containerNumber(n) }))
  return aDislocationWorkbook({ rows: positions })
}

test('the sender of a report by hand is notified about its rows and how many are new', async ({ db }) => {
  const { id, notices } = await bring(db, { content: await report(3), fileName: '103.xlsx' })
  const text = '📄 103.xlsx ✅ Дислокация, 3 строки, данные на 02.09.2025 08:00 МСК; 3 новых'
  expect(notices).toEqual([{ chatId: operator, kind: 'answer', text, markup: null }])
  expect(await db.selectFrom('workbook').select('newContainers').where('id', '=', id).execute()).toEqual([
    { newContainers: 3 },
  ])
})

test('only what no report held before is new', async ({ db }) => {
  await importer(db)(await arrive(db, { content: await report(2) }))
  const { notices } = await bring(db, { content: await report(5) })
  expect(notices.at(-1)?.text).toContain('5 строк, данные на 02.09.2025 08:00 МСК; 3 новых')
})

test('each file in an archive is reported', async ({ db }) => {
  const files = [{ name: 'а.xlsx', content: await report(1) }]
  const { notices } = await bring(db, { content: await zip(files), fileName: 'всё.zip' })
  expect(notices.map(({ chatId, text }) => [chatId, text?.split(/[;:,]/)[0]])).toEqual([
    [operator, '📄 всё.zip 📦 Архив'],
    [operator, '📄 а.xlsx ✅ Дислокация'],
  ])
})

test('each attachment of a message that was saved as a file is reported, and a message without any is not accepted', async ({
  db,
}) => {
  const content = await report(1)
  const message = aMessage({ attachments: [{ fileName: '103.xlsx', content }] })
  const { notices } = await bring(db, { content: message, fileName: 'Отчёт.EML' })
  expect(notices.map(({ chatId, text }) => [chatId, text?.split(/[;:,]/)[0]])).toEqual([
    [operator, '📄 Отчёт.EML 📨 Письмо'],
    [operator, '📄 103.xlsx ✅ Дислокация'],
  ])
  const empty = await bring(db, { content: aMessage({}), fileName: 'пусто.eml' })
  expect(empty.notices.at(-1)?.text).toContain('Не принят: в письме нет вложений')
})

test('a file that was here before, or is no workbook, is reported with the reason, in the language of its sender', async ({
  db,
}) => {
  const profile = { telegramId: operator, firstName: 'Ann', lastName: null, username: null, language: 'en' } as const
  await people.ensure(db, profile)
  await importer(db)(await arrive(db, { content: await report(1) }))
  expect((await bring(db, { content: await report(1) })).notices.at(-1)?.text).toContain(
    'The same file was here before',
  )
  expect((await bring(db, { content: Buffer.from([1, 2, 0, 3]) })).notices.at(-1)?.text).toContain(
    'Not taken: this is no',
  )
})

test('an operator is notified that a file waits, an admin who sent it gets the buttons, nobody gets it twice', async ({
  db,
}) => {
  const content = await aTrainRoster({ entries: [aRosterEntry()] })
  const { notices } = await bring(db, { content, fileName: 'список.xlsx' })
  expect(notices).toMatchObject([
    { chatId: operator, kind: 'answer', markup: { inline_keyboard: [[{ text: '📄 Дополнить статусами' }]] } },
    { chatId: adminChatId, kind: 'alert', markup: { inline_keyboard: expect.any(Array) } },
  ])
  expect(notices[0]?.text).toContain('Ждёт решения администратора')
  await db.deleteFrom('delivery').execute()
  const own = await bring(db, { content, fileName: 'список 2.xlsx' }, adminChatId)
  expect(own.notices).toMatchObject([
    { chatId: adminChatId, kind: 'answer', markup: { inline_keyboard: expect.any(Array) } },
  ])
})

test('an admin whose access was removed meanwhile gets no more than an operator', async ({ db }) => {
  const profile = { telegramId: operator, firstName: 'Ann', lastName: null, username: null, language: 'ru' } as const
  await people.ensure(db, profile)
  await db.updateTable('person').set({ role: 'admin', access: 'denied' }).execute()
  const content = await aTrainRoster({ entries: [aRosterEntry()] })
  const { notices } = await bring(db, { content, fileName: 'список.xlsx' })
  expect(notices.find(({ chatId }) => chatId === operator)?.text).toContain('Ждёт решения администратора')
})

test('a file that is no report but holds numbers is given back with statuses, and nobody else is asked about it', async ({
  db,
}) => {
  for (const telegramId of [operator, adminChatId]) {
    await people.ensure(db, { telegramId, firstName: 'Ann', lastName: null, username: null, language: 'ru' })
  }
  const content = Buffer.from('Заявка;Ящик\n1;MSKU6011672\n2;CSQU3054383\n')
  const { id, notices } = await bring(db, { content, fileName: 'план.csv' })
  const text = '📄 план.csv Это не отчёт: в общие данные файл не вошёл. Дополняю его статусами.'
  expect(notices).toEqual([{ chatId: operator, kind: 'answer', text, markup: null }])
  expect(await stateOf(db, id)).toMatchObject({ status: 'quarantined', reason: 'unknown_layout' })
  const given = () => db.selectFrom('report').select(['kind', 'status', 'chatId', 'name']).orderBy('id').execute()
  expect(await given()).toEqual([{ kind: 'annotated', status: 'pending', chatId: operator, name: 'план.csv' }])
  await db.deleteFrom('delivery').execute()
  const own = await bring(db, { content: Buffer.concat([content, content]), fileName: 'план.csv' }, adminChatId)
  expect(JSON.stringify(own.notices[0]?.markup)).toContain(`v1:wb-teach:${own.id}`)
  expect(await given()).toHaveLength(2)
})

test('a file that is no report and holds no numbers waits as it did', async ({ db }) => {
  const { notices } = await bring(db, { content: Buffer.from('Заявка;Ящик\n1;нет\n'), fileName: 'план.csv' })
  expect(notices.map(({ chatId, kind }) => [chatId, kind])).toEqual([
    [operator, 'answer'],
    [adminChatId, 'alert'],
  ])
})

test('an admin who sent a roster may name its transshipment station', async ({ db }) => {
  const content = await aTrainRoster({ entries: [aRosterEntry()] })
  const { id, notices } = await bring(db, { content, fileName: 'КП К25-073 Селятино.xlsx' }, adminChatId)
  expect(notices[0]?.text).toContain('✅ Список поезда К25-073, 1 строка')
  expect(JSON.stringify(notices[0]?.markup)).toContain(`v1:wb-station:${id}`)
})

const noSenders = { dislocation: [], terminal_report: [], train_roster: [] }

test('a failure on our side is reported once', async ({ db }) => {
  const id = await arrive(db, { content: await report(1), replyChatId: operator })
  const { queues, take } = recordQueues()
  const record = createRecordFailure({ db, adminChatIds: [], senders: noSenders, queues })
  await record({ workbookId: id }, new Error('no disk'))
  await record({ workbookId: id }, new Error('no disk'))
  expect(await stateOf(db, id)).toMatchObject({ status: 'refused', reason: 'import_failed' })
  const deliveries = await readLedger(db)
  expect(deliveries).toMatchObject([
    { id: take(sendTelegram)[0]?.deliveryId, text: expect.stringContaining('из-за ошибки на нашей стороне') },
  ])
})
