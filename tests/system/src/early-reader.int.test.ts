import { readFile } from 'node:fs/promises'
import { freePort } from '@atermtrack/servers'
import { expect, test, waitUntil } from '@atermtrack/testkit'
import { startService } from './service-process.ts'

/** The process that reads workbooks for an ingester, if there is one. */
async function findReader(ingester: number): Promise<number | undefined> {
  const children = await readFile(`/proc/${ingester}/task/${ingester}/children`, 'utf8')
  for (const child of children.split(' ').filter(Boolean)) {
    if ((await commandOf(Number(child))).includes('reading-process.js')) return Number(child)
  }
  return undefined
}

/** Empty for a process that has ended. */
async function commandOf(pid: number): Promise<string> {
  return readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')
}

test('an ingester that waits for its database has a reader already, which ends with it', async ({ redisUrl }) => {
  const nobody = await freePort()
  const env = { DATABASE_URL: `postgres://localhost:${nobody}/none`, REDIS_URL: redisUrl }
  await using ingester = await startService('ingester', env)
  let reader: number | undefined
  await waitUntil(async () => (reader = await findReader(ingester.pid())) !== undefined, { what: 'a reader' })
  expect(await ingester.isReady()).toBe(false)
  await ingester.kill9()
  await waitUntil(async () => (await commandOf(reader ?? 0)) === '', { what: 'the end of the reader' })
})
