import type { Db } from '@atermtrack/data'
import type { Sandbox } from '@atermtrack/sandbox'
import { startRedis } from '@atermtrack/servers'
import { atLength, expect, test, waitUntil } from '@atermtrack/testkit'
import { Redis } from 'ioredis'
import { admin, composePhoto, countNews, countReceived, letIn, sendingPhoto } from './broadcast.ts'
import { createSystem, openSandbox } from './system.ts'
import { ask, awaitMessage, press } from './talk.ts'

// Takes up to 180 s: sends at the pace that Telegram allows, and starts the bot again.

const recipients = atLength({ short: 200, full: 400 })
const kills = atLength({ short: 2, full: 8 })
const minute = 60_000

test('a photo to everybody survives refusals, blocked chats, kills and an emptied Redis: nobody gets it twice, and unknown deliveries are listed and resent', async ({
  db,
  databaseUrl,
}) => {
  await using redis = await startRedis()
  await using sandbox = await openSandbox({
    persons: Array.from({ length: recipients }, (_, n) => ({ name: `P ${n}` })),
  })
  await using system = createSystem({
    databaseUrl,
    redisUrl: redis.url,
    queuePrefix: 'atermtrack',
    sandbox,
    env: { ADMIN_CHAT_ID: String(admin) },
  })
  await letIn(db, sandbox)
  const [bot] = await Promise.all([system.start('bot'), system.start('reporter')])
  await system.ready()
  const author = sandbox.person(admin)
  await ask(author, '/broadcast', 'Пришлите сообщение рассылки')
  await composePhoto(author)
  const faults = [
    sandbox.faults.add({ kind: 'forbidden', probability: 0.03, method: sendingPhoto }),
    sandbox.faults.add({ kind: 'tooManyRequests', retryAfterSeconds: 1, probability: 0.03, method: sendingPhoto }),
  ]
  await author.press(({ text }) => text.includes(`Отправить ${recipients}`))
  await waitUntil(() => countReceived(sandbox) > 0, { what: 'the first recipient', timeoutMs: minute })
  // The outcome of at least one delivery is unknown, wherever the kills strike.
  sandbox.faults.add({ kind: 'cutReply', method: sendingPhoto, times: 1 })

  for (let kill = 1; kill <= kills; kill += 1) {
    const before = countReceived(sandbox)
    const isTime = () => countReceived(sandbox) > before + 10
    await waitUntil(isTime, { what: `${before + 10} recipients`, timeoutMs: 3 * minute })
    if (kill === kills / 2) await flush(redis.url)
    await bot.kill9()
    bot.start()
  }
  await untilDone(db)
  for (const fault of faults) fault.remove()

  const ledger = await db.selectFrom('delivery').select(['chatId', 'status']).where('kind', '=', 'broadcast').execute()
  expect(ledger).toHaveLength(recipients)
  expect(ledger.filter(({ status }) => !['sent', 'blocked', 'unknown'].includes(status))).toEqual([])
  for (const { chatId, status } of ledger) {
    const times = countNews(sandbox, chatId ?? 0)
    if (status === 'sent') expect(times, `chat ${chatId}`).toBe(1)
    else expect(times, `${status} chat ${chatId}`).toBeLessThanOrEqual(status === 'unknown' ? 1 : 0)
  }
  const unknown = ledger.filter(({ status }) => status === 'unknown')
  expect(unknown.length).toBeGreaterThan(0)
  expect(unknown.length).toBeLessThanOrEqual(kills * 10)
  await resend(db, sandbox, unknown.length)
}, 300_000)

/** The list for the author resends each delivery once, however often the button is pressed. */
async function resend(db: Db, sandbox: Sandbox, unknown: number): Promise<void> {
  const author = sandbox.person(admin)
  const before = countReceived(sandbox)
  await ask(author, '/unknown', `Неизвестно, дошло ли: ${unknown}`)
  await author.press(({ text }) => text.includes('Показать неизвестные'))
  await awaitMessage(author, `Неизвестно, дошло ли: ${unknown}`)
  const button = `Отправить ещё раз ${unknown}`
  expect(await press(author, button)).toBe('Отправляю ещё раз')
  await untilDone(db)
  expect(countReceived(sandbox)).toBe(before + unknown)
  await ask(author, '/unknown', 'Всё ясно')
}

async function untilDone(db: Db): Promise<void> {
  const isDone = async () => {
    const [broadcast] = await db.selectFrom('broadcast').select('status').execute()
    return broadcast?.status === 'done'
  }
  await waitUntil(isDone, { what: 'the broadcast to be over', timeoutMs: 3 * minute })
}

async function flush(url: string): Promise<void> {
  const redis = new Redis(url)
  await redis.flushall()
  redis.disconnect()
}
