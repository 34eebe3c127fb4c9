import { type Db, people, personSettings } from '@atermtrack/data'
import type { Sandbox } from '@atermtrack/sandbox'
import { describe, expect, test, waitUntil } from '@atermtrack/testkit'
import type { BotContext } from '../../routing/context.ts'
import { defineAction } from '../../routing/action.ts'
import type { Feature } from '../../routing/feature.ts'
import { anna, boris, openSandbox, startTestBot } from '../../testing/start-test-bot.ts'
import { letGroupIn } from '../../testing/let-group-in.ts'

const never = 3_600_000
const onlyTyping = { typingAfterMs: 20, typingEveryMs: 50, placeholderAfterMs: never }
const all = { typingAfterMs: 20, typingEveryMs: never, placeholderAfterMs: 40 }

describe('a person who waits for a slow answer', () => {
  test('sees typing again and again', async ({ db, redisUrl, queuePrefix }) => {
    const slow = aSlowFeature((ctx) => ctx.say('готово'))
    const { sandbox } = await startTestBot({ db, redisUrl, queuePrefix, features: [slow], progressTiming: onlyTyping })
    const person = sandbox.person(anna)
    await person.say('/slow')
    await waitUntil(() => callsOf(sandbox, 'sendChatAction').length >= 3, { what: 'three signs of typing' })
    slow.goOn()
    expect((await person.waitForReply()).text).toBe('готово')
    expect(botMessages(sandbox, anna)).toEqual(['готово'])
  })

  test('sees a placeholder that becomes the answer', async ({ db, redisUrl, queuePrefix }) => {
    const slow = aSlowFeature((ctx) => {
      ctx.say('готово')
      ctx.say('и ещё')
    })
    const { sandbox } = await startTestBot({ db, redisUrl, queuePrefix, features: [slow], progressTiming: all })
    const person = sandbox.person(anna)
    await person.say('/slow')
    const placeholder = await person.waitForReply()
    expect(placeholder.text).toContain('⏳ Смотрю')
    slow.goOn()
    const answer = await person.waitForReply({ after: placeholder })
    expect(answer).toMatchObject({ message_id: placeholder.message_id, text: 'готово' })
    await person.waitForReply({ after: answer })
    expect(botMessages(sandbox, anna)).toEqual(['готово', 'и ещё'])
  })

  test('reads the language they chose, whatever language Telegram uses', async ({ db, redisUrl, queuePrefix }) => {
    const slow = aSlowFeature((ctx) => ctx.say('done'))
    const { sandbox } = await startTestBot({ db, redisUrl, queuePrefix, features: [slow], progressTiming: all })
    const person = sandbox.person({ id: 3001, name: 'Vera', languageCode: 'ru' })
    const profile = { telegramId: 3001, firstName: 'Vera', lastName: null, username: null, language: 'ru' } as const
    await personSettings.change(db, (await people.ensure(db, profile)).id, { chosenLanguage: 'en' })
    await person.say('/slow')
    expect((await person.waitForReply()).text).toContain('⏳ Looking')
    slow.goOn()
  })

  test('sees the apology in the place of the placeholder, and only once', async ({ db, redisUrl, queuePrefix }) => {
    const slow = aSlowFeature(() => {
      throw new Error('out of order')
    })
    const { sandbox } = await startTestBot({ db, redisUrl, queuePrefix, features: [slow], progressTiming: all })
    const person = sandbox.person(anna)
    await person.say('/slow')
    const placeholder = await person.waitForReply()
    slow.goOn()
    const apology = await person.waitForReply({ after: placeholder })
    expect(apology.text).toMatch(/сообщите код [0-9a-f]{6}/)
    await allDone(db, 1)
    expect(botMessages(sandbox, anna)).toEqual([apology.text])
  })

  test('gets the answer of the next process in the place of the placeholder', async ({ db, redisUrl, queuePrefix }) => {
    const sandbox = await openSandbox()
    const place = { db, redisUrl, queuePrefix, sandbox, progressTiming: all }
    const endless = aSlowFeature(() => undefined)
    const first = await startTestBot({ ...place, features: [endless], graceMs: 1 })
    const person = sandbox.person(anna)
    await person.say('/slow')
    const placeholder = await person.waitForReply()
    await waitUntil(async () => (await placeholders(db)).includes(placeholder.message_id), {
      what: 'the stored placeholder',
    })
    await first.bot[Symbol.asyncDispose]()
    const next = aSlowFeature((ctx) => ctx.say('готово'))
    next.goOn()
    await startTestBot({ ...place, features: [next] })
    expect((await person.waitForReply({ after: placeholder })).text).toBe('готово')
    expect(botMessages(sandbox, anna)).toEqual(['готово'])
  })

  test('in a group sees typing but no placeholder', async ({ db, redisUrl, queuePrefix }) => {
    const slow = aSlowFeature((ctx) => ctx.say('готово'))
    const progressTiming = { typingAfterMs: 20, typingEveryMs: 50, placeholderAfterMs: 40 }
    const { sandbox } = await startTestBot({ db, redisUrl, queuePrefix, features: [slow], progressTiming })
    const group = sandbox.group({ title: 'Склад', members: [anna, boris] })
    await letGroupIn(db, group.id)
    await sandbox.person(anna).say('/slow@atermtrack_bot', { chatId: group.id })
    await waitUntil(() => callsOf(sandbox, 'sendChatAction').length >= 3, { what: 'three signs of typing' })
    expect(callsOf(sandbox, 'sendMessage')).toEqual([])
    slow.goOn()
    await sandbox.person(anna).waitForReply({ chatId: group.id })
  })

  test('finds the button answered at once', async ({ db, redisUrl, queuePrefix }) => {
    const slow = aSlowFeature((ctx) => ctx.toast('Обновлено'))
    const { sandbox } = await startTestBot({ db, redisUrl, queuePrefix, features: [slow], progressTiming: all })
    const person = sandbox.person(anna)
    await person.say('/menu')
    const press = await person.pressData('v1:slow', await person.waitForReply())
    expect(await person.waitForAnswer(press)).toMatchObject({ text: '' })
    slow.goOn()
    await waitUntil(() => botMessages(sandbox, anna).includes('Обновлено'), { what: 'the note' })
    await allDone(db, 2)
    expect(callsOf(sandbox, 'answerCallbackQuery')).toHaveLength(1)
  })
})

test('nothing is shown to who has the answer at once', async ({ db, redisUrl, queuePrefix }) => {
  const { sandbox } = await startTestBot({ db, redisUrl, queuePrefix })
  const person = sandbox.person(anna)
  await person.say('/menu')
  await person.waitForReply()
  await allDone(db, 1)
  expect(callsOf(sandbox, 'sendChatAction')).toEqual([])
  expect(botMessages(sandbox, anna)).toHaveLength(1)
})

/** A command and a button whose handler waits until it may go on. */
function aSlowFeature(act: (ctx: BotContext) => void): Feature & { readonly goOn: () => void } {
  let goOn: () => void = () => undefined
  const turn = new Promise<void>((resolve) => (goOn = resolve))
  const handle = async (ctx: BotContext) => {
    await turn
    act(ctx)
  }
  const slow = defineAction('slow')
  return {
    name: 'slow',
    right: 'ask',
    declares: [slow],
    commands: [{ name: 'slow', handle }],
    actions: [slow.handle(handle)],
    goOn,
  }
}

function callsOf(sandbox: Sandbox, method: string) {
  return sandbox.calls.filter((call) => call.method === method)
}

function botMessages(sandbox: Sandbox, personId: number) {
  return sandbox
    .person(personId)
    .messages()
    .filter(({ from }) => from.is_bot)
    .map(({ text }) => text)
}

async function placeholders(db: Db): Promise<readonly (number | null)[]> {
  const rows = await db.selectFrom('telegramUpdate').select('placeholderId').execute()
  return rows.map(({ placeholderId }) => placeholderId)
}

async function allDone(db: Db, count: number): Promise<void> {
  const list = () => db.selectFrom('telegramUpdate').select('updateId').where('doneAt', 'is not', null).execute()
  await waitUntil(async () => (await list()).length === count, { what: 'all updates to be done' })
}
