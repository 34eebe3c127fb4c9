// Takes up to 300 s: thousands of updates, each answered by the whole bot.
import { companies, type Db, people } from '@atermtrack/data'
import { atLength, expect, test, waitUntil } from '@atermtrack/testkit'
import { declaredActions } from '../routing/routing-table.ts'
import { hostileTexts, tamperedPresses } from '../testing/hostile-input.ts'
import { dataOf, secret, stateOfOthers, storeSecrets } from '../testing/secrets-of-others.ts'
import { anna, boris, noProbes, openTo, startTestBot, usual, view } from '../testing/start-test-bot.ts'
import { composeFeatures } from './compose-features.ts'

const zone = 'Asia/Vladivostok'
const count = atLength({ short: 250, full: 2_500 })
/** Chats are answered side by side, and within a chat one after another. */
const attackers = Array.from({ length: 8 }, (_, index) => anna + 100 + index)
const { features } = composeFeatures({
  policy: openTo([]),
  isEmailOn: true,
  scheduleZone: zone,
  view,
  ...usual,
  probes: noProbes,
})
const actions = declaredActions(features)

/** Refusals about the state of a chat, and not about what was sent to it. */
const harmless = /message is not modified|chat not found/

// Four actors: together 10,000 presses and 10,000 texts at full length.
test.for([
  ['a stranger', undefined, 1],
  ['a viewer of another company', 'viewer', 2],
  ['an operator', 'operator', 3],
  ['an admin', 'admin', 4],
] as const)(
  'no press and no text of %s breaks the bot, its markup or a right',
  async ([, role, seed], { db, redisUrl, queuePrefix }) => {
    const adminChatIds = role === 'admin' ? [boris, ...attackers] : [boris]
    const { sandbox } = await startTestBot({ db, redisUrl, queuePrefix, accessMode: 'approval', adminChatIds })
    const ids = await storeSecrets(db)
    const valid = [...actions.values()].map((action) => dataOf(action, ids))
    const presses = tamperedPresses(actions, valid, { seed, count })
    const texts = hostileTexts({ seed, count })
    const other = await companies.insert(db, 'Василёк & <b>сыновья')
    const before = await stateOfOthers(db)
    const letIn = async (id: number) => {
      if (role === undefined || role === 'admin') return
      await people.ensure(db, profileOf(id))
      await people.grant(db, id, role, role === 'viewer' ? other!.id : undefined)
    }
    const chats = attackers.map(async (id, chat) => {
      const person = sandbox.person({ id, name: profileOf(id).firstName })
      await letIn(id)
      await person.say('/menu')
      const message = await person.waitForReply()
      for (let index = chat; index < count; index += attackers.length) {
        await person.say(texts[index]!)
        // The updates of a chat are answered in their order: the text has been answered, too.
        await person.waitForAnswer(await person.pressData(presses[index]!, message))
        // Actions on their own data, such as an erasure, must not end the attack.
        await letIn(id)
      }
      return person.messages().filter(({ from }) => from.is_bot)
    })
    const shown = (await Promise.all(chats)).flat().map(({ text, caption }) => `${text} ${caption}`)
    await untilHandled(db)
    expect(await failures(db)).toEqual([])
    expect(sandbox.calls.filter(({ error }) => error !== undefined && !harmless.test(error))).toEqual([])
    if (role === 'operator' || role === 'admin') return
    expect(shown.filter((text) => secret.test(text))).toEqual([])
    expect(await stateOfOthers(db)).toEqual(before)
  },
)

function profileOf(telegramId: number) {
  return { telegramId, firstName: '<b>Анна & "', lastName: '</b>\u202e', username: null, language: 'ru' } as const
}

/** The updates whose handler failed. */
async function failures(db: Db): Promise<readonly unknown[]> {
  return db
    .selectFrom('telegramUpdate')
    .select(['payload', 'outcome'])
    .where('outcome', '!=', 'handled')
    .limit(5)
    .execute()
}

async function untilHandled(db: Db): Promise<void> {
  const open = () => db.selectFrom('telegramUpdate').select('seq').where('doneAt', 'is', null).execute()
  await waitUntil(async () => (await open()).length === 0, { what: 'all updates to be handled' })
}
