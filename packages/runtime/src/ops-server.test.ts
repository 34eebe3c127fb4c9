import { pino } from 'pino'
import { expect, test } from 'vitest'
import { startOpsServer } from './ops-server.ts'

const logger = pino({ level: 'silent' })
const base = { port: 0, host: '127.0.0.1', logger }

test('is alive, and ready only while every part works', async () => {
  let redis: () => Promise<void> = async () => undefined
  await using server = await startOpsServer({ ...base, readiness: { redis: async () => redis() } })
  const get = async (path: string) => fetch(`http://127.0.0.1:${server.port}${path}`)
  expect((await get('/healthz')).status).toBe(200)
  expect(await (await get('/readyz')).json()).toEqual({ ok: true, parts: { redis: 'ok' } })

  redis = async () => Promise.reject(new Error('redis is away'))
  const answer = await get('/readyz')
  expect([answer.status, await answer.json()]).toEqual([503, { ok: false, parts: { redis: 'redis is away' } }])
  expect((await get('/healthz')).status).toBe(200)
  expect((await get('/elsewhere')).status).toBe(404)
})

test('a check that hangs is a check that fails', async () => {
  await using server = await startOpsServer({
    ...base,
    readiness: { db: async () => new Promise(() => undefined) },
    timeoutMs: 20,
  })
  const answer = await fetch(`http://127.0.0.1:${server.port}/readyz`)
  expect(await answer.json()).toEqual({ ok: false, parts: { db: 'no answer within 20 ms' } })
})

test('what an operator should know is told without harm to the readiness', async () => {
  const notes = ['senders are not proved']
  await using server = await startOpsServer({ ...base, readiness: { db: async () => undefined }, notes })
  const answer = await fetch(`http://127.0.0.1:${server.port}/readyz`)
  expect([answer.status, await answer.json()]).toEqual([200, { ok: true, parts: { db: 'ok' }, notes }])
})
