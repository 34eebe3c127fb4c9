import type { Db } from '@atermtrack/data'
import type { PersonHandle } from '@atermtrack/sandbox'
import { expect, readLedger, test, waitUntil } from '@atermtrack/testkit'
import { anna, openSandbox, startTestBot } from '../testing/start-test-bot.ts'

test('a person with an unfinished dialog is notified once that it was closed, even by a bot that started later', async ({
  db,
  redisUrl,
  queuePrefix,
}) => {
  const sandbox = await openSandbox()
  const options = { db, redisUrl, queuePrefix, sandbox, backgroundEveryMs: 50 }
  const before = await startTestBot(options)
  const person = sandbox.person(anna)
  await openDialog(person)
  await before.bot[Symbol.asyncDispose]()
  await expire(db, 60_000)

  const [one, two] = [await startTestBot(options), await startTestBot(options)]
  await waitUntil(async () => (await openDialogs(db)) === 0, { what: 'the dialog to be closed' })
  await one.bot[Symbol.asyncDispose]()
  await two.bot[Symbol.asyncDispose]()
  expect(await readLedger(db)).toMatchObject([
    { kind: 'alert', chatId: anna, text: expect.stringContaining('Диалог закрыт') },
  ])
})

test('a number is a question again after the closing', async ({ db, redisUrl, queuePrefix }) => {
  const { sandbox } = await startTestBot({ db, redisUrl, queuePrefix, backgroundEveryMs: 50 })
  const person = sandbox.person(anna)
  await openDialog(person)
  await expire(db, 60_000)
  await waitUntil(async () => (await openDialogs(db)) === 0, { what: 'the dialog to be closed' })
  await person.say('MSKU6011672')
  expect((await person.waitForReply()).text).toContain('Не найдено: 1')
})

async function openDialog(person: PersonHandle): Promise<void> {
  await person.say('/settings')
  await person.waitForReply()
  await person.press('🌙 Тихие часы')
  await person.waitForReply()
  await person.press('✏️ Своё время')
  await person.waitForReply()
}

async function expire(db: Db, msAgo: number): Promise<void> {
  await db
    .updateTable('dialog')
    .set({ expiresAt: new Date(Date.now() - msAgo) })
    .execute()
}

async function openDialogs(db: Db): Promise<number> {
  return (await db.selectFrom('dialog').select('chatId').execute()).length
}
