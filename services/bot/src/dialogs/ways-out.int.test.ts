import { expect, test } from '@atermtrack/testkit'
import { anna, startTestBot } from '../testing/start-test-bot.ts'

/** More than any step takes. */
const nonsense = 'я'.repeat(400)

test('whoever is not understood in a dialog is told how to leave it', async ({ db, redisUrl, queuePrefix }) => {
  const { sandbox } = await startTestBot({ db, redisUrl, queuePrefix })
  const person = sandbox.person(anna)
  await person.say('/menu')
  const menu = await person.waitForReply()
  for (const button of ['set-zone-type', 'set-quiet-type', 'sub-add', 'email-add', 'email-code']) {
    await person.pressData(`v1:${button}`, menu)
    await person.waitForReply()
    await person.say(nonsense)
    expect(`${button}: ${(await person.waitForReply()).text}`).toContain('/cancel')
  }
})

test('a command counts however it is spelled, and leaves a dialog', async ({ db, redisUrl, queuePrefix }) => {
  const { sandbox } = await startTestBot({ db, redisUrl, queuePrefix })
  const person = sandbox.person(anna)
  await person.say('/Start')
  const start = await person.waitForReply()
  expect(start.text).toContain('Здравствуйте')
  await person.pressData('v1:sub-add', start)
  await person.waitForReply()
  await person.say('/CANCEL')
  expect((await person.waitForReply()).text).toContain('отменил')
})
