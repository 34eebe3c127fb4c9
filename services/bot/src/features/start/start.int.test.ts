import { describe, expect, test } from '@atermtrack/testkit'
import { anna, openSandbox, startTestBot } from '../../testing/start-test-bot.ts'
import { aPosition, storePositions } from '../../testing/a-position.ts'
import { letGroupIn } from '../../testing/let-group-in.ts'
import { storeTrain } from '../../testing/store-train.ts'

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

describe('the first minutes', () => {
  test('offer examples out of the data, each of which gets an answer', async ({ db, redisUrl, queuePrefix }) => {
    await storePositions(db, [aPosition({ container: 'MSKU6011672' })])
    await storeTrain(db, { code: 'К25-073', entries: [{ container: 'MSKU6011672' }] })
    const { sandbox } = await startTestBot({ db, redisUrl, queuePrefix })
    const person = sandbox.person(anna)
    await person.say('/start')
    const offer = await person.waitForReply({ where: ({ reply_markup: buttons }) => buttons !== undefined })
    const labels = offer.reply_markup!.inline_keyboard.flat().map(({ text }) => text)
    expect(labels).toEqual(['📦 MSKU6011672', '🚂 Поезд К25-073', '💬 что едет на станцию Селятино'])
    const answers: string[] = []
    for (const label of labels) {
      await person.press(label)
      answers.push((await person.waitForReply()).text ?? '')
    }
    expect(answers[0]).toContain('Чита I')
    expect(answers[1]).toContain('Поезд К25-073')
    expect(answers[2]).toMatch(/Селятино[^]*MSKU6011672/)
    // The greeting with its buttons is still there.
    expect(person.messages().find(({ message_id: id }) => id === offer.message_id)?.text).toBe(offer.text)
    await person.say('/help')
    expect((await person.waitForReply()).text).toContain('MSKU6011672')
  })

  test('without data offer nothing that leads nowhere', async ({ db, redisUrl, queuePrefix }) => {
    const { sandbox } = await startTestBot({ db, redisUrl, queuePrefix })
    const person = sandbox.person(anna)
    await person.say('/start')
    await person.waitForReply()
    await person.say('/help')
    await person.waitForReply({ where: ({ text }) => text?.includes('Что я умею') ?? false })
    expect(person.messages().filter(({ text }) => text?.startsWith('Попробуйте'))).toEqual([])
  })

  test.for([
    ['MSKU6011672', 'Чита I'],
    ['MSKU6011672_MSKU6011705', 'MSKU6011705'],
    ['inline', 'Здравствуйте'],
    ['MSKU6011671', 'MSKU6011671'],
  ])('a link with the payload %s is answered with %s', async ([payload, answer], { db, redisUrl, queuePrefix }) => {
    await storePositions(db, [aPosition({ container: 'MSKU6011672' })])
    const { sandbox } = await startTestBot({ db, redisUrl, queuePrefix })
    const person = sandbox.person(anna)
    await person.openDeepLink(payload!)
    expect((await person.waitForReply()).text).toContain(answer)
  })
})
