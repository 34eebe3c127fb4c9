import type { Db } from '@atermtrack/data'
import { containerNumber, describe, expect, test } from '@atermtrack/testkit'
import { aPosition, storePositions } from '../../testing/a-position.ts'
import { grantRoles } from '../../testing/grant-roles.ts'
import { anna, boris, openSandbox, startTestBot } from '../../testing/start-test-bot.ts'
import { storeTrain } from '../../testing/store-train.ts'
import { letGroupIn } from '../../testing/let-group-in.ts'

const now = () => new Date('2025-09-02T06:00:00Z')
const containers = [0, 1, 2].map(containerNumber)
const irkutsk = { name: 'ИРКУТСК', code: '930005' }

/** Two containers at Чита; the third has no position. */
async function storeK25073(db: Db): Promise<void> {
  await storeTrain(db, {
    code: 'К25-073',
    entries: containers.map((container, index) => ({ container, client: index === 0 ? 'ООО «Б»' : 'ООО «А»' })),
  })
  await storePositions(
    db,
    containers.slice(0, 2).map((container) => aPosition({ container })),
  )
}

describe('a question that names a train', () => {
  test.for(['К25-073', 'где k25 073?', 'к25073', 'K25—073'])(
    'is answered with its card: %s',
    async (question, { db, redisUrl, queuePrefix }) => {
      await storeK25073(db)
      const { sandbox } = await startTestBot({ db, redisUrl, queuePrefix, now, adminChatIds: [anna] })
      const person = sandbox.person(anna)
      await person.say(question)
      const { text } = await person.waitForReply()
      expect(text).toBe(
        [
          '🚂 Поезд К25-073 → Селятино',
          '🛤 Поезд РЖД 2051, 9822+123+1811: 2 контейнера',
          'Список поезда от 27 августа 03:00',
          '3 контейнера, в дислокации видно 2',
          '',
          'Где сейчас',
          '• Чита I: 2',
          '',
          'По состоянию',
          '• 🚂 в пути: 2',
          '• ⏳ ещё не виден: 1',
          '',
          'Не вместе со всеми: 1',
          `• ${containers[2]}, ⏳ ещё не виден`,
          '',
          'По клиентам',
          '• ООО «А»: 2',
          '• ООО «Б»: 1',
          '',
          'Осталось: 6\u00A0120 км',
          'Прогноз прибытия: 13 сентября',
          '',
          'Данные на сегодня 08:00 МСК (2 сентября)',
        ].join('\n'),
      )
    },
  )

  test('is answered to operators with clients, to viewers and in groups without', async ({
    db,
    redisUrl,
    queuePrefix,
  }) => {
    await storeK25073(db)
    const sandbox = await openSandbox()
    const { id: chatId } = sandbox.group({ title: 'Логистика', members: [anna], supergroup: true })
    await letGroupIn(db, chatId)
    await grantRoles(db, [
      [anna, 'operator'],
      [boris, 'viewer'],
    ])
    await startTestBot({ db, redisUrl, queuePrefix, now, sandbox, accessMode: 'approval' })
    const operator = sandbox.person(anna)
    await operator.say('К25-073')
    const card = await operator.waitForReply()
    expect(card.text).toContain('• ООО «А»: 2')

    const viewer = sandbox.person(boris)
    await viewer.say('К25-073')
    const plain = await viewer.waitForReply()
    expect(plain.text).toContain('👥 2 клиента: 2, 1')
    expect(plain.text).not.toContain('ООО')
    expect(await viewer.waitForAnswer(await viewer.pressData('v1:train-clients:25-073', plain))).toMatchObject({
      text: 'Кнопка устарела',
    })

    const { username } = (await sandbox.waitForCall(({ method }) => method === 'getMe')).result as { username: string }
    await operator.say(`@${username} К25-073`, { chatId })
    const public_ = await operator.waitForReply({ chatId })
    expect(public_.text).toContain('👥 2 клиента: 2, 1')
    expect(public_.text).not.toContain('ООО')
  })

  test('without a list is answered with similar trains', async ({ db, redisUrl, queuePrefix }) => {
    await storeTrain(db, { code: 'К24-073', entries: [] })
    const { sandbox } = await startTestBot({ db, redisUrl, queuePrefix, now })
    const person = sandbox.person(anna)
    await person.say('К25-073')
    expect((await person.waitForReply()).text).toBe('❔ Списка поезда К25-073 у меня нет.\nЕсть похожие: К24-073')
    await person.press('К24-073')
    expect((await person.waitForReply()).text).toContain('В списке поезда нет контейнеров')
  })

  test('with other trains is answered with a card each, or with a list when there are more than five', async ({
    db,
    redisUrl,
    queuePrefix,
  }) => {
    const codes = [1, 2, 3, 4, 5, 6].map((number) => `К25-00${number}`)
    for (const code of codes) await storeTrain(db, { code, entries: [{ container: containers[0]! }] })
    await storePositions(db, [aPosition({ container: containers[0]! })])
    const { sandbox } = await startTestBot({ db, redisUrl, queuePrefix, now })
    const person = sandbox.person(anna)
    await person.say('К25-002, К25-001')
    const first = await person.waitForReply()
    expect(first.text).toContain('Поезд К25-002')
    expect((await person.waitForReply({ after: first })).text).toContain('Поезд К25-001')
    await person.say(codes.join(' '))
    const { text } = await person.waitForReply()
    expect(text?.split('\n\n')).toEqual([
      ...codes.map((code) => `🚂 Поезд ${code} → Селятино\n1 контейнер, Чита I: 1`),
      'Данные на сегодня 08:00 МСК (2 сентября)',
    ])
  })

  test('and containers is answered about both', async ({ db, redisUrl, queuePrefix }) => {
    await storeK25073(db)
    const { sandbox } = await startTestBot({ db, redisUrl, queuePrefix, now })
    const person = sandbox.person(anna)
    await person.say(`${containers[0]} из К25-073`)
    const card = await person.waitForReply()
    expect(card.text).toContain(`📦 ${containers[0]}`)
    expect(card.text).toContain('🚂 Поезд терминала К25-073 → Селятино, список от 27 августа')
    expect((await person.waitForReply({ after: card })).text).toContain('🚂 Поезд К25-073')
  })
})

describe('the card of a train', () => {
  test('is refreshed and paged in its place', async ({ db, redisUrl, queuePrefix }) => {
    await storeK25073(db)
    const { sandbox } = await startTestBot({ db, redisUrl, queuePrefix, now, adminChatIds: [anna] })
    const person = sandbox.person(anna)
    await person.say('К25-073')
    const card = await person.waitForReply()
    const pressed = async (button: string) => {
      const press = await person.press(button)
      const [message, answer] = await Promise.all([person.waitForReply(), person.waitForAnswer(press)])
      expect(message.message_id).toBe(card.message_id)
      return { text: message.text ?? '', toast: answer.text }
    }
    await storePositions(db, [aPosition({ container: containers[2]!, station: irkutsk })])
    expect(await pressed('🔄 Обновить')).toMatchObject({
      text: expect.stringContaining('Иркутск: 1'),
      toast: 'Обновлено',
    })
    expect((await pressed('👥 По клиентам')).text).toContain('ООО «А»: 2\nЧита I: 1, Иркутск: 1')
    expect((await pressed('‹ К поезду')).text).toContain('Прогноз прибытия')
    expect((await pressed('📋 Контейнеры')).text).toContain(`3. ${containers[2]} 🚂 в пути\nИркутск`)
  })

  test('orders a workbook of all its containers', async ({ db, redisUrl, queuePrefix }) => {
    await storeK25073(db)
    const { sandbox } = await startTestBot({ db, redisUrl, queuePrefix, now })
    const person = sandbox.person(anna)
    await person.say('К25-073')
    await person.waitForReply()
    expect(await person.waitForAnswer(await person.press('📄 Excel'))).toMatchObject({
      text: 'Готовлю файл Excel, пришлю следом',
    })
    expect(await db.selectFrom('report').select(['kind', 'containers', 'chatId']).execute()).toEqual([
      { kind: 'lookup', containers: containers, chatId: anna },
    ])
  })

  test('starts a subscription to all its containers', async ({ db, redisUrl, queuePrefix }) => {
    await storeK25073(db)
    const { sandbox } = await startTestBot({ db, redisUrl, queuePrefix, now })
    const person = sandbox.person(anna)
    await person.say('К25-073')
    await person.waitForReply()
    await person.press('🔔 Подписаться')
    expect((await person.waitForReply()).text).toContain('Как назвать')
    await person.say('Поезд 73')
    expect((await person.waitForReply()).text).toContain('Поезд К25-073. Сейчас это 3 контейнера')
  })

  test('of a train that is gone has outdated buttons', async ({ db, redisUrl, queuePrefix }) => {
    await storeK25073(db)
    const { sandbox } = await startTestBot({ db, redisUrl, queuePrefix, now })
    const person = sandbox.person(anna)
    await person.say('К25-073')
    const card = await person.waitForReply()
    await db.deleteFrom('trainRoster').execute()
    for (const action of ['train', 'train-refresh', 'train-open', 'train-boxes', 'train-excel', 'train-sub']) {
      const press = await person.pressData(`v1:${action}:25-073`, card)
      expect(await person.waitForAnswer(press)).toMatchObject({ text: 'Кнопка устарела' })
    }
  })
})

test('all trains are listed by pages, the newest list first', async ({ db, redisUrl, queuePrefix }) => {
  for (let day = 1; day <= 9; day++) {
    await storeTrain(db, { code: `К25-00${day}`, sentAt: new Date(Date.UTC(2025, 7, day)), entries: [] })
  }
  const { sandbox } = await startTestBot({ db, redisUrl, queuePrefix, now })
  const person = sandbox.person(anna)
  await person.say('/trains')
  const list = await person.waitForReply()
  const buttons = (message: typeof list) => message.reply_markup?.inline_keyboard.flat().map(({ text }) => text)
  expect(buttons(list)).toHaveLength(8)
  expect(buttons(list)?.[0]).toBe('К25-009 · Селятино · 0 · 9 августа')
  await person.press('›')
  const second = await person.waitForReply()
  expect(second.message_id).toBe(list.message_id)
  expect(buttons(second)).toEqual([
    'К25-003 · Селятино · 0 · 3 августа',
    'К25-002 · Селятино · 0 · 2 августа',
    'К25-001 · Селятино · 0 · 1 августа',
    '‹',
    '2/2',
  ])
  await person.pressData('v1:train-list:99', second)
  await person.press((button) => button.text.startsWith('К25-001'))
  expect((await person.waitForReply({ where: ({ text }) => text?.includes('Поезд') ?? false })).text).toContain(
    '🚂 Поезд К25-001',
  )
})
