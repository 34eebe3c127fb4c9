import { type Db, people } from '@atermtrack/data'
import type { PersonHandle, Sandbox } from '@atermtrack/sandbox'
import { describe, expect, test } from '@atermtrack/testkit'
import { z } from 'zod'
import { letGroupIn } from '../testing/let-group-in.ts'
import { anna, boris, openSandbox, startTestBot, type TestBotOptions } from '../testing/start-test-bot.ts'
import { defineAction } from './action.ts'
import { defineStep } from './dialog-step.ts'
import type { Feature } from './feature.ts'
import { rowId } from './parameters.ts'

const order = defineAction('probe-order', { orderId: rowId })
const answerStep = defineStep('probe-answer', { question: z.string() })

/** Answers with the message that reached it. */
const probe: Feature = {
  name: 'probe',
  right: 'ask',
  declares: [order, answerStep],
  commands: [
    { name: 'probe', handle: async (ctx, leftDialog) => ctx.say(leftDialog ? 'команда вместо ответа' : 'команда') },
    { name: 'secret', right: 'manage_people', handle: async (ctx) => ctx.say('для админов') },
    {
      name: 'ask',
      handle: async (ctx) => {
        await ctx.saveDialog(answerStep, { question: 'Что?' })
        ctx.say('Что?')
      },
    },
  ],
  actions: [order.handle(async (ctx, { orderId }) => ctx.toast(`заказ ${orderId}`))],
  dialogs: [
    answerStep.handle(async (ctx, { question }) => {
      await ctx.leaveDialog()
      ctx.say(`${question} ${ctx.text ?? 'без слов'}`)
    }),
  ],
}

type Place = Pick<TestBotOptions, 'db' | 'redisUrl' | 'queuePrefix'>

async function start(place: Place, options: Partial<TestBotOptions> = {}): Promise<Sandbox> {
  return (await startTestBot({ ...place, features: [probe], ...options })).sandbox
}

async function replyTo(person: PersonHandle, text: string): Promise<string | undefined> {
  await person.say(text)
  return (await person.waitForReply()).text
}

async function toastOf(person: PersonHandle, data: string): Promise<string> {
  await person.say('/menu')
  const press = await person.pressData(data, await person.waitForReply())
  return (await person.waitForAnswer(press)).text
}

async function storeStep(db: Db, state: object): Promise<void> {
  await db
    .updateTable('dialog')
    .set({ state: JSON.stringify(state) })
    .execute()
}

describe('a pressed button', () => {
  test('reaches its handler with its parameters', async ({ db, redisUrl, queuePrefix }) => {
    const person = (await start({ db, redisUrl, queuePrefix })).person(anna)
    expect(await toastOf(person, order.data({ orderId: 12 }))).toBe('заказ 12')
  })

  test.for([
    'v1:probe-order',
    'v1:probe-order:0',
    'v1:probe-order:x',
    'v1:gone:1',
    'v1:toString',
    'v2:probe-order:1',
    '{',
  ])('with the data %s is answered as one of an older message', async (data, { db, redisUrl, queuePrefix }) => {
    const person = (await start({ db, redisUrl, queuePrefix })).person(anna)
    expect(await toastOf(person, data)).toBe('Кнопка устарела')
    expect(await db.selectFrom('telegramUpdate').select('outcome').distinct().execute()).not.toContainEqual({
      outcome: 'failed',
    })
  })

  test('of a private feature shows nothing in a group', async ({ db, redisUrl, queuePrefix }) => {
    const sandbox = await start({ db, redisUrl, queuePrefix }, { features: [{ ...probe, right: 'keep_own' }] })
    const { id: groupId } = sandbox.group({ title: 'Склад', members: [anna] })
    await letGroupIn(db, groupId)
    const member = sandbox.person(anna)
    await member.say('/menu', { chatId: groupId })
    const menu = await member.waitForReply({ chatId: groupId })
    const press = await member.pressData(order.data({ orderId: 12 }), menu)
    expect((await member.waitForAnswer(press)).text).toContain('только в личной переписке')
  })

  test('does not leave a dialog', async ({ db, redisUrl, queuePrefix }) => {
    const person = (await start({ db, redisUrl, queuePrefix })).person(anna)
    await person.say('/ask')
    const question = await person.waitForReply()
    await person.waitForAnswer(await person.pressData(order.data({ orderId: 12 }), question))
    expect(await replyTo(person, 'ответ')).toBe('Что? ответ')
  })
})

describe('a message', () => {
  test('is a command in any case, and a command leaves a dialog', async ({ db, redisUrl, queuePrefix }) => {
    const person = (await start({ db, redisUrl, queuePrefix })).person(anna)
    expect(await replyTo(person, '/PROBE')).toBe('команда')
    expect(await replyTo(person, '/ask')).toBe('Что?')
    expect(await replyTo(person, '/probe')).toBe('команда вместо ответа')
    expect(await replyTo(person, '/nonsense')).toContain('Такой команды я не знаю')
  })

  test('with an unknown command leaves a dialog too', async ({ db, redisUrl, queuePrefix }) => {
    const person = (await start({ db, redisUrl, queuePrefix })).person(anna)
    await replyTo(person, '/ask')
    await replyTo(person, '/nonsense')
    expect(await db.selectFrom('dialog').select('chatId').execute()).toEqual([])
  })

  test('with a menu label is no answer to a question', async ({ db, redisUrl, queuePrefix }) => {
    const person = (await start({ db, redisUrl, queuePrefix })).person(anna)
    await replyTo(person, '/ask')
    expect(await replyTo(person, '❓ Помощь')).not.toContain('Что?')
    expect(await db.selectFrom('dialog').select('chatId').execute()).toEqual([])
  })

  test('answers an open question, and the next one is a question in itself', async ({ db, redisUrl, queuePrefix }) => {
    const person = (await start({ db, redisUrl, queuePrefix })).person(anna)
    await replyTo(person, '/ask')
    expect(await replyTo(person, 'MSKU6011672')).toBe('Что? MSKU6011672')
    expect(await replyTo(person, 'MSKU6011672')).toContain('Не найдено: 1')
  })

  test.for([
    ['of another release', { kind: 'probe-gone' }],
    ['that cannot be read', { kind: 'probe-answer', question: 7 }],
  ] as const)('to a question %s closes the dialog with a notice', async ([, state], { db, redisUrl, queuePrefix }) => {
    const person = (await start({ db, redisUrl, queuePrefix })).person(anna)
    await replyTo(person, '/ask')
    await storeStep(db, state)
    expect(await replyTo(person, 'ответ')).toContain('Диалог закрыт')
    expect(await db.selectFrom('dialog').select('chatId').execute()).toEqual([])
  })

  test('with a command for admins is unknown to the others', async ({ db, redisUrl, queuePrefix }) => {
    const sandbox = await start({ db, redisUrl, queuePrefix }, { adminChatIds: [anna] })
    expect(await replyTo(sandbox.person(anna), '/secret')).toBe('для админов')
    expect(await replyTo(sandbox.person(boris), '/secret')).toContain('Такой команды я не знаю')
  })
})

test('the bot does not start with two features that claim one command', async ({ db, redisUrl, queuePrefix }) => {
  const sandbox = await openSandbox()
  const copy: Feature = { name: 'copy', right: 'ask', commands: [{ name: 'help', handle: async () => undefined }] }
  const starting = startTestBot({ db, redisUrl, queuePrefix, sandbox, features: [copy] })
  await expect(starting).rejects.toThrow('the command "/help" is claimed by "start" and by "copy"')
  expect(sandbox.calls).toEqual([])
  expect(await people.findByTelegramId(db, anna)).toBeUndefined()
})
