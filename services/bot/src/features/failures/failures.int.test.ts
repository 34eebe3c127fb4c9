import { type Db, failedAnswers, personalData, people } from '@atermtrack/data'
import { expect, test, waitUntil } from '@atermtrack/testkit'
import { defineAction } from '../../routing/action.ts'
import type { Feature } from '../../routing/feature.ts'
import { anna, boris, startTestBot } from '../../testing/start-test-bot.ts'

const action = defineAction('broken')

/** A command and a button that fail with an error that names a secret. */
function broken(): Feature {
  const fail = async () => {
    throw new TypeError('no <b>luck</b> with anna@example.com')
  }
  return {
    name: 'broken',
    right: 'ask',
    declares: [action],
    commands: [{ name: 'broken', handle: fail }],
    actions: [action.handle(fail)],
  }
}

function codeOf(text: string | undefined): string {
  return /код ([0-9a-f]{6})/.exec(text ?? '')?.[1] ?? ''
}

async function start(place: { db: Db; redisUrl: string; queuePrefix: string }) {
  const { sandbox } = await startTestBot({ ...place, adminChatIds: [boris], features: [broken()] })
  return { admin: sandbox.person(boris), other: sandbox.person(anna) }
}

test('an admin sees whose update a code is of, what it was and the error, but not what others wrote', async ({
  db,
  redisUrl,
  queuePrefix,
}) => {
  const { admin, other } = await start({ db, redisUrl, queuePrefix })
  await other.say('/broken my private words')
  const code = codeOf((await other.waitForReply()).text)
  const isEnded = async () =>
    db.selectFrom('telegramUpdate').select('outcome').where('outcome', '=', 'failed').executeTakeFirst()
  await waitUntil(isEnded, { what: 'the end of the update' })
  await admin.say(`/ref ${code.toUpperCase()}`)
  const { text } = await admin.waitForReply()
  expect(text).toContain(`Ошибка ${code}`)
  expect(text).toContain('Кто: Анна (1001), личная переписка')
  expect(text).toContain('Что: команда /broken')
  expect(text).toMatch(/Сообщение \d+, итог: failed/)
  expect(text).toContain('TypeError: no <b>luck</b> with [address]')
  expect(text).toContain('failures.int.test.ts')
  expect(text).not.toContain('private words')

  await admin.say('/broken my own words')
  const own = codeOf((await admin.waitForReply()).text)
  await admin.say(`/ref ${own}`)
  expect((await admin.waitForReply()).text).toContain('Вы писали: /broken my own words')
  await other.say(`/ref ${code}`)
  expect((await other.waitForReply()).text).toContain('Такой команды я не знаю')
})

test('lists the last failures with the names of buttons, and forgets who it was with the person', async ({
  db,
  redisUrl,
  queuePrefix,
}) => {
  const { admin, other } = await start({ db, redisUrl, queuePrefix })
  await admin.say('/ref')
  expect((await admin.waitForReply()).text).toContain('Их не было')
  await other.say('/menu')
  const press = await other.pressData('v1:broken', await other.waitForReply())
  await other.waitForAnswer(press)
  const code = codeOf((await other.waitForReply()).text)
  await admin.say('/ref')
  expect((await admin.waitForReply()).text).toContain(`${code} `)
  const person = await people.findByTelegramId(db, anna)
  await db.transaction().execute((tx) => personalData.erase(tx, person!.id))
  await admin.press(code)
  const { text } = await admin.waitForReply()
  expect(text).toContain('Что: кнопка broken')
  expect(text).toContain('Кто: уже неизвестно')
  await admin.press('‹ Все ошибки')
  expect((await admin.waitForReply()).text).toContain('Последние ошибки')
  await admin.say('/ref 000000')
  expect((await admin.waitForReply()).text).toContain('Такого кода нет')
})

test('old failures are forgotten', async ({ db }) => {
  const failure = { updateId: 1, kind: 'text', name: undefined, errorType: 'Error', message: '', stack: '' }
  await failedAnswers.insert(db, { ...failure, reference: 'aaaaaa' })
  await db
    .updateTable('failedAnswer')
    .set({ failedAt: new Date(Date.now() - 15 * 86_400_000) })
    .execute()
  await failedAnswers.insert(db, { ...failure, reference: 'bbbbbb' })
  expect(await failedAnswers.deleteOld(db, { days: 14, limit: 10 })).toBe(1)
  expect((await failedAnswers.list(db, 10)).map(({ reference }) => reference)).toEqual(['bbbbbb'])
})
