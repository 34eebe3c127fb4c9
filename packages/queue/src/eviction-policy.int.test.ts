import { startRedis } from '@atermtrack/servers'
import { expect, test, waitUntil } from '@atermtrack/testkit'
import { Redis } from 'ioredis'
import { pino } from 'pino'
import { watchEvictionPolicy } from './eviction-policy.ts'

function watchedLog() {
  const lines: { readonly level: number; readonly msg: string }[] = []
  const logger = pino({ base: null }, { write: (line: string) => void lines.push(JSON.parse(line)) })
  return { lines, logger }
}

test('a Redis that may drop keys is reported at once, and the check is red until its policy is corrected', async () => {
  await using server = await startRedis()
  const admin = new Redis(server.url)
  await admin.config('SET', 'maxmemory-policy', 'allkeys-lru')
  const { lines, logger } = watchedLog()
  await using watch = watchEvictionPolicy({ url: server.url, prefix: 'test', logger })
  const isLogged = async () => lines.some(({ level, msg }) => level === 50 && msg.includes('allkeys-lru'))
  await waitUntil(isLogged, { what: 'the error' })
  await expect(watch.check()).rejects.toThrow(/allkeys-lru.*noeviction/)
  await admin.config('SET', 'maxmemory-policy', 'noeviction')
  await watch.check()
  admin.disconnect()
})

test('a Redis that forbids the question causes only a warning', async () => {
  await using server = await startRedis()
  const admin = new Redis(server.url)
  await admin.acl('SETUSER', 'queues', 'on', '>secret', '~*', '+@all', '-config', '-info')
  const url = new URL(server.url)
  url.username = 'queues'
  url.password = 'secret'
  const { lines, logger } = watchedLog()
  await using watch = watchEvictionPolicy({ url: url.href, prefix: 'test', logger })
  await waitUntil(async () => lines.length > 0, { what: 'the warning' })
  expect(lines.map(({ level }) => level)).toEqual([40])
  await watch.check()
  admin.disconnect()
})

test('a Redis that is away leaves the check green: workers report that', async () => {
  await using server = await startRedis()
  await server.stop()
  const { logger } = watchedLog()
  await using watch = watchEvictionPolicy({ url: server.url, prefix: 'test', logger })
  await watch.check()
})
