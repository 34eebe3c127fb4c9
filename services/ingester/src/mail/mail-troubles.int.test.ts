import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { connect } from 'node:net'
import { type Db, mailbox as mailboxes } from '@atermtrack/data'
import { aMessage, describe, expect, startTcpRelay, test, waitUntil } from '@atermtrack/testkit'
import { ImapFlow } from 'imapflow'
import { MessageWithheld, openImapMailbox } from './imap-mailbox.ts'
import { pollMailboxOnce } from './poll-mailbox.ts'
import { letDeferredBeDue, logger, name, polling, settingsOf } from './polling.test-helper.ts'

const never = new AbortController().signal

function mail(n: number, count = 1): Buffer {
  const attachments = Array.from({ length: count }, (_, part) => ({
    fileName: `${n}-${part}.xlsx`,
    content: Buffer.from(`workbook ${n}-${part}`),
  }))
  return aMessage({ subject: `mail ${n}`, attachments })
}

async function verdicts(db: Db) {
  const rows = await db.selectFrom('mailMessage').select(['status', 'reason', 'rawSha256']).orderBy('uid').execute()
  return Promise.all(
    rows.map(async ({ status, reason, rawSha256 }) => {
      const kept = rawSha256
        ? await db.selectFrom('blob').select('sha256').where('sha256', '=', rawSha256).execute()
        : []
      return { verdict: reason ?? status, isRawKept: kept.length > 0 }
    }),
  )
}

describe('the connection', () => {
  test('may break in the middle: the next look goes on there, nothing is missed or taken twice', async ({
    db,
    ownMailServer,
  }) => {
    const count = 60
    for (let n = 0; n < count; n++) await ownMailServer.append(mail(n))
    let stored = 0
    const onStored = async () => {
      stored += 1
      if (stored === 20) await ownMailServer.kill9()
    }
    const { poll } = polling(db, settingsOf(ownMailServer), { onStored })
    await expect(poll()).rejects.toThrow()
    await ownMailServer.restart()
    expect(await poll()).toBe(count - 20)
    const files = await db.selectFrom('workbook').select('fileName').orderBy('id').execute()
    expect(files.map(({ fileName }) => fileName)).toEqual(Array.from({ length: count }, (_, n) => `${n}-0.xlsx`))
  })

  test.for([
    ['before it answers', 1],
    ['in the middle of a message', 20_000],
  ] as const)(
    'may end with a BYE %s: the whole message comes over the next one',
    async ([, bytes], { db, mailServer }) => {
      const content = randomBytes(60_000)
      await mailServer.append(aMessage({ attachments: [{ fileName: 'a.xlsx', content }] }))
      await using relay = await startTcpRelay(mailServer.port)
      const settings = { ...settingsOf(mailServer), port: relay.port }
      const open = async (signal: AbortSignal) => {
        const box = await openImapMailbox(settings, { logger, signal })
        const fetchRaw = async (uid: number) => {
          if (relay.accepted() === 1) relay.sayByeAfter(bytes)
          return box.fetchRaw(uid)
        }
        return { ...box, fetchRaw }
      }
      const { poll } = polling(db, settings, { open })
      expect(await poll()).toBe(1)
      expect(relay.accepted()).toBe(2)
      expect(await db.selectFrom('blob').select('content').execute()).toEqual([{ content }])
    },
  )

  test('that falls silent is noticed', async ({ mailServer }) => {
    await mailServer.append(mail(1))
    await using relay = await startTcpRelay(mailServer.port)
    const settings = { ...settingsOf(mailServer), port: relay.port }
    await using box = await openImapMailbox(settings, { logger, silenceMs: 500 })
    relay.fallSilent()
    await expect(box.fetchRaw(1)).rejects.toThrow()
    await using other = await openImapMailbox(settingsOf(mailServer), { logger })
    expect(await other.fetchRaw(1)).toBeInstanceOf(Buffer)
  })

  test('that falls silent while it waits for news is noticed', async ({ mailServer }) => {
    await using relay = await startTcpRelay(mailServer.port)
    const settings = { ...settingsOf(mailServer), port: relay.port }
    await using box = await openImapMailbox(settings, { logger, silenceMs: 2_000 })
    relay.fallSilent()
    await expect(
      (async () => {
        for (;;) await box.waitForNews(never)
      })(),
    ).rejects.toThrow()
  })

  test('that hangs does not keep a look for longer than its limit', async ({ db, mailServer }) => {
    await using relay = await startTcpRelay(mailServer.port)
    relay.fallSilent()
    const { poll } = polling(db, { ...settingsOf(mailServer), port: relay.port }, { limitMs: 300 })
    const startedAt = Date.now()
    await expect(poll()).rejects.toThrow()
    expect(Date.now() - startedAt).toBeLessThan(20_000)
  })

  test('that is slow is let go of in good time, and the next look goes on there', async ({ db, mailServer }) => {
    for (let n = 0; n < 3; n++) await mailServer.append(mail(n))
    const started = Date.now()
    const onStored = async () => {
      await waitUntil(() => Date.now() - started > 3_600, { what: 'most of the time to pass' })
    }
    const { dependencies } = polling(db, settingsOf(mailServer), { onStored, limitMs: 5_000 })
    expect(await pollMailboxOnce(dependencies, logger, never)).toEqual({ messages: 1, isAtEnd: false })
    expect(await pollMailboxOnce(dependencies, logger, never)).toEqual({ messages: 2, isAtEnd: true })
  })

  test('may lead through a proxy that wants a login', async ({ mailServer }) => {
    const asked: unknown[] = []
    const proxy = createServer().on('connect', (request, near) => {
      asked.push([request.url, request.headers['proxy-authorization']])
      const far = connect(mailServer.port, '127.0.0.1', () => near.write('HTTP/1.1 200 OK\r\n\r\n'))
      near.pipe(far).pipe(near)
      near.on('error', () => far.destroy())
      far.on('error', () => near.destroy())
    })
    proxy.listen(0, '127.0.0.1')
    await once(proxy, 'listening')
    const { port } = proxy.address() as { port: number }
    const settings = { ...settingsOf(mailServer), host: 'imap.example', proxy: `http://me:p%40ss@127.0.0.1:${port}` }
    {
      await using box = await openImapMailbox(settings, { logger })
      expect(box.nextUid).toBe(1)
    }
    const login = `Basic ${Buffer.from('me:p@ss').toString('base64')}`
    expect(asked).toEqual([[`imap.example:${mailServer.port}`, login]])
    proxy.close()
  })
})

test('thousands of old messages cost the first look nothing', async ({ db, mailServer }) => {
  const old = new Date(Date.now() - 30 * 86_400_000)
  await mailServer.append(mail(0), { internalDate: old })
  const { host, port, user, password } = mailServer
  const client = new ImapFlow({ host, port, secure: false, auth: { user, pass: password }, logger: false })
  await client.connect()
  await client.mailboxOpen('INBOX')
  for (let doubling = 0; doubling < 12; doubling++) await client.messageCopy('1:*', 'INBOX')
  client.close()
  await mailServer.append(mail(1))
  const { poll, stored } = polling(db, settingsOf(mailServer))
  const startedAt = Date.now()
  expect(await poll()).toBe(1)
  expect(Date.now() - startedAt).toBeLessThan(20_000)
  expect(stored).toHaveLength(1)
  expect(await mailboxes.findCursor(db, name)).toMatchObject({ lastUid: 4_097 })
})

describe('a message that is not read', () => {
  test('says why, keeps its bytes where a later release may read them, and stops nobody', async ({
    db,
    mailServer,
  }) => {
    const bomb = `Content-Type: multipart/mixed; boundary="0"\r\n\r\n${'--0\r\n\r\n\r\n'.repeat(20_000)}`
    await mailServer.append(Buffer.from(`From: a@b.example\r\n${bomb}`))
    await mailServer.append(mail(1, 4))
    const uuencoded = 'begin 644 a.xls\r\n#0V%T\r\n`\r\nend\r\n'
    await mailServer.append(Buffer.from(`From: a@b.example\r\nContent-Type: text/plain\r\n\r\n${uuencoded}`))
    await mailServer.append(mail(2))
    const { poll, stored } = polling(db, settingsOf(mailServer), { maxAttachments: 3 })
    expect(await poll()).toBe(4)
    expect(await verdicts(db)).toEqual([
      { verdict: 'unreadable_message', isRawKept: true },
      { verdict: 'too_many_attachments', isRawKept: true },
      { verdict: 'uuencoded', isRawKept: true },
      { verdict: 'stored', isRawKept: false },
    ])
    expect(stored).toHaveLength(1)
    expect(await db.selectFrom('mailTaking').select('uid').execute()).toEqual([])
  })

  test('has killed three readers', async ({ db, mailServer }) => {
    await mailServer.append(mail(1))
    const uid = await mailServer.append(mail(2))
    await mailServer.append(mail(3))
    await using box = await openImapMailbox(settingsOf(mailServer), { logger })
    const message = { mailbox: name, uidValidity: box.uidValidity, uid }
    for (const startedBy of ['first', 'second', 'third']) await mailboxes.beginTaking(db, message, startedBy)
    const { poll, stored } = polling(db, settingsOf(mailServer))
    await poll()
    expect((await verdicts(db)).map(({ verdict }) => verdict)).toEqual(['stored', 'reader_died', 'stored'])
    expect(stored).toHaveLength(2)
  })

  test('is put behind the others while the server keeps it back', async ({ db, mailServer }) => {
    for (let n = 1; n <= 3; n++) await mailServer.append(mail(n))
    const settings = settingsOf(mailServer)
    const open = async (signal: AbortSignal) => {
      const box = await openImapMailbox(settings, { logger, signal })
      const fetchRaw = async (uid: number) => {
        if (uid === 2 && isKeptBack) throw new MessageWithheld('NO')
        return box.fetchRaw(uid)
      }
      return { ...box, fetchRaw }
    }
    let isKeptBack = true
    const { poll, stored } = polling(db, settings, { open })
    expect(await poll()).toBe(3)
    expect((await verdicts(db)).map(({ verdict }) => verdict)).toEqual(['stored', 'not_handed_out', 'stored'])
    expect(stored).toHaveLength(2)
    isKeptBack = false
    await letDeferredBeDue(db)
    await poll()
    expect((await verdicts(db)).map(({ verdict }) => verdict)).toEqual(['stored', 'stored', 'stored'])
  })

  test('is read again as long as its readers live', async ({ db, mailServer }) => {
    await mailServer.append(mail(1))
    const broken = polling(db, settingsOf(mailServer), { maxAttachments: 50 })
    for (let round = 0; round < 5; round++) {
      const failing = { ...broken.dependencies, db: withoutTransactions(db) }
      await expect(pollMailboxOnce(failing, logger, never)).rejects.toThrow('no transaction')
    }
    await broken.poll()
    expect(broken.stored).toHaveLength(1)
  })
})

/** A database that fails where a message would be stored. */
function withoutTransactions(db: Db): Db {
  return new Proxy(db, {
    get(target, key) {
      if (key === 'transaction') throw new Error('no transaction')
      const value: unknown = Reflect.get(target, key)
      return typeof value === 'function' ? (value.bind(target) as unknown) : value
    },
  })
}
