import { expect, test, waitUntil } from '@atermtrack/testkit'
import { openDb } from './client.ts'
import { waitForSchema } from './wait-for-schema.ts'

const pauseMs = 10
const timeoutMs = 200

/** Collects what is logged. */
function listen() {
  const lines: string[] = []
  return { lines, logger: { warn: (details: object) => void lines.push(JSON.stringify(details)) } }
}

test('a database that is away is waited for as long as that takes', async ({ ownPostgres }) => {
  await using db = openDb({ url: ownPostgres.url })
  await ownPostgres.stop()
  const { lines, logger } = listen()
  let isThere = false
  const waiting = waitForSchema({ db, logger, pauseMs, timeoutMs }).then(() => (isThere = true))
  const startedAt = performance.now()
  await waitUntil(() => lines.length > 0 && performance.now() - startedAt > 3 * timeoutMs, { what: 'some time' })
  expect(isThere).toBe(false)
  await ownPostgres.restart()
  await waiting
  expect(lines).toHaveLength(1)
})

test('a database that answers and stays unusable is an error', async ({ databaseUrl }) => {
  const { logger } = listen()
  const url = new URL(databaseUrl)
  url.password = 'wrong'
  await using refused = openDb({ url: url.href })
  await expect(waitForSchema({ db: refused, logger, pauseMs, timeoutMs })).rejects.toThrow('does not answer')
  await using empty = openDb({ url: new URL('/template1', databaseUrl).href })
  await expect(waitForSchema({ db: empty, logger, pauseMs, timeoutMs })).rejects.toThrow('the database lacks')
})

test('the wait can be stopped', async ({ ownPostgres }) => {
  await using db = openDb({ url: ownPostgres.url })
  await ownPostgres.stop()
  const { logger } = listen()
  const reason = new Error('stop')
  await expect(waitForSchema({ db, logger, pauseMs, signal: AbortSignal.abort(reason) })).rejects.toBe(reason)
})
