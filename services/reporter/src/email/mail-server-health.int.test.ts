import { keepInstance, readStoredHealth } from '@atermtrack/data'
import { expect, startSmtpServer, test, waitUntil } from '@atermtrack/testkit'
import { once } from 'node:events'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { pino } from 'pino'
import { greetMailServer, type MailerOptions } from './mailer.ts'

const logger = pino({ level: 'silent' })

function optionsOf({ host, port }: Pick<MailerOptions, 'host' | 'port'>): MailerOptions {
  return { host, port, secure: false, user: undefined, password: undefined, from: 'robot@aterm.test' }
}

test('a service describes the mail server that only it can reach, and its end, and leaves no row when it ends', async ({
  db,
}) => {
  const server = await startSmtpServer()
  const smtp = optionsOf(server)
  const health = { inspect: async () => [{ name: 'send-email', state: 'ok' as const, ms: 1 }] }
  const options = { db, service: 'reporter', health, logger, everyMs: 20 }
  const instance = keepInstance({ ...options, servers: { smtp: async () => greetMailServer(smtp) } })
  const seen = async () => (await readStoredHealth(db)).services[0]
  const isUp = async () => (await seen())?.servers[0]?.state === 'ok'
  await waitUntil(isUp, { what: 'a mail server that greets' })
  expect(await seen()).toMatchObject({
    service: 'reporter',
    version: expect.stringMatching(/^\d+\.\d+/),
    parts: [{ name: 'send-email', state: 'ok' }],
    disk: { free: expect.any(Number), size: expect.any(Number) },
  })
  expect(server.messages).toEqual([])
  await server[Symbol.asyncDispose]()
  // A greeting that the end interrupts is named otherwise (ECONNECTION), and is followed by this one.
  const isAway = async () => (await seen())?.servers[0]?.detail === 'ESOCKET'
  await waitUntil(isAway, { what: 'a mail server that is away' })
  expect((await seen())?.servers[0]).toMatchObject({ name: 'smtp', state: 'failed' })
  await instance[Symbol.asyncDispose]()
  expect(await seen()).toBeUndefined()
})

test('a mail server that takes connections and says nothing is given up in time', async () => {
  const sockets: Socket[] = []
  const silent = createServer((socket) => void sockets.push(socket)).listen(0, '127.0.0.1')
  await once(silent, 'listening')
  const { port } = silent.address() as AddressInfo
  const startedAt = performance.now()
  await expect(greetMailServer(optionsOf({ host: '127.0.0.1', port }))).rejects.toThrow()
  expect(performance.now() - startedAt).toBeLessThan(10_000)
  for (const socket of sockets) socket.destroy()
  silent.close()
})
