import { expect, test, waitUntil } from '@atermtrack/testkit'
import { openDb } from '../platform/client.ts'
import { keepInstance } from './keep-instance.ts'
import { isAlive } from './stored-health.ts'
import * as instances from './service-instances.ts'

const health = { inspect: async () => [{ name: 'start', state: 'ok' as const, ms: 1 }] }

test('a database that is away is logged once, and holds up no end', async ({ ownPostgres }) => {
  await using db = openDb({ url: ownPostgres.url })
  const warnings: string[] = []
  const note = (_details: object, message: string) => void warnings.push(message)
  const logger = { warn: note, info: () => undefined } as unknown as Parameters<typeof keepInstance>[0]['logger']
  let looks = 0
  const inspect = async () => {
    looks += 1
    return health.inspect()
  }
  const instance = keepInstance({ db, service: 'bot', health: { inspect }, logger, everyMs: 10 })
  await waitUntil(async () => (await instances.list(db)).length === 1, { what: 'its row' })
  await ownPostgres.stop()
  const before = looks
  await waitUntil(async () => looks > before + 3, { what: 'further looks' })
  const startedAt = performance.now()
  await instance[Symbol.asyncDispose]()
  expect(performance.now() - startedAt).toBeLessThan(4_000)
  expect(warnings).toEqual(['could not describe this service'])
  await ownPostgres.restart()
})

test('a service that was killed counts as gone after a minute, and is forgotten after a day', async ({ db }) => {
  const described = { service: 'bot', version: '1', parts: [], servers: [], disk: undefined }
  await instances.record(db, { ...described, id: '00000000-0000-4000-8000-000000000001' })
  const age = async (seconds: number) => {
    await db
      .updateTable('serviceInstance')
      .set({ seenAt: new Date(Date.now() - seconds * 1_000) })
      .execute()
    const [instance] = await instances.list(db)
    return instance && isAlive(instance)
  }
  expect(await age(30)).toBe(true)
  expect(await age(90)).toBe(false)
  await instances.removeDead(db, { hours: 24 })
  expect(await instances.list(db)).toHaveLength(1)
  await age(25 * 3_600)
  await instances.removeDead(db, { hours: 24 })
  expect(await instances.list(db)).toEqual([])
})
