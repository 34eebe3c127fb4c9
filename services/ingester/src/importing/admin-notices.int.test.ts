import { audit, type Db, people, reviewQueue } from '@atermtrack/data'
import { aDislocationRow, aDislocationWorkbook, containerNumber, expect, readLedger, test } from '@atermtrack/testkit'
import { adminChatId, arrive, importer } from '../testing/arrivals.ts'

const boris = 3003

/** Somebody who reads English and was made an admin in the bot; the settings do not name them. */
async function madeAdmin(db: Db): Promise<number> {
  await people.ensure(db, { telegramId: boris, firstName: 'Boris', lastName: null, username: null, language: 'en' })
  const person = await people.grant(db, boris, 'admin')
  return person?.id ?? 0
}

async function listNotices(db: Db): Promise<readonly (readonly [chatId: number | null, kind: string, text: string])[]> {
  const rows = await readLedger(db)
  await db.deleteFrom('delivery').execute()
  return rows.map(({ chatId, kind, text }) => [chatId, kind, text.replaceAll(/\s/gu, ' ')])
}

async function report(): Promise<Buffer> {
  const rows = Array.from({ length: 3 }, (_, n) => aDislocationRow({ 'Номер контейнера': containerNumber(n) }))
  return aDislocationWorkbook({ rows })
}

test('every admin is notified about a file that waits, in their own language, those made admins in the bot too', async ({
  db,
}) => {
  await madeAdmin(db)
  await importer(db)(await arrive(db, { content: await report(), sender: 'x@stranger.example' }))
  const notices = await listNotices(db)
  expect(notices.map(([chatId, kind]) => [chatId, kind])).toEqual([
    [adminChatId, 'alert'],
    [boris, 'alert'],
  ])
  expect(notices[0]?.[2]).toContain('Причина: отправителя нет в списке доверенных')
  expect(notices[1]?.[2]).toContain('Reason: the sender is not on the list of trusted ones')
})

test('only the admin who accepts a file is notified about its import', async ({ db }) => {
  const actorId = await madeAdmin(db)
  const run = importer(db)
  const id = await arrive(db, { content: await report(), sender: 'x@stranger.example' })
  await run(id)
  await listNotices(db)
  await reviewQueue.accept(db, id, { reason: 'unknown_sender', override: 'unknown_sender' })
  await audit.insert(db, { actorId, action: 'workbook.accepted', object: `workbook:${id}` })
  await run(id)
  expect(await listNotices(db)).toEqual([
    [boris, 'answer', `📄 отчёт.xlsx №${id} ✅ Position report, 3 rows, data as of 2 Sept 2025 08:00 MSK; 3 new`],
  ])
})

test('a file that still waits after it was accepted comes back once to the admin who accepted it, with other buttons', async ({
  db,
}) => {
  const actorId = await madeAdmin(db)
  const run = importer(db)
  const id = await arrive(db, {
    content: await report(),
    sender: 'x@stranger.example',
    receivedAt: new Date('2025-09-01'),
  })
  await run(id)
  await listNotices(db)
  await reviewQueue.accept(db, id, { reason: 'unknown_sender', override: 'unknown_sender' })
  await audit.insert(db, { actorId, action: 'workbook.accepted', object: `workbook:${id}` })
  await run(id)
  const notices = await listNotices(db)
  expect(notices.map(([chatId, kind]) => [chatId, kind])).toEqual([
    [boris, 'answer'],
    [adminChatId, 'alert'],
  ])
  expect(notices[0]?.[2]).toContain('Reason: the report is dated later than it came')
})

test('a file that was rejected and comes again says so', async ({ db }) => {
  const run = importer(db)
  const content = await report()
  const rejected = await arrive(db, { content, sender: 'x@stranger.example' })
  await run(rejected)
  await reviewQueue.reject(db, rejected)
  await listNotices(db)
  await run(await arrive(db, { content, sender: 'x@stranger.example' }))
  expect((await listNotices(db))[0]?.[2]).toContain(`Такой же файл администратор уже отклонял: №${rejected}`)
})

test('a file from the mail that cannot be read is reported, a picture beside it is not', async ({ db }) => {
  const run = importer(db)
  const cut = (await report()).subarray(0, 900)
  await run(await arrive(db, { content: cut, fileName: '103.xlsx' }))
  expect(await listNotices(db)).toEqual([
    [adminChatId, 'alert', expect.stringContaining('файл обрезан: пришлите ещё раз')],
  ])
  await run(await arrive(db, { content: Buffer.from([1, 2, 0, 3]), fileName: 'подпись.bin' }))
  expect(await listNotices(db)).toEqual([])
})
