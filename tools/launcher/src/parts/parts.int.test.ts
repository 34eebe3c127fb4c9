import { once } from 'node:events'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openDb, ping } from '@atermtrack/data'
import { type QueueConnection, keepSchedules, listSchedulers, sweepPending } from '@atermtrack/queue'
import { launcherTexts } from '@atermtrack/messages'
import { createLogger } from '@atermtrack/runtime'
import { describe, expect, onTestFinished, test } from '@atermtrack/testkit'
import { openMailPart, smtpPart } from './mail.ts'
import { openPostgresPart } from './postgres.ts'
import { openRedisPart } from './redis.ts'
import { openTelegramPart } from './telegram.ts'

const words = launcherTexts.en
const there = { dir: undefined, language: 'ru', words } as const
const logger = createLogger({ service: 'test', level: 'silent' })

/** Adds a key to Redis under the prefix. */
async function scheduleAt(connection: QueueConnection): Promise<void> {
  await using keeper = keepSchedules(
    [{ id: 'a-schedule', queue: sweepPending, payload: {}, rhythm: { everyMs: 3_600_000 } }],
    connection,
  )
  await keeper.ready()
}

/** A server that accepts connections and says nothing, on a port of its own. */
async function occupiedPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  const address = server.address()
  return typeof address === 'object' && address ? address.port : 0
}

describe('PostgreSQL of the environment', () => {
  test('is used as it is, and its password is not shown', async ({ databaseUrl }) => {
    await using part = await openPostgresPart('configured', {
      env: { DATABASE_URL: databaseUrl },
      dataDir: '/kept',
      words,
    })
    expect(part.url).toBe(databaseUrl)
    expect(part.env).toEqual({ DATABASE_URL: databaseUrl })
    expect(part.serviceRole).toBeUndefined()
    expect(part.row.where).not.toContain(new URL(databaseUrl).password)
    expect(part.row.where).not.toContain('@')
  })

  test('gives a walk a database of its own, which is removed with it', async ({ databaseUrl }) => {
    const part = await openPostgresPart('configured', { env: { DATABASE_URL: databaseUrl }, dataDir: undefined, words })
    expect(part.url).not.toBe(databaseUrl)
    // A connection stays open until the end, like that of a service that is being killed.
    await using db = openDb({ url: part.url, poolSize: 1 })
    await ping(db)
    await part[Symbol.asyncDispose]()
    await expect(ping(db)).rejects.toThrow()
  })

  test('that does not answer is an error of the walk', async () => {
    const env = { DATABASE_URL: 'postgres://a:b@127.0.0.1:1/c' }
    await expect(openPostgresPart('configured', { env, dataDir: undefined, words })).rejects.toThrow('ECONNREFUSED')
  })
})

test('an embedded PostgreSQL gives the services a role that is not its owner', async () => {
  await using part = await openPostgresPart('embedded', { env: {}, dataDir: undefined, words })
  expect(part.row.from).toMatch(/^embedded \d+/)
  const [own, ofServices] = [new URL(part.url), new URL(part.env['DATABASE_URL'] ?? '')]
  expect(ofServices.host).toBe(own.host)
  expect(ofServices.username).not.toBe(own.username)
  expect([ofServices.username, ofServices.password]).toEqual([part.serviceRole?.name, part.serviceRole?.password])
})

describe('Redis of the environment', () => {
  test('is used as it is, and its password is not shown', async ({ redisUrl }) => {
    const url = new URL(redisUrl)
    url.password = 'secret-of-redis'
    await using part = await openRedisPart('configured', { env: { REDIS_URL: url.href }, dir: '/kept', words })
    expect(part.env).toEqual({})
    expect(part.row.where).not.toContain('secret-of-redis')
  })

  test('gives a walk queues of its own, which are removed with it and leave the others alone', async ({
    redisUrl,
    queuePrefix,
  }) => {
    const others = { url: redisUrl, prefix: queuePrefix, logger }
    await scheduleAt(others)
    const part = await openRedisPart('configured', { env: { REDIS_URL: redisUrl }, dir: undefined, words })
    const own = { ...others, prefix: part.env['QUEUE_PREFIX'] ?? '' }
    await scheduleAt(own)
    expect(await listSchedulers(own)).toHaveLength(1)
    await part[Symbol.asyncDispose]()
    expect(await listSchedulers(own)).toEqual([])
    expect(await listSchedulers(others)).toHaveLength(1)
  })

  test('that does not answer stops the start, and is named without its password', async () => {
    const env = { REDIS_URL: 'redis://:secret-of-redis@127.0.0.1:1' }
    const opening = openRedisPart('configured', { env, dir: '/kept', words })
    await expect(opening).rejects.toThrow(/^Redis \(redis:\/\/127\.0\.0\.1:1\) does not answer$/)
  })
})

test('an embedded Redis of a walk is gone afterwards', async () => {
  const part = await openRedisPart('embedded', { env: {}, dir: undefined, words })
  const connection = { url: part.env['REDIS_URL'] ?? '', prefix: 'walk', logger }
  expect(await listSchedulers(connection)).toEqual([])
  await part[Symbol.asyncDispose]()
  await expect(listSchedulers(connection)).rejects.toThrow('ECONNREFUSED')
})

describe('Telegram', () => {
  test('of the environment is named by its address', async () => {
    const env = { BOT_TOKEN: '1:a', TELEGRAM_API_ROOT: 'http://127.0.0.1:8081' }
    await using part = await openTelegramPart('configured', { env, port: 0, ...there })
    expect([part.sandbox, part.env, part.row.where]).toEqual([undefined, {}, 'http://127.0.0.1:8081'])
    await using usual = await openTelegramPart('configured', { env: { BOT_TOKEN: '1:a' }, port: 0, ...there })
    expect(usual.row.where).toBe('https://api.telegram.org')
  })

  test('of the sandbox lets everybody in and makes its first person an admin', async () => {
    await using part = await openTelegramPart('sandbox', { env: {}, port: 0, ...there })
    const [first] = part.sandbox?.persons() ?? []
    expect(part.env).toMatchObject({ ADMIN_CHAT_ID: String(first?.id), TELEGRAM_PROXY: '' })
  })

  test('of the sandbox leaves access as the environment sets it', async () => {
    const env = { ACCESS_MODE: 'approval', ADMIN_CHAT_ID: '5' }
    await using part = await openTelegramPart('sandbox', { env, port: 0, ...there })
    expect(Object.keys(part.env)).not.toContain('ACCESS_MODE')
    expect(Object.keys(part.env)).not.toContain('ADMIN_CHAT_ID')
  })

  test('of the sandbox takes another port when its own is taken', async () => {
    const port = await occupiedPort()
    await using part = await openTelegramPart('sandbox', { env: {}, port, ...there })
    expect(new URL(part.sandbox?.pageUrl ?? '').port).not.toBe(String(port))
  })
})

describe('mail', () => {
  test('of the environment is left alone', async () => {
    const env = { IMAP_SERVER: 'mail.example', INBOX_DIR: '/srv/inbox' }
    await using imap = await openMailPart('imap', { env, dir: '/nowhere', words })
    await using folder = await openMailPart('folder', { env, dir: '/nowhere', words })
    expect([imap.row.where, folder.row.where]).toEqual(['mail.example', '/srv/inbox'])
    expect([imap.env, folder.env]).toEqual([{}, {}])
  })

  test('is simulated in a folder otherwise', async () => {
    const home = await mkdtemp(join(tmpdir(), 'launcher-'))
    onTestFinished(() => rm(home, { recursive: true }))
    const dir = join(home, 'inbox')
    await using part = await openMailPart('simulated', { env: {}, dir, words })
    expect(part.env).toEqual({ INBOX_DIR: dir })
    expect((await readdir(dir)).filter((name) => /^\d+_\d{8}_\d{4}\.xlsx$/.test(name)).length).toBeGreaterThan(10)
  })

  test('by SMTP is off without a server, and says how to switch it on', () => {
    expect(smtpPart('off', { env: {}, words }).row).toEqual({
      part: 'SMTP',
      from: 'off',
      where: 'set SMTP_SERVER for reports by e-mail',
    })
    expect(smtpPart('configured', { env: { SMTP_SERVER: 'smtp.example', SMTP_PASS: 'x' }, words }).row.where).toBe(
      'smtp.example',
    )
  })
})
