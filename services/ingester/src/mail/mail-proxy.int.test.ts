import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { inspect } from 'node:util'
import { type Db, mailboxHealth } from '@atermtrack/data'
import type { DovecotServer } from '@atermtrack/servers'
import {
  aMessage,
  describe,
  expect,
  onTestFinished,
  type SocksProxyOptions,
  startSocksProxy,
  test,
} from '@atermtrack/testkit'
import { pino } from 'pino'
import { type ImapSettings, openImapMailbox, proxyRefusedText } from './imap-mailbox.ts'
import { createMailboxLook } from './look-into-mailbox.ts'
import { createMailboxHealthKeeper } from './mailbox-health-keeper.ts'
import { logger, name, polling, settingsOf } from './polling.test-helper.ts'

const login = { user: 'robot', password: 'hunter22' }

/** A mailbox whose server is known to the proxy alone. */
async function behindProxy(mailServer: DovecotServer, options: SocksProxyOptions, credentials = '') {
  const proxy = await startSocksProxy({ leadTo: mailServer.port, ...options })
  onTestFinished(async () => proxy[Symbol.asyncDispose]())
  const address = `socks5://${credentials}127.0.0.1:${proxy.port}`
  return { proxy, settings: { ...settingsOf(mailServer), host: 'imap.example', proxy: address } }
}

/** Looks into the mailbox behind a proxy that refuses, and sees what the log, the record and the alarm make of it. */
async function expectPlainRefusal(db: Db, settings: ImapSettings): Promise<void> {
  const lines: string[] = []
  const listening = pino({ level: 'trace' }, { write: (line) => void lines.push(line) })
  const health = createMailboxHealthKeeper({ db, name, secrets: [], logger: listening, now: () => new Date() })
  const { dependencies } = polling(db, settings, {
    open: async (signal) => openImapMailbox(settings, { logger: listening, signal }),
  })
  const look = createMailboxLook({ ...dependencies, health, lookAgain: async () => undefined })
  const error: unknown = await look(
    { logger: listening, signal: new AbortController().signal },
    { byHand: false },
  ).catch((failure: unknown) => failure)
  listening.error({ err: error }, 'the look failed')
  expect(await mailboxHealth.find(db, name)).toMatchObject({ error: proxyRefusedText, loginRefused: false })
  expect(lines.join('')).toContain(proxyRefusedText)
  expect(lines.join('') + inspect(error, { depth: 9, showHidden: true })).not.toContain('hunter22')
}

describe('an HTTP proxy', () => {
  test.for([
    ['refuses the login', 'robot:hunter22@'],
    ['wants a login that we have not', ''],
  ] as const)('that %s is reported in plain words, without secrets', async ([, credentials], { db, mailServer }) => {
    const asked: (string | undefined)[] = []
    const proxy = createServer().on('connect', (request, near) => {
      asked.push(request.url)
      near.end('HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm="mail"\r\n\r\n')
    })
    proxy.listen(0, '127.0.0.1')
    await once(proxy, 'listening')
    onTestFinished(() => void proxy.close())
    const { port } = proxy.address() as AddressInfo
    const address = `http://${credentials}127.0.0.1:${port}`
    await expectPlainRefusal(db, { ...settingsOf(mailServer), host: 'imap.example', proxy: address })
    expect(asked).toEqual([`imap.example:${mailServer.port}`])
  })
})

describe('a SOCKS5 proxy', () => {
  test.for([
    ['asks for no login', {}, ''],
    ['asks for the login that we have', { login }, 'robot:hunter22@'],
  ] as const)(
    'that %s lets mail through, and finds the server by its name',
    async ([, options, credentials], { db, mailServer }) => {
      await mailServer.append(aMessage({ attachments: [{ fileName: 'a.xlsx', content: Buffer.from('a') }] }))
      const { proxy, settings } = await behindProxy(mailServer, options, credentials)
      const { poll, stored } = polling(db, settings)
      expect(await poll()).toBe(1)
      expect(stored).toHaveLength(1)
      expect(proxy.tunnels).toEqual([`imap.example:${mailServer.port}`])
    },
  )

  test.for([
    ['refuses the login', { login: { user: 'robot', password: 'another' } }, 'robot:hunter22@'],
    ['wants a login that we have not', { login }, ''],
  ] as const)(
    'that %s is reported in plain words, without secrets',
    async ([, options, credentials], { db, mailServer }) => {
      const { proxy, settings } = await behindProxy(mailServer, options, credentials)
      await expectPlainRefusal(db, settings)
      expect(proxy.tunnels).toEqual([])
    },
  )

  test('that does not reach the server is named as the fault', async ({ ownMailServer }) => {
    const { settings } = await behindProxy(ownMailServer, {})
    await ownMailServer.stop()
    await expect(openImapMailbox(settings, { logger })).rejects.toThrow(/^the mail proxy fails: .*rejected/)
  })
})
