import { type Db, people, personalData } from '@atermtrack/data'
import { describe, expect, test, waitUntil } from '@atermtrack/testkit'
import { sql } from 'kysely'
import { defineAction } from '../routing/action.ts'
import type { Feature } from '../routing/feature.ts'
import { letGroupIn } from '../testing/let-group-in.ts'
import { anna, boris, startTestBot, type TestBotOptions } from '../testing/start-test-bot.ts'
import type { UsageLimits } from './limits.ts'

const limits: UsageLimits = {
  member: { questionsPerMinute: 3, filesPerHour: 1, bytesPerDay: 1_100_000 },
  strangerQuestionsPerMinute: 2,
  groupQuestionsPerMinute: 4,
}
const tooMany = 'отвечаю одному человеку не чаще'
const pdf = { bytes: Buffer.alloc(600_000), fileName: 'Список.xlsx' }

/** Repeats its input. */
const echoAction = defineAction('echo')
const echo: Feature = {
  name: 'echo',
  right: 'keep_own',
  declares: [echoAction],
  document: {
    accept: async (ctx) => {
      ctx.say('взял файл')
      return true
    },
  },
  actions: [echoAction.handle(async (ctx) => ctx.toast('нажато'))],
}

describe('somebody who asks more than they may', () => {
  test('gets one notice, and is answered again when the minute is over', async ({ db, redisUrl, queuePrefix }) => {
    const { sandbox } = await start({ db, redisUrl, queuePrefix })
    const person = sandbox.person(anna)
    await sayMany(db, person, 10)
    const texts = person.messages().map(({ text }) => text ?? '')
    expect(texts.filter((text) => text.includes(tooMany))).toHaveLength(1)
    expect(texts.at(-1)).toMatch(/не чаще 3 раз в минуту\. Продолжим через \d+ (с|мин)\.$/)
    expect(repliesTo(person)).toBe(4)
    await sql`update chat_usage set minute_from = minute_from - interval '1 minute'`.execute(db)
    await sayMany(db, person, 1)
    expect(repliesTo(person)).toBe(5)
  })

  test('does not keep others waiting, and an admin may ask more', async ({ db, redisUrl, queuePrefix }) => {
    const { sandbox } = await start({ db, redisUrl, queuePrefix, adminChatIds: [boris] })
    await sayMany(db, sandbox.person(anna), 10)
    await sayMany(db, sandbox.person(boris), 10)
    expect(repliesTo(sandbox.person(anna))).toBe(4)
    expect(repliesTo(sandbox.person(boris))).toBe(10)
  })

  test('without access may ask least of all', async ({ db, redisUrl, queuePrefix }) => {
    const { sandbox } = await start({ db, redisUrl, queuePrefix, accessMode: 'approval' })
    const stranger = sandbox.person(anna)
    await sayMany(db, stranger, 8)
    expect(repliesTo(stranger)).toBe(3)
  })

  test('has each press of a button answered, with a notice the first time only', async ({
    db,
    redisUrl,
    queuePrefix,
  }) => {
    const { sandbox } = await start({ db, redisUrl, queuePrefix })
    const person = sandbox.person(anna)
    await person.say('привет')
    const message = await person.waitForReply()
    const answers: (string | undefined)[] = []
    for (let n = 0; n < 5; n += 1) {
      const press = await person.pressData('v1:echo', message)
      answers.push((await person.waitForAnswer(press)).text)
    }
    expect(answers).toEqual(['нажато', 'нажато', expect.stringContaining(tooMany), '', ''])
  })
})

describe('files beyond the limit', () => {
  test('of an hour are refused with one notice, and questions are answered', async ({ db, redisUrl, queuePrefix }) => {
    const { sandbox } = await start({ db, redisUrl, queuePrefix })
    const person = sandbox.person(anna)
    await lastHandled(db, 3, () => person.sendDocument({ ...pdf, bytes: Buffer.alloc(5) }))
    expect(person.messages().flatMap(({ text, from }) => (from?.is_bot ? [text] : []))).toEqual([
      'взял файл',
      expect.stringMatching(/не больше 1 в час\. .* через (\d+ мин|1 ч)\.$/),
    ])
    await sql`update chat_usage set minute_from = minute_from - interval '1 minute'`.execute(db)
    await sayMany(db, person, 1)
    expect(repliesTo(person)).toBe(3)
  })

  test('of a day are refused by their size', async ({ db, redisUrl, queuePrefix }) => {
    const { sandbox } = await start({ db, redisUrl, queuePrefix, limits: { ...limits, member: manyFiles } })
    const person = sandbox.person(anna)
    await lastHandled(db, 3, () => person.sendDocument(pdf))
    expect(person.messages().flatMap(({ text, from }) => (from?.is_bot ? [text] : []))).toEqual([
      'взял файл',
      expect.stringMatching(/не больше 1 МБ в сутки\. .* через \d+ ч\.$/),
    ])
  })
})

describe('a group', () => {
  test('gets one notice that it asks too much', async ({ db, redisUrl, queuePrefix }) => {
    const { sandbox } = await start({ db, redisUrl, queuePrefix })
    const group = sandbox.group({ title: 'Склад', members: [anna, boris] })
    await letGroupIn(db, group.id)
    await lastHandled(db, 8, (n) => sandbox.person(n % 2 === 0 ? anna : boris).say('/help', { chatId: group.id }))
    // Three of each person, and four of the group; each limit has its notice.
    const texts = group.messages().flatMap(({ text, from }) => (from?.is_bot ? [text ?? ''] : []))
    expect(texts.filter((text) => text.includes('в одной группе'))).toHaveLength(1)
    expect(texts.filter((text) => text.includes(tooMany))).toHaveLength(2)
    expect(texts).toHaveLength(7)
  })

  test('does not count the refused questions of one person', async ({ db, redisUrl, queuePrefix }) => {
    const { sandbox } = await start({ db, redisUrl, queuePrefix })
    const group = sandbox.group({ title: 'Склад', members: [anna, boris] })
    await letGroupIn(db, group.id)
    await lastHandled(db, 10, (n) => sandbox.person(n < 9 ? anna : boris).say('/help', { chatId: group.id }))
    const texts = group.messages().flatMap(({ text, from }) => (from?.is_bot ? [text ?? ''] : []))
    expect(texts).toHaveLength(5)
    expect(texts.at(-1)).not.toContain('слишком много')
  })
})

test('a group that nobody has let in gets no notice about limits', async ({ db, redisUrl, queuePrefix }) => {
  const { sandbox } = await start({ db, redisUrl, queuePrefix, adminChatIds: [boris] })
  const group = sandbox.group({ title: 'Склад', members: [anna] })
  await lastHandled(db, 8, () => sandbox.person(anna).say('/help@atermtrack_bot', { chatId: group.id }))
  const texts = group.messages().flatMap(({ text, from }) => (from?.is_bot ? [text ?? ''] : []))
  expect(texts).toEqual([expect.stringContaining('администратор')])
})

test('the count is erased with the data of a person', async ({ db, redisUrl, queuePrefix }) => {
  const { sandbox } = await start({ db, redisUrl, queuePrefix })
  await sayMany(db, sandbox.person(anna), 2)
  const { id } = (await people.findByTelegramId(db, anna)) ?? { id: 0 }
  await db.transaction().execute((tx) => personalData.erase(tx, id))
  expect(await db.selectFrom('chatUsage').select('chatId').execute()).toEqual([])
})

const manyFiles = { ...limits.member, filesPerHour: 100 }

async function start(options: TestBotOptions) {
  return startTestBot({ limits, features: [echo], without: 'workbooks', ...options })
}

type Person = ReturnType<Awaited<ReturnType<typeof startTestBot>>['sandbox']['person']>

async function sayMany(db: Db, person: Person, count: number): Promise<void> {
  await lastHandled(db, count, (n) => person.say(`привет ${n}`))
}

/** The messages of the bot to a person in private. */
function repliesTo(person: Person): number {
  return person.messages().filter(({ from }) => from?.is_bot).length
}

/** Does something so many times, and waits until the bot has handled all of it. */
async function lastHandled(db: Db, count: number, act: (n: number) => Promise<number>): Promise<void> {
  let last = 0
  for (let n = 0; n < count; n += 1) last = await act(n)
  const isHandled = async () => {
    const rows = await db.selectFrom('telegramUpdate').select(['updateId', 'doneAt']).execute()
    return rows.some(({ updateId }) => updateId === last) && rows.every(({ doneAt }) => doneAt !== null)
  }
  await waitUntil(isHandled, { what: 'all updates to be handled', timeoutMs: 60_000 })
}
