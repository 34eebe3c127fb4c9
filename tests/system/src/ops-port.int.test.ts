import { connect } from 'node:net'
import { expect, test } from '@atermtrack/testkit'
import fc from 'fast-check'
import type { ServiceProcess } from './service-process.ts'
import { createSystem, openSandbox } from './system.ts'

// Takes up to 40 s: sends a thousand broken requests to each service.

const requests = [
  'GET // HTTP/1.1\r\nHost: a\r\n\r\n',
  'GET http://[::1 HTTP/1.1\r\nHost: a\r\n\r\n',
  'GET /%c0%af%zz HTTP/1.1\r\nHost: a\r\n\r\n',
  'OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n',
  'CONNECT /readyz HTTP/1.1\r\nHost: a\r\n\r\n',
  'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
  `GET /readyz HTTP/1.1\r\n${'X: y\r\n'.repeat(10_000)}\r\n`,
  'POST /readyz HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\nzz\r\n',
  'GET /readyz HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: upgrade\r\n\r\n\0\0\0',
]

test('broken bytes on the ports of a service neither end it nor block its health checks', async ({
  databaseUrl,
  redisUrl,
  queuePrefix,
}) => {
  await using sandbox = await openSandbox()
  await using system = createSystem({ databaseUrl, redisUrl, queuePrefix, sandbox })
  const services = await Promise.all([system.start('bot'), system.start('reporter'), system.start('ingester')])
  await system.ready()
  const bytes = fc.oneof(
    fc.constantFrom(...requests).map((text) => Buffer.from(text)),
    fc.uint8Array({ minLength: 1, maxLength: 4_000 }),
    fc.string({ unit: 'binary' }).map((target) => Buffer.from(`GET ${target} HTTP/1.1\r\nHost: a\r\n\r\n`)),
  )
  const attack = async ({ opsPort, isReady, isRunning, lines }: ServiceProcess) => {
    await fc.assert(
      fc.asyncProperty(fc.array(bytes, { minLength: 30, maxLength: 30 }), async (all) => {
        await Promise.all(all.map(async (one) => send(opsPort, one)))
        return isReady()
      }),
      { numRuns: 10 },
    )
    const silent = Array.from({ length: 500 }, () => connect(opsPort, '127.0.0.1').on('error', () => undefined))
    expect(await isReady()).toBe(true)
    for (const socket of silent) socket.destroy()
    expect(isRunning()).toBe(true)
    expect(lines.filter((line) => line.includes('"level":"fatal"'))).toEqual([])
  }
  await Promise.all(services.map(attack))
}, 240_000)

test('health is served to this machine alone unless OPS_HOST says otherwise', async ({
  databaseUrl,
  redisUrl,
  queuePrefix,
}) => {
  await using system = createSystem({ databaseUrl, redisUrl, queuePrefix })
  const reporter = await system.start('reporter', { OPS_HOST: '' })
  await reporter.ready()
  expect(reporter.lines.find((line) => line.includes('health checks are served'))).toContain('"host":"127.0.0.1"')
})

/** Sends bytes and leaves after the first answer, or a little later without one. */
async function send(port: number, bytes: Uint8Array): Promise<void> {
  const socket = connect(port, '127.0.0.1')
  socket.on('error', () => undefined)
  socket.setTimeout(100, () => socket.destroy())
  socket.once('data', () => socket.destroy())
  socket.write(bytes)
  await new Promise((resolve) => socket.on('close', resolve))
}
