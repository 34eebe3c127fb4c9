import { broadcasts, type Db, people } from '@atermtrack/data'
import { expect, test } from '@atermtrack/testkit'
import { aPerson, auditOf, cli, nowhere } from '../cli.test-helper.ts'

/** A broadcast that is being sent to one person. */
async function aBroadcast(db: Db): Promise<number> {
  await aPerson(db, 77, 'viewer')
  const authorId = (await people.findByTelegramId(db, 77))?.id ?? 0
  const content = { method: 'sendMessage', payload: { text: 'Завтра выходной' } }
  const draft = { authorId, chatId: 77, text: 'Завтра выходной', content, updateId: 1 }
  const { id } = await broadcasts.insertDraft(db, draft)
  await broadcasts.confirm(db, id, { revision: 1 })
  const policy = { mode: 'approval', adminChatIds: [], unnamed: 'hidden' } as const
  await db.transaction().execute((tx) => broadcasts.expandStep(tx, id, policy))
  return id
}

test('pauses, resumes and cancels a broadcast, each once and with a record', async ({ db, databaseUrl }) => {
  const env = { DATABASE_URL: databaseUrl, REDIS_URL: nowhere }
  const id = await aBroadcast(db)
  expect((await cli('broadcasts list', env)).text).toMatch(/1 +\d{4}-\S+ \S+ +sending +1 +0 +1 +Завтра выходной/)
  expect((await cli(`broadcasts pause ${id}`, env)).text).toMatch(/status +paused/)
  expect(await cli(`broadcasts pause ${id}`, env)).toEqual({
    code: 1,
    text: `failed: broadcast ${id} is paused: broadcast.paused does not apply`,
  })
  expect((await cli(`broadcasts resume ${id}`, env)).text).toMatch(/status +sending/)
  expect((await cli(`broadcasts cancel ${id}`, env)).text).toMatch(/status +cancelled[^]*cancelled +1/)
  expect(await cli(`broadcasts resume ${id}`, env)).toMatchObject({ code: 1 })
  expect((await auditOf(db)).map(({ action, command }) => [action, command])).toEqual([
    ['broadcast.paused', 'broadcasts pause'],
    ['broadcast.resumed', 'broadcasts resume'],
    ['broadcast.cancelled', 'broadcasts cancel'],
  ])
})

test('recalls a broadcast that is over, once, and for two days', async ({ db, databaseUrl }) => {
  const env = { DATABASE_URL: databaseUrl, REDIS_URL: nowhere }
  const id = await aBroadcast(db)
  expect((await cli(`broadcasts recall ${id}`, env)).text).toBe(
    `failed: broadcast ${id} is sending: broadcast.recalled does not apply`,
  )
  const over = (finishedAt: Date) => db.updateTable('broadcast').set({ status: 'done', finishedAt }).execute()
  await over(new Date(Date.now() - 49 * 3_600_000))
  expect(await cli(`broadcasts recall ${id}`, env)).toMatchObject({ code: 1 })
  await over(new Date())
  const recalled = await cli(`broadcasts recall ${id} --json`, env)
  expect(recalled.code).toBe(0)
  expect(JSON.parse(recalled.text).tables[0]).toContainEqual({ broadcast: 'recalled (UTC)', [id]: expect.any(String) })
  expect(await cli(`broadcasts recall ${id}`, env)).toMatchObject({ code: 1 })
  expect(await auditOf(db)).toMatchObject([{ action: 'broadcast.recalled', command: 'broadcasts recall' }])
})

test('a draft is its author’s alone', async ({ db, databaseUrl }) => {
  const env = { DATABASE_URL: databaseUrl, REDIS_URL: nowhere }
  await aPerson(db, 77, 'admin')
  const authorId = (await people.findByTelegramId(db, 77))?.id ?? 0
  const content = { method: 'sendMessage', payload: { text: 'x' } }
  const { id } = await broadcasts.insertDraft(db, { authorId, chatId: 77, text: 'x', content, updateId: 1 })
  expect(await cli('broadcasts list', env)).toEqual({ code: 0, text: '(none)' })
  expect(await cli(`broadcasts show ${id}`, env)).toEqual({ code: 1, text: `failed: there is no broadcast ${id}` })
  expect(await cli('broadcasts show x', env)).toMatchObject({ code: 2 })
})
