import { startPolling } from './receiving/poll-updates.ts'
import { createTelegramApi } from '../telegram/telegram-api.ts'
import { anna, openSandbox, token } from '../testing/start-test-bot.ts'
import { expect, onTestFinished, test, waitUntil } from '@atermtrack/testkit'
import { pino } from 'pino'

const logger = pino({ level: 'silent' })

test('a poller that cannot store its updates leaves them and the lease to another one', async ({ db }) => {
  const sandbox = await openSandbox()
  const api = createTelegramApi({ token, apiRoot: sandbox.apiRoot, logger })
  onTestFinished(() => api[Symbol.asyncDispose]())
  const ignored = { onRevoked: () => undefined, onRefused: () => undefined }
  const common = { db, api, logger, leaseSeconds: 5, storeMs: 200, ...ignored }
  let asked = 0
  const hang = async () => {
    asked += 1
    return new Promise<void>(() => undefined)
  }
  const stuck = startPolling({ ...common, holder: 'stuck', store: hang })
  onTestFinished(() => stuck[Symbol.asyncDispose]())
  await sandbox.person(anna).say('привет')
  await waitUntil(() => asked > 0, { what: 'the first attempt to store' })
  const stored: unknown[] = []
  const other = startPolling({ ...common, holder: 'other', store: async (updates) => void stored.push(...updates) })
  onTestFinished(() => other[Symbol.asyncDispose]())
  await waitUntil(() => stored.length > 0, { what: 'the other one to store the update' })
  expect(stored).toHaveLength(1)
})
