import type { Db } from '@atermtrack/data'
import type { PersonHandle } from '@atermtrack/sandbox'
import { expect, test, waitUntil } from '@atermtrack/testkit'
import { boris } from '../../testing/start-test-bot.ts'
import { actionsOf, aPerson, begin, hasButton, start, vera } from '../../testing/start-broadcasting.ts'

test('a broadcast goes from its text through a preview and a number to everybody, once', async ({
  db,
  redisUrl,
  queuePrefix,
}) => {
  const { admin, sandbox } = await start({ db, redisUrl, queuePrefix })
  await begin(admin)
  await admin.say('Внимание: окно 5 < 7')
  await admin.waitForReply({ where: hasButton('Отправить 3') })
  const preview = admin.messages().at(-2)
  const press = await admin.press((button) => button.text.includes('Отправить 3'))
  const again = await admin.press((button) => button.text.includes('Отправить 3'))
  await admin.waitForAnswer(press)
  expect((await admin.waitForAnswer(again)).text).toBe('Эта рассылка уже подтверждена')
  await admin.waitForReply({ where: ({ text }) => text?.includes('Рассылка завершена') === true })

  for (const id of [boris, vera]) {
    const received = sandbox.person(id).messages()
    expect(received.map(({ text }) => text)).toEqual([preview?.text])
  }
  expect(preview?.text).toBe('Внимание: окно 5 < 7')
  expect(await actionsOf(db)).toEqual(['composed', 'confirmed', 'done'])
})

test('a changed audience must be confirmed again', async ({ db, redisUrl, queuePrefix }) => {
  const { admin } = await start({ db, redisUrl, queuePrefix })
  await compose(admin)
  await admin.waitForReply({ where: hasButton('Отправить 3') })
  await aPerson(db, 1004)
  const press = await admin.press((button) => button.text.includes('Отправить 3'))
  expect((await admin.waitForAnswer(press)).text).toContain('получателей теперь 4')
  await admin.waitForReply({ where: hasButton('Отправить 4') })
  expect(await db.selectFrom('delivery').select('id').execute()).toEqual([])
})

test('only an admin can broadcast, by command and by button', async ({ db, redisUrl, queuePrefix }) => {
  const { admin, sandbox } = await start({ db, redisUrl, queuePrefix })
  await compose(admin)
  const control = await admin.waitForReply({ where: hasButton('Отправить 3') })
  const other = sandbox.person(boris)
  await other.say('/broadcast')
  await other.waitForReply({ where: ({ text }) => text?.includes('не знаю') === true })
  const stranger = await other.pressData('v1:broadcast-send:1:3:1', other.messages().at(-1) ?? control)
  expect((await other.waitForAnswer(stranger)).text).toBe('Кнопка устарела')
  expect(await db.selectFrom('broadcast').select('status').execute()).toEqual([{ status: 'draft' }])
})

test('a broadcast can be paused, resumed and cancelled, and says how many it left out', async ({
  db,
  redisUrl,
  queuePrefix,
}) => {
  const { admin, sandbox } = await start({ db, redisUrl, queuePrefix })
  // No message leaves for two seconds, so that there is a broadcast to pause.
  sandbox.faults.add({ kind: 'tooManyRequests', retryAfterSeconds: 2, method: 'sendMessage', chatId: vera })
  await compose(admin)
  await admin.waitForReply({ where: hasButton('Отправить 3') })
  await admin.press((button) => button.text.includes('Отправить 3'))
  await admin.waitForReply({ where: hasButton('Пауза') })
  await admin.press((button) => button.text.includes('Пауза'))
  await admin.waitForReply({ where: hasButton('Продолжить') })
  await admin.press((button) => button.text.includes('Продолжить'))
  await admin.waitForReply({ where: hasButton('Пауза') })
  await waitUntil(async () => (await statuses(db)).join() === 'retry,sent,sent', { what: 'the other two' })
  await admin.press((button) => button.text.includes('Отменить'))
  await admin.waitForReply({ where: hasButton('Не отправлять 1') })
  await admin.press((button) => button.text.includes('Не отправлять 1'))
  const end = await admin.waitForReply({ where: ({ text }) => text?.includes('Рассылка отменена') === true })
  expect(end.text).toContain('Не отправлялось: 1')
  expect(sandbox.person(vera).messages()).toEqual([])
})

test('messages that may not have arrived are listed, and a button sends them again', async ({
  db,
  redisUrl,
  queuePrefix,
}) => {
  const { admin, sandbox } = await start({ db, redisUrl, queuePrefix })
  sandbox.faults.add({ kind: 'serverError', method: 'sendMessage', chatId: vera, times: 1 })
  await compose(admin)
  await admin.waitForReply({ where: hasButton('Отправить 3') })
  await admin.press((button) => button.text.includes('Отправить 3'))
  await admin.waitForReply({ where: hasButton('Показать неизвестные (1)') })
  await admin.press('Показать неизвестные (1)')
  const list = await admin.waitForReply({ where: hasButton('Отправить ещё раз 1') })
  expect(list.text).toContain('1. ❔ Person 1003, рассылка, «Внимание»')
  await admin.press((button) => button.text.includes('Отправить ещё раз 1'))
  await admin.waitForReply({ where: ({ text }) => text?.includes('Отправлено 3 из 3') === true })
  expect(sandbox.person(vera).messages()).toHaveLength(1)
  await admin.say('/unknown')
  await admin.waitForReply({ where: ({ text }) => text?.includes('Всё ясно') === true })
})

test('those for whom it failed get it once more, once for each press, and a button of an earlier round is refused', async ({
  db,
  redisUrl,
  queuePrefix,
}) => {
  const { admin, sandbox } = await start({ db, redisUrl, queuePrefix })
  const refusal = { code: 400, description: 'Bad Request: message is too strange' }
  const fault = sandbox.faults.add({ kind: 'error', ...refusal, chatId: vera, times: 2 })
  await compose(admin)
  await admin.waitForReply({ where: hasButton('Отправить 3') })
  await admin.press((button) => button.text.includes('Отправить 3'))
  const isOver = (done: number) => async () => (await actionsOf(db)).filter((name) => name === 'done').length === done
  await waitUntil(isOver(1), { what: 'the first end' })
  const first = await admin.waitForReply({ where: hasButton('Отправить ещё раз тем, кто не получил (1)') })

  const pressed = await admin.pressData('v1:broadcast-again:1:0', first)
  expect((await admin.waitForAnswer(pressed)).text).toBe('Отправляю ещё раз: 1')
  await waitUntil(isOver(2), { what: 'the second end' })
  expect(fault.hits()).toBe(2)
  const late = await admin.pressData('v1:broadcast-again:1:0', first)
  expect((await admin.waitForAnswer(late)).text).toBe('Уже отправлено ещё раз, или отправлять нечего')
  expect(await statuses(db)).toEqual(['failed', 'sent', 'sent'])

  await admin.pressData('v1:broadcast-again:1:1', first)
  await waitUntil(isOver(3), { what: 'the third end' })
  expect(await statuses(db)).toEqual(['sent', 'sent', 'sent'])
  for (const id of [boris, vera]) expect(sandbox.person(id).messages()).toHaveLength(1)
  const sentAgain = ['failed_resent', 'done']
  expect(await actionsOf(db)).toEqual(['composed', 'confirmed', 'done', ...sentAgain, ...sentAgain])
})

async function compose(admin: PersonHandle): Promise<void> {
  await begin(admin)
  await admin.say('Внимание')
}

async function statuses(db: Db) {
  const rows = await db.selectFrom('delivery').select('status').where('kind', '=', 'broadcast').execute()
  return rows.map(({ status }) => status).toSorted()
}
