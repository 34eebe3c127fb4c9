import { expect, test, waitUntil } from '@atermtrack/testkit'
import { anna, openSandbox, startTestBot } from './testing/start-test-bot.ts'

test('commands are published once, not at every start', async ({ db, redisUrl, queuePrefix }) => {
  const sandbox = await openSandbox()
  const options = { db, redisUrl, queuePrefix, sandbox, adminChatIds: [anna] }
  const count = (method: string) => sandbox.calls.filter((call) => call.method === method).length
  const first = await startTestBot(options)
  await waitUntil(() => count('setMyCommands') === 6, { what: 'the commands of three scopes in two languages' })
  await first.bot[Symbol.asyncDispose]()
  sandbox.clearCalls()
  await startTestBot(options)
  await waitUntil(() => count('getMyCommands') === 6, { what: 'the commands to be compared' })
  expect(count('setMyCommands')).toBe(0)
})
