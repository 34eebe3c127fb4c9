import { type Db, people } from '@atermtrack/data'
import { notice } from '@atermtrack/messages'
import { transact } from '@atermtrack/outbox'
import { sendTelegram } from '@atermtrack/queue'
import { expect, readLedger, recordQueues, test } from '@atermtrack/testkit'
import { notifyWithinPeriod } from './notify-admins.ts'

const group = -22
const anna = 11
const boris = 12

async function notify(db: Db, n: number): Promise<readonly number[]> {
  const entry = { name: `${n}.xlsx`, reason: 'unknown_sender' }
  const single = notice('workbook_refused', { id: n + 1, fileName: `alone ${n}`, sender: null })
  const about = { topic: 'strangers', entry, single } as const
  const { queues, take } = recordQueues()
  await transact({ db, queues }, async (tx) => notifyWithinPeriod(tx, [anna, boris, group], about))
  return take(sendTelegram).map(({ deliveryId }) => deliveryId)
}

async function textsOf(db: Db, chatId: number): Promise<readonly string[]> {
  return (await readLedger(db, { chatId })).map(({ text }) => text)
}

test('a flood that several processes report at once is three messages in each chat, with all of it', async ({ db }) => {
  await people.ensure(db, { telegramId: boris, firstName: 'B', lastName: null, username: null, language: 'en' })
  const notified = await Promise.all(Array.from({ length: 60 }, async (_, n) => notify(db, n)))
  expect(notified.flat()).toHaveLength(9)
  expect(new Set(notified.flat()).size).toBe(9)
  const alone = expect.stringMatching(/ alone \d+\n/)
  for (const chatId of [anna, group]) {
    expect(await textsOf(db, chatId)).toEqual([alone, alone, expect.stringMatching(/Ещё 58 файлов.*\n• 58: /)])
  }
  expect(await textsOf(db, boris)).toEqual([alone, alone, expect.stringMatching(/58 more files.*\n• 58: /)])
})

test('after the message has left, what comes edits it, and no sooner than after a pause', async ({ db }) => {
  for (let n = 0; n < 3; n++) await notify(db, n)
  await db.updateTable('delivery').set({ status: 'sent', telegramMessageId: 5 }).execute()
  for (let n = 3; n < 10; n++) await notify(db, n)
  const edits = (await readLedger(db)).filter(({ status }) => status === 'pending')
  expect(edits.map(({ chatId }) => chatId).toSorted((a, b) => Number(a) - Number(b))).toEqual([group, anna, boris])
  for (const { text, notBefore } of edits) {
    expect(text).toContain('Ещё 8 файлов')
    expect(notBefore!.getTime()).toBeGreaterThan(Date.now() + 20_000)
  }
})

test('the next hour begins with messages of their own, and a gathered message of its own', async ({ db }) => {
  for (let n = 0; n < 4; n++) await notify(db, n)
  await db.updateTable('delivery').set({ status: 'sent', telegramMessageId: 5 }).execute()
  await db
    .updateTable('noticePeriod')
    .set({ openedAt: new Date(Date.now() - 61 * 60_000) })
    .execute()
  for (let n = 4; n < 7; n++) await notify(db, n)
  expect((await textsOf(db, anna)).slice(3)).toEqual([
    expect.stringContaining('alone 4'),
    expect.stringContaining('alone 5'),
    expect.stringContaining('Ещё 1 файл '),
  ])
  const { notBefore } = await db
    .selectFrom('delivery')
    .select('notBefore')
    .where('noticePeriod', 'is not', null)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirstOrThrow()
  expect(notBefore).toBeNull()
})
