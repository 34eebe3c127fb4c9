import { connect } from 'node:net'
import fc from 'fast-check'
import { pino } from 'pino'
import { expect, test } from 'vitest'
import { createHealth, type HealthCheck } from './health.ts'
import { metrics } from './metrics/metrics.ts'
import { exportProcessMetrics } from './metrics/process-metrics.ts'
import { startOpsServer } from './ops-server.ts'

const logger = pino({ level: 'silent' })

async function start(checks: Readonly<Record<string, HealthCheck>>, lines: string[] = []) {
  const toLines = pino({ level: 'info' }, { write: (line: string) => void lines.push(line) })
  const health = createHealth({ logger: toLines, timeoutMs: 50, freshMs: 0, startingMs: 0 })
  for (const [name, check] of Object.entries(checks)) health.add(name, check)
  const server = await startOpsServer({ port: 0, host: '127.0.0.1', logger, health, requestTimeoutMs: 400 })
  const get = async (path: string, init?: RequestInit) => fetch(`http://127.0.0.1:${server.port}${path}`, init)
  return { get, port: server.port, lines, [Symbol.asyncDispose]: async () => server[Symbol.asyncDispose]() }
}

/** Sends bytes and returns all that comes back until the server hangs up. */
async function exchange(port: number, bytes: string | Uint8Array): Promise<string> {
  const socket = connect(port, '127.0.0.1')
  socket.on('error', () => undefined)
  socket.write(bytes)
  let answer = ''
  socket.on('data', (data) => (answer += data.toString('latin1')))
  await new Promise((resolve) => socket.on('close', resolve))
  return answer
}

test('is alive, and ready only while every part works', async () => {
  let redis: HealthCheck = async () => undefined
  await using server = await start({ redis: async () => redis() })
  expect((await server.get('/healthz')).status).toBe(200)
  expect(await (await server.get('/readyz')).json()).toEqual({ ok: true, parts: { redis: 'ok' } })

  redis = async () => Promise.reject(new Error('10.0.0.7:6379 is away'))
  const answer = await server.get('/readyz')
  expect([answer.status, await answer.json()]).toEqual([503, { ok: false, parts: { redis: 'failed' } }])
  expect((await server.get('/healthz')).status).toBe(200)
})

test('the reason why a part does not work is logged once, and no answer holds it', async () => {
  let redis: HealthCheck = async () => Promise.reject(new Error('10.0.0.7:6379 is away'))
  await using server = await start({ redis: async () => redis() })
  for (let n = 0; n < 3; n += 1) expect(await (await server.get('/readyz')).text()).not.toContain('10.0.0.7')
  redis = async () => undefined
  await server.get('/readyz')
  expect(server.lines.map((line) => JSON.parse(line) as object)).toEqual([
    expect.objectContaining({ part: 'redis', err: expect.objectContaining({ message: '10.0.0.7:6379 is away' }) }),
    expect.objectContaining({ part: 'redis', msg: 'a part works again' }),
  ])
})

test('a check that hangs is a check that fails, and is not begun again until it ends', async () => {
  let begun = 0
  const hang = async () => {
    begun += 1
    return new Promise<void>(() => undefined)
  }
  await using server = await start({ db: hang })
  const answers = await Promise.all(Array.from({ length: 5 }, async () => (await server.get('/readyz')).json()))
  answers.push(await (await server.get('/readyz')).json())
  expect(new Set(answers.map((answer) => JSON.stringify(answer)))).toEqual(
    new Set([JSON.stringify({ ok: false, parts: { db: 'no answer' } })]),
  )
  expect(begun).toBe(1)
})

test('a part that works may say something without turning red', async () => {
  await using server = await start({
    mail: async () => ({ detail: 'senders are not verified' }),
    redis: async () => undefined,
  })
  const answer = await server.get('/readyz')
  expect([answer.status, await answer.json()]).toEqual([
    200,
    { ok: true, parts: { mail: 'ok', redis: 'ok' }, details: { mail: 'senders are not verified' } },
  ])
})

test('unknown paths are 404 and other methods 405', async () => {
  await using server = await start({})
  expect((await server.get('/elsewhere')).status).toBe(404)
  expect((await server.get('/constructor')).status).toBe(404)
  expect((await server.get('/elsewhere', { method: 'POST', body: 'x' })).status).toBe(404)
  expect((await server.get('/readyz', { method: 'POST', body: 'x' })).status).toBe(405)
  expect((await server.get('/readyz', { method: 'HEAD' })).status).toBe(200)
})

test.each([
  ['GET // HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n', 404],
  ['GET //// HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n', 404],
  ['GET http://a/readyz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n', 200],
  ['GET http:// HTTP/1.1\r\nHost: a\r\n\r\n', 400],
  ['GET http://[ HTTP/1.1\r\nHost: a\r\n\r\n', 400],
  ['GET /%ff%zz HTTP/1.1\r\nHost: a\r\n\r\n', 400],
  ['OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n', 400],
  ['GET /readyz HTTP/1.1\r\n\r\n', 400],
  ['GET /readyz HTTP/9.9\r\nHost: a\r\n\r\n', 400],
  ['CONNECT a:443 HTTP/1.1\r\nHost: a\r\n\r\n', 405],
  ['BREW /readyz HTTP/1.1\r\nHost: a\r\n\r\n', 400],
  ['GET /readyz HTTP/1.1\r\nHost: a\r\nExpect: the-impossible\r\nConnection: close\r\n\r\n', 417],
  [`GET /readyz HTTP/1.1\r\nHost: a\r\nX: ${'x'.repeat(100_000)}\r\n\r\n`, 431],
  ['\u0016\u0003\u0001 hello of TLS \r\n\r\n', 400],
])('%j is answered %i', async (request, status) => {
  await using server = await start({})
  expect(await exchange(server.port, request)).toMatch(new RegExp(`^HTTP/1.1 ${status} `))
  expect((await server.get('/readyz')).status).toBe(200)
})

test.each(['', 'GET /readyz HTTP/1.1\r\nHost:', 'POST /readyz HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\nx'])(
  'who sends %j and then nothing is not waited for',
  async (bytes) => {
    await using server = await start({})
    const startedAt = performance.now()
    await exchange(server.port, bytes)
    expect(performance.now() - startedAt).toBeLessThan(5_000)
  },
)

test('a thousand silent connections keep nobody out', async () => {
  await using server = await start({})
  const sockets = Array.from({ length: 1_000 }, () => connect(server.port, '127.0.0.1').on('error', () => undefined))
  for (let n = 0; n < 20; n += 1) expect((await server.get('/readyz')).status).toBe(200)
  for (const socket of sockets) socket.destroy()
})

test('no bytes whatever end it', async () => {
  await using server = await start({})
  const method = fc.constantFrom('GET', 'HEAD', 'POST', 'CONNECT', 'PRI', '\0')
  const target = fc.oneof(fc.constantFrom('//', '*', '/readyz', 'http://', 'a:1'), fc.string({ unit: 'binary' }))
  const header = fc.oneof(
    fc.constantFrom('Upgrade: x\r\nConnection: upgrade', 'Transfer-Encoding: chunked'),
    fc.string(),
  )
  const request = fc.tuple(method, target, header, fc.string()).map((parts) => {
    const [verb, path, line, body] = parts
    return Buffer.from(`${verb} ${path} HTTP/1.1\r\nHost: a\r\n${line}\r\n\r\n${body}`)
  })
  const bytes = fc.oneof(request, fc.uint8Array({ minLength: 1, maxLength: 2_000 }))
  await fc.assert(
    fc.asyncProperty(fc.array(bytes, { minLength: 20, maxLength: 20 }), async (all) => {
      await Promise.all(all.map(async (one) => exchange(server.port, one)))
      return (await server.get('/readyz')).status === 200
    }),
    { numRuns: 15 },
  )
  expect((await server.get('/healthz')).status).toBe(200)
})

test('a part that only starts is no reason for a warning, one that stops working at once is', async () => {
  const lines: string[] = []
  const toLines = pino({ level: 'warn' }, { write: (line: string) => void lines.push(line) })
  const health = createHealth({ logger: toLines, freshMs: 0, startingMs: 60_000 })
  let works = false
  health.add('part', async () => (works ? undefined : Promise.reject(new Error('still starting'))))
  expect((await health.report()).ok).toBe(false)
  expect(lines).toEqual([])
  works = true
  expect((await health.report()).ok).toBe(true)
  works = false
  await health.report()
  expect(lines).toEqual([expect.stringContaining('a part does not work')])
})

test('exports what was counted, and the state of the process', async () => {
  exportProcessMetrics({ service: 'test' })
  metrics.updates.add({ outcome: 'handled' })
  await using server = await start({})
  const answer = await server.get('/metrics')
  const body = await answer.text()
  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/plain; version=0.0.4; charset=utf-8'])
  expect(body).toContain(`atermtrack_build_info{service="test",version="0.1.0",node="${process.version}"} 1`)
  expect(body).toMatch(/^atermtrack_updates_total\{outcome="handled"\} \d+$/m)
  expect(body).toMatch(/^nodejs_eventloop_lag_p99_seconds /m)
  expect((await server.get('/metrics', { method: 'POST' })).status).toBe(405)
})
