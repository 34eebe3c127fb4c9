import { expect, test } from '@atermtrack/testkit'
import { anna, startTestBot } from '../testing/start-test-bot.ts'

/** Longer than any step accepts. */
const nonsense = 'я'.repeat(400)

test('an answer that a dialog does not understand gets a hint how to leave it', async ({
  db,
  redisUrl,
  queuePrefix,
}) => {
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

test('a command in any spelling works and leaves a dialog', async ({ db, redisUrl, queuePrefix }) => {
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
