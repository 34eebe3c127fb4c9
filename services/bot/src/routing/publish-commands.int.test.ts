import { type Db, people } from '@atermtrack/data'
import type { Sandbox } from '@atermtrack/sandbox'
import { describe, expect, test, waitUntil } from '@atermtrack/testkit'
import type { Feature } from './feature.ts'
import { anna, boris, openSandbox, startTestBot } from '../testing/start-test-bot.ts'

const review: Feature = {
  name: 'review',
  right: 'manage_people',
  commands: [
    {
      name: 'review',
      description: { ru: 'Стол', en: 'Review' },
      handle: async () => undefined,
    },
  ],
}

describe('commands', () => {
  test('are published once, not at every start', async ({ db, redisUrl, queuePrefix }) => {
    const sandbox = await openSandbox()
    const options = { db, redisUrl, queuePrefix, sandbox, adminChatIds: [anna], features: [review] }
    const first = await startTestBot(options)
    await waitUntil(() => count(sandbox, 'setMyCommands') === 4, { what: 'the commands of two scopes and languages' })
    await say(sandbox, anna)
    await waitUntil(() => count(sandbox, 'setMyCommands') === 6, { what: 'the commands of the admin' })
    expect(ownList(sandbox, anna)).toContain('Стол')
    await shown(db, anna)
    await first.bot[Symbol.asyncDispose]()
    sandbox.clearCalls()
    await startTestBot(options)
    await say(sandbox, anna)
    await waitUntil(() => count(sandbox, 'getMyCommands') === 4, { what: 'the common commands to be compared' })
    expect(count(sandbox, 'setMyCommands')).toBe(0)
  })

  test('of a new admin are shown, and removed with the role', async ({ db, redisUrl, queuePrefix }) => {
    const options = { db, redisUrl, queuePrefix, features: [review], backgroundEveryMs: 50 }
    const { sandbox } = await startTestBot(options)
    await say(sandbox, boris)
    expect(ownList(sandbox, boris)).toBeUndefined()
    await people.grant(db, boris, 'admin')
    await waitUntil(() => ownList(sandbox, boris)?.includes('Стол') === true, { what: 'the commands of an admin' })
    await shown(db, boris)
    await people.grant(db, boris, 'operator')
    await waitUntil(() => count(sandbox, 'deleteMyCommands') === 2, { what: 'the list of the chat to go' })
  })

  test('are in the language that a person chooses', async ({ db, redisUrl, queuePrefix }) => {
    const { sandbox } = await startTestBot({ db, redisUrl, queuePrefix, features: [review] })
    const person = sandbox.person(anna)
    await person.say('/settings')
    const settings = await person.waitForReply()
    await person.pressData('v1:set-lang-to:en', settings)
    await waitUntil(() => ownList(sandbox, anna)?.includes('Settings') === true, { what: 'English commands' })
    expect(ownList(sandbox, anna)).not.toContain('Review')
    await shown(db, anna)
    await person.pressData('v1:privacy-erase-yes', settings)
    await waitUntil(() => count(sandbox, 'deleteMyCommands') === 2, { what: 'the list of the chat to go' })
  })
})

async function say(sandbox: Sandbox, id: number): Promise<void> {
  const person = sandbox.person(id)
  await person.say('/menu')
  await person.waitForReply()
}

async function shown(db: Db, telegramId: number): Promise<void> {
  const isStored = async () => (await people.findByTelegramId(db, telegramId))?.commandsShown !== null
  await waitUntil(isStored, { what: 'the list to be stored' })
}

/** The newest list of a chat for languages without a list of their own. */
function ownList(sandbox: Sandbox, chatId: number): readonly string[] | undefined {
  const sets = sandbox.calls.filter(({ method, payload }) => {
    const scope = JSON.stringify(payload['scope'] ?? '')
    return method === 'setMyCommands' && scope.includes(`${chatId}`) && payload['language_code'] === ''
  })
  const commands = sets.at(-1)?.payload['commands'] as readonly { readonly description: string }[] | undefined
  return commands?.map(({ description }) => description)
}

function count(sandbox: Sandbox, method: string): number {
  return sandbox.calls.filter((call) => call.method === method).length
}
