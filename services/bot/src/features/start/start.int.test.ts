import { describe, expect, test } from '@atermtrack/testkit'
import { anna, openSandbox, startTestBot } from '../../testing/start-test-bot.ts'
import { letGroupIn } from '../../testing/let-group-in.ts'

describe('the basic commands', () => {
  test('answers in English when Telegram reports that language', async ({ db, redisUrl, queuePrefix }) => {
    const { sandbox } = await startTestBot({ db, redisUrl, queuePrefix })
    const person = sandbox.person({ name: 'Ann <b>', id: 2001, languageCode: 'en-GB' })
    await person.say('/start')
    const start = await person.waitForReply()
    expect(start.text).toContain('Hello, Ann <b>!')
    expect(start.reply_keyboard?.keyboard.flat().map(({ text }) => text)).toContain('📦 Tracking')
    for (const [question, answer] of [
      ['/help', 'What I can do'],
      ['/privacy', 'What I store'],
      ['/nonsense', 'I do not know this command'],
      ['❓ Help', 'What I can do'],
    ] as const) {
      await person.say(question)
      expect((await person.waitForReply()).text).toContain(answer)
    }
  })

  test('shows no menu in a group', async ({ db, redisUrl, queuePrefix }) => {
    const sandbox = await openSandbox()
    const { id: chatId } = sandbox.group({ title: 'Логистика', members: [anna] })
    await letGroupIn(db, chatId)
    await startTestBot({ db, redisUrl, queuePrefix, sandbox })
    const person = sandbox.person(anna)
    await person.say('/help', { chatId })
    const help = await person.waitForReply({ chatId })
    expect(help.text).toContain('Что я умею')
    expect(help.reply_keyboard).toBeUndefined()
  })
})
