import { type Db, deliveries, leases, telegramUpdates } from '@atermtrack/data'
import { describe, expect, test, waitUntil } from '@atermtrack/testkit'
import { pino } from 'pino'
import { z } from 'zod'
import { defineStep } from '../routing/dialog-step.ts'
import type { Feature } from '../routing/feature.ts'
import { anna, boris, openSandbox, startTestBot, token } from '../testing/start-test-bot.ts'

describe('an update', () => {
  test('that Telegram sends twice is handled once', async ({ db, redisUrl, queuePrefix }) => {
    const { sandbox } = await startTestBot({ db, redisUrl, queuePrefix })
    const person = sandbox.person(anna)
    const updateId = await person.say('/menu')
    await person.waitForReply()
    await allDone(db)
    const payload = aMessage({ updateId, personId: anna, text: '/menu' })
    expect(await telegramUpdates.insertMany(db, [{ updateId, chatId: anna, payload }])).toBe(0)
    await person.say('/privacy')
    await person.waitForReply()
    expect(await allDone(db)).toEqual(['handled', 'handled'])
    expect(sendsTo(sandbox.calls, anna)).toHaveLength(2)
  })

  test('whose handler throws is tried again, reported with a code, and stops no other', async ({
    db,
    redisUrl,
    queuePrefix,
  }) => {
    let tries = 0
    const broken = aFeature('broken', async () => {
      tries += 1
      throw new Error('out of order')
    })
    const { sandbox } = await startTestBot({ db, redisUrl, queuePrefix, features: [broken] })
    const [one, other] = [sandbox.person(anna), sandbox.person(boris)]
    await one.say('/broken')
    await other.say('/menu')
    await other.waitForReply()
    expect((await one.waitForReply()).text).toMatch(/сообщите код [0-9a-f]{6}/)
    expect(tries).toBe(2)
    await one.say('/menu')
    await one.waitForReply()
    expect(await allDone(db)).toEqual(expect.arrayContaining(['failed', 'handled', 'handled']))
  })

  test('whose handler failed once leaves one set of effects', async ({ db, redisUrl, queuePrefix }) => {
    let tries = 0
    const shaky = aFeature('shaky', async (ctx) => {
      await ctx.saveDialog(defineStep('shaky', { tries: z.number() }), { tries })
      ctx.say(`попытка ${(tries += 1)}`)
      if (tries === 1) throw new Error('the database went away')
    })
    const { sandbox } = await startTestBot({ db, redisUrl, queuePrefix, features: [shaky] })
    const person = sandbox.person(anna)
    await person.say('/shaky')
    expect((await person.waitForReply()).text).toBe('попытка 2')
    expect(await allDone(db)).toEqual(['handled'])
    expect(sendsTo(sandbox.calls, anna)).toHaveLength(1)
  })

  test('with a slow handler holds up only its own chat, and not for ever', async ({ db, redisUrl, queuePrefix }) => {
    const slow = aFeature('slow', () => new Promise(() => undefined))
    const { sandbox } = await startTestBot({ db, redisUrl, queuePrefix, features: [slow], handlerTimeLimitMs: 300 })
    const [one, other] = [sandbox.person(anna), sandbox.person(boris)]
    await one.say('/slow')
    await one.say('/menu')
    await other.say('/menu')
    await other.waitForReply()
    expect(sendsTo(sandbox.calls, anna)).toEqual([])
    expect((await one.waitForReply()).text).toContain('Не получилось ответить')
    await waitUntil(() => sendsTo(sandbox.calls, anna).length === 2, { what: 'the answer to /menu' })
  })

  test('claimed by a dead process is handled again once the claim lapses', async ({ db, redisUrl, queuePrefix }) => {
    const updateId = await stored(db, '/menu')
    await telegramUpdates.claim(db, { holder: 'the dead', limit: 1, seconds: 1 })
    const { sandbox } = await startTestBot({ db, redisUrl, queuePrefix })
    const answer = await sandbox.person(anna).waitForReply({ after: 0 })
    expect(answer.text).toContain('Выберите действие')
    expect(await allDone(db)).toEqual(['handled'])
    expect(await telegramUpdates.beginAnswering(db, updateId, { holder: 'the dead', answers: undefined })).toBe('lost')
  })

  test('whose answers had begun to leave is never handled again', async ({ db, redisUrl, queuePrefix }) => {
    const updateId = await stored(db, '/menu')
    await telegramUpdates.claim(db, { holder: 'the dead', limit: 1, seconds: 1 })
    const calls = [{ method: 'sendMessage', payload: { chat_id: anna, text: '5 < 7' } }]
    const answers = { calls, reader: { audience: 'member', builtFor: 'all' } }
    expect(await telegramUpdates.beginAnswering(db, updateId, { holder: 'the dead', answers })).toBe('now')
    const { sandbox } = await startTestBot({ db, redisUrl, queuePrefix })
    expect(await allDone(db)).toEqual(['unknown'])
    expect(sendsTo(sandbox.calls, anna)).toEqual([])
    const listed = { status: 'unknown', kind: 'answer', chatId: anna, what: '5 &lt; 7' }
    expect(await deliveries.listUnresolved(db, { limit: 5 })).toEqual([expect.objectContaining(listed)])
  })

  test('under way at a shutdown is released and handled by the next process', async ({ db, redisUrl, queuePrefix }) => {
    const sandbox = await openSandbox()
    const options = { db, redisUrl, queuePrefix, sandbox }
    let begun = false
    const endless = aFeature('work', () => {
      begun = true
      return new Promise(() => undefined)
    })
    const first = await startTestBot({ ...options, features: [endless], graceMs: 100 })
    const person = sandbox.person(anna)
    await person.say('/work')
    await waitUntil(() => begun, { what: 'the handler to begin' })
    await first.bot[Symbol.asyncDispose]()
    await startTestBot({ ...options, features: [aFeature('work', async (ctx) => ctx.say('готово'))] })
    expect((await person.waitForReply()).text).toBe('готово')
  })
})

describe('an answer', () => {
  test('that may have arrived is not sent again', async ({ db, redisUrl, queuePrefix }) => {
    const { sandbox } = await startTestBot({ db, redisUrl, queuePrefix })
    sandbox.faults.add({ kind: 'cutReply', method: 'sendMessage', times: 1 })
    const person = sandbox.person(anna)
    await person.say('/menu')
    await person.waitForReply()
    expect(await allDone(db)).toEqual(['unknown'])
    expect(sendsTo(sandbox.calls, anna)).toHaveLength(1)
  })

  test('whose markup Telegram cannot read arrives as plain text', async ({ db, redisUrl, queuePrefix }) => {
    const careless = aFeature('careless', async (ctx) => ctx.say('<b>5 < 6'))
    const { sandbox } = await startTestBot({ db, redisUrl, queuePrefix, features: [careless] })
    const person = sandbox.person(anna)
    await person.say('/careless')
    expect((await person.waitForReply()).text).toContain('5 < 6')
  })

  test('that edits a message that is gone is sent as a new message', async ({ db, redisUrl, queuePrefix }) => {
    const { sandbox } = await startTestBot({ db, redisUrl, queuePrefix })
    const person = sandbox.person(anna)
    await person.say('/subscriptions')
    const list = await person.waitForReply()
    sandbox.faults.add({
      kind: 'error',
      code: 400,
      description: 'Bad Request: message to edit not found',
      method: 'editMessageText',
    })
    await person.pressData('v1:sub-list:0', list)
    expect((await person.waitForReply()).message_id).toBeGreaterThan(list.message_id)
  })

  test('into a chat that blocks the bot marks the person', async ({ db, redisUrl, queuePrefix }) => {
    const { sandbox } = await startTestBot({ db, redisUrl, queuePrefix })
    sandbox.faults.add({ kind: 'forbidden', method: 'sendMessage', times: 1 })
    await sandbox.person(anna).say('/menu')
    expect(await allDone(db)).toEqual(['handled'])
    const [person] = await db.selectFrom('person').select(['unreachableSince', 'unreachableReason']).execute()
    expect(person).toEqual({
      unreachableSince: expect.any(Date),
      unreachableReason: expect.stringContaining('blocked'),
    })
  })
})

describe('polling', () => {
  test('is done by one process, and another takes over', async ({ db, redisUrl, queuePrefix }) => {
    const sandbox = await openSandbox()
    const options = { db, redisUrl, queuePrefix, sandbox, leaseSeconds: 2 }
    const first = await startTestBot(options)
    await sandbox.waitForCall(({ method }) => method === 'deleteWebhook')
    const holder = await leaseHolder(db)
    const second = await startTestBot(options)
    const person = sandbox.person(anna)
    await person.say('/menu')
    await person.waitForReply()
    await second.bot.checkIntake()
    await first.bot[Symbol.asyncDispose]()
    await person.say('/privacy')
    await person.waitForReply()
    expect(await leaseHolder(db)).not.toBe(holder)
    const polls = sandbox.calls.filter(({ method }) => method === 'getUpdates')
    expect(polls.filter(({ status }) => status === 409)).toEqual([])
  })

  test('works without methods that a server of another make does not support', async ({
    db,
    redisUrl,
    queuePrefix,
  }) => {
    const sandbox = await openSandbox()
    for (const method of ['deleteWebhook', 'getMyCommands', 'setMyCommands']) {
      sandbox.faults.add({ kind: 'error', code: 404, description: 'Not Found', method })
    }
    await startTestBot({ db, redisUrl, queuePrefix, sandbox })
    const person = sandbox.person(anna)
    await person.say('/menu')
    expect((await person.waitForReply()).text).toContain('Выберите')
  })

  test('waits for the lease of a dead process to lapse', async ({ db, redisUrl, queuePrefix }) => {
    expect(await leases.hold(db, 'telegram-poller', { holder: 'the dead', seconds: 2 })).toBe(true)
    const { sandbox } = await startTestBot({ db, redisUrl, queuePrefix })
    const startedAt = performance.now()
    const person = sandbox.person(anna)
    await person.say('/menu')
    await person.waitForReply()
    expect(performance.now() - startedAt).toBeGreaterThan(1_500)
  })

  test('goes on after errors of every kind, and no log line contains the token', async ({
    db,
    redisUrl,
    queuePrefix,
  }) => {
    const lines: string[] = []
    // Without the redaction that the service's own logger adds.
    const logger = pino({ level: 'debug' }, { write: (line: string) => lines.push(line) })
    const { sandbox } = await startTestBot({ db, redisUrl, queuePrefix, logger })
    for (const kind of ['html', 'cutBody', 'reset'] as const) {
      sandbox.faults.add({ kind, method: 'getUpdates', times: 1 })
    }
    sandbox.faults.add({ kind: 'html', method: 'sendMessage', times: 1 })
    sandbox.dropConnections()
    const person = sandbox.person(anna)
    await person.say('/menu')
    await person.say('/privacy')
    await waitUntil(() => person.messages().some(({ text }) => text?.includes('Что я храню')), {
      what: 'the answer',
      timeoutMs: 20_000,
    })
    expect(lines.join('')).toContain('polling failed')
    expect(lines.join('')).not.toContain(token)
  })

  test('ends with an error when Telegram does not accept the token', async ({ db, redisUrl, queuePrefix }) => {
    const sandbox = await openSandbox()
    sandbox.setToken('7000000001:AAanotherTokenThatIsLongEnoughToLookReal')
    const { bot } = await startTestBot({ db, redisUrl, queuePrefix, sandbox })
    await expect(bot.failed).rejects.toThrow('does not accept the token')
  })
})

function aFeature(name: string, handle: NonNullable<Feature['commands']>[number]['handle']): Feature {
  return { name, right: 'ask', commands: [{ name, handle }] }
}

function aMessage({ updateId, personId, text }: { updateId: number; personId: number; text: string }) {
  return {
    update_id: updateId,
    message: {
      message_id: updateId,
      date: 1_756_800_000,
      from: { id: personId, is_bot: false, first_name: 'Анна' },
      chat: { id: personId, type: 'private', first_name: 'Анна' },
      text,
      entities: [{ type: 'bot_command', offset: 0, length: text.length }],
    },
  }
}

async function stored(db: Db, text: string): Promise<number> {
  const updateId = 900_001
  await telegramUpdates.insertMany(db, [
    { updateId, chatId: anna, payload: aMessage({ updateId, personId: anna, text }) },
  ])
  return updateId
}

async function allDone(db: Db) {
  return waitUntil(
    async () => {
      const rows = await db.selectFrom('telegramUpdate').select('outcome').orderBy('seq').execute()
      return rows.length > 0 && rows.every(({ outcome }) => outcome !== null) && rows.map(({ outcome }) => outcome)
    },
    { what: 'all updates to be done' },
  )
}

async function leaseHolder(db: Db): Promise<string | undefined> {
  return (await db.selectFrom('lease').select('holder').executeTakeFirst())?.holder
}

function sendsTo(calls: readonly { readonly method: string; readonly chatId: number | undefined }[], chatId: number) {
  return calls.filter((call) => call.method === 'sendMessage' && call.chatId === chatId)
}
