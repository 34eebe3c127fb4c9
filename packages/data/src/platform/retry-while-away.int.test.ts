import { expect, test } from '@atermtrack/testkit'
import { openDb, ping } from '../index.ts'
import { retryWhileAway } from './retry-while-away.ts'

const logger = { warn: () => undefined }
const pauseMs = 10

test('what needs a database that restarts is done when it is back', async ({ ownPostgres }) => {
  await using db = openDb({ url: ownPostgres.url })
  await ownPostgres.stop()
  let attempts = 0
  const asked = retryWhileAway(
    async () => {
      attempts += 1
      if (attempts === 3) await ownPostgres.restart()
      await ping(db)
      return 'answered'
    },
    { logger, pauseMs },
  )
  expect(await asked).toBe('answered')
  expect(attempts).toBeGreaterThanOrEqual(3)
})

test('any other error, and a stop, end it', async ({ ownPostgres }) => {
  const fault = new Error('a fault of our own')
  await expect(retryWhileAway(async () => Promise.reject(fault), { logger })).rejects.toBe(fault)
  await using db = openDb({ url: ownPostgres.url })
  await ownPostgres.stop()
  const stop = new AbortController()
  const reason = new Error('stop')
  const failing = async () => ping(db).finally(() => stop.abort(reason))
  await expect(retryWhileAway(failing, { logger, signal: stop.signal })).rejects.toBe(reason)
})
