import { companies, people } from '@atermtrack/data'
import { expect, test } from '@atermtrack/testkit'
import { parseCallbackData } from '../../routing/callback-data.ts'
import { declaredActions } from '../../routing/routing-table.ts'
import { composeFeatures } from '../compose-features.ts'
import { dataOf, secret, stateOfOthers, storeSecrets } from '../../testing/secrets-of-others.ts'
import { anna, boris, noProbes, openTo, startTestBot, usual, view } from '../../testing/start-test-bot.ts'

const zone = 'Asia/Vladivostok'
test.for([
  ['a stranger', undefined],
  ['a viewer of another company', 'viewer'],
] as const)(
  'no button gives %s data of others or changes anything of theirs',
  async ([, role], { db, redisUrl, queuePrefix }) => {
    const policy = openTo([boris], { mode: 'approval' })
    const { sandbox } = await startTestBot({
      db,
      redisUrl,
      queuePrefix,
      accessMode: 'approval',
      adminChatIds: [boris],
    })
    const ids = await storeSecrets(db)
    const other = await companies.insert(db, 'Василёк')
    const person = sandbox.person(anna)
    await person.say('/menu')
    const message = await person.waitForReply()
    const profile = { telegramId: anna, firstName: 'Анна', lastName: null, username: 'anna', language: 'ru' } as const
    const letIn = async () => {
      await people.ensure(db, profile)
      if (role) await people.grant(db, anna, role, other!.id)
    }
    await letIn()
    const before = await stateOfOthers(db)
    const { features } = composeFeatures({
      policy,
      isEmailOn: true,
      scheduleZone: zone,
      view,
      ...usual,
      probes: noProbes,
    })
    const actions = declaredActions(features)
    expect(actions.size).toBeGreaterThan(100)
    for (const action of actions.values()) {
      const data = dataOf(action, ids)
      // The handler must refuse the press, not the parser of the data.
      expect([data, action.parse(parseCallbackData(data)?.parts ?? [])]).not.toEqual([data, undefined])
      const { text } = await person.waitForAnswer(await person.pressData(data, message))
      expect(`${data}: ${text}`).not.toMatch(secret)
      // Actions on their own data, such as a request for access or an erasure, must not stop the test.
      await letIn()
    }
    await person.say('/menu')
    await person.waitForReply()
    expect(person.messages().filter(({ text, caption }) => secret.test(`${text} ${caption}`))).toEqual([])
    expect(await stateOfOthers(db)).toEqual(before)
  },
)
