import { type Db, reports } from '@atermtrack/data'
import { containerNumber, describe, expect, test, waitUntil } from '@atermtrack/testkit'
import { aPosition, storePositions } from '../../testing/a-position.ts'
import { anna, openSandbox, startTestBot } from '../../testing/start-test-bot.ts'
import { letGroupIn } from '../../testing/let-group-in.ts'

const now = () => new Date('2025-09-02T06:00:00Z')

describe('a question', () => {
  test('with one number is answered with a card', async ({ db, redisUrl, queuePrefix }) => {
    await storePositions(db, [aPosition()])
    const { sandbox } = await startTestBot({ db, redisUrl, queuePrefix, now })
    const person = sandbox.person(anna)
    await person.say('где мsкu 601-167-2?')
    const card = await person.waitForReply()
    expect(card.text).toBe(
      [
        '🚂 в пути',
        '📦 MSKU6011672',
        '',
        '●\u00A0Владивосток ─ ◉\u00A0Чита\u00A0I ─ 6\u00A0120\u00A0км ─ ○\u00A0Селятино',
        '▓▓▓░░░░░░░ 33 %',
        '',
        'Сейчас: Чита I, Забайкальская',
        'Операция: Отправление со станции, сегодня 06:30 (2 сентября)',
        'Последняя операция 1 ч 30 мин назад',
        'Осталось: 6\u00A0120 км из 9\u00A0200',
        'Прогноз прибытия: 13 сентября, через 11 дней',
        'Поезд: 2051, индекс 9822+123+1811',
        'Вагон: 94287657 (платформа)',
        'Накладная: ЭФ038927',
        '',
        'Данные на сегодня 08:00 МСК (2 сентября)',
      ].join('\n'),
    )
    expect(await lookupRows(db)).toEqual([{ containers: ['MSKU6011672'], found: 1 }])
  })

  test('with a few numbers is answered with a list that names what was not found', async ({
    db,
    redisUrl,
    queuePrefix,
  }) => {
    await storePositions(db, [aPosition(), aPosition({ container: 'CSQU3054383', kmLeft: null })])
    const { sandbox } = await startTestBot({ db, redisUrl, queuePrefix, now: () => new Date('2025-09-02T12:00:00Z') })
    const person = sandbox.person(anna)
    await person.say('CSQU3054383, MSKU6011672\nTGHU1234568; MSKU601167')
    const { text } = await person.waitForReply()
    expect(text).toBe(
      [
        'CSQU3054383 🚂 в пути',
        'Чита I → Селятино, отправление со станции, сегодня 06:30 (2 сентября), осталось: неизвестно',
        '',
        'MSKU6011672 🚂 в пути',
        'Чита I → Селятино, отправление со станции, сегодня 06:30 (2 сентября), осталось: 6\u00A0120 км, прогноз: 13 сентября',
        '',
        '❔ Не найдено: 1',
        '• TGHU1234568: контрольная цифра не сходится',
        '',
        '✏️ Не похоже на номер: 1',
        '• MSKU601167: неверная длина: 10 вместо 11. Возможно: MSKU6011672',
        '',
        'Данные на сегодня 08:00 МСК (2 сентября)',
        '⚠️ Новых данных нет 7 ч',
      ].join('\n'),
    )
  })

  test('with a slip in its number is answered with a button for the intended number', async ({
    db,
    redisUrl,
    queuePrefix,
  }) => {
    await storePositions(db, [aPosition()])
    const { sandbox } = await startTestBot({ db, redisUrl, queuePrefix, now })
    const person = sandbox.person(anna)
    await person.say('MSKU6O11627')
    expect((await person.waitForReply()).text).toContain('Возможно: MSKU6011672')
    await person.press('📦 MSKU6011672')
    expect((await person.waitForReply()).text).toContain('Сейчас: Чита I')
  })

  test('with many numbers is answered with a summary, and a workbook is ordered', async ({
    db,
    redisUrl,
    queuePrefix,
  }) => {
    const numbers = Array.from({ length: 12 }, (_, index) => containerNumber(index))
    const found = numbers.slice(0, 11)
    await storePositions(
      db,
      found.map((container) => aPosition({ container })),
    )
    const { sandbox } = await startTestBot({ db, redisUrl, queuePrefix, now })
    const person = sandbox.person(anna)
    await person.say(`${numbers.join(' ')} MSKU601167`)
    const { text } = await person.waitForReply()
    // The mistyped number counts as asked for and not found.
    expect(text).toContain('Найдено 11 из 13 контейнеров')
    expect(text).toContain('MSKU601167')
    expect(text).toContain('• 🚂 в пути: 11')
    expect(text).toContain('• Чита I: 11')
    expect(text).toContain(`• ${numbers[11]}`)
    expect(text).toContain('Готовлю файл Excel')
    const report = await db
      .selectFrom('report')
      .select(['id', 'kind', 'status', 'containers', 'chatId'])
      .executeTakeFirst()
    expect(report).toMatchObject({ kind: 'lookup', status: 'pending', containers: numbers, chatId: anna })
    expect(await reports.beginBuilding(db, report!.id)).toMatchObject({ containers: numbers })
  })

  test('without a number is not a search', async ({ db, redisUrl, queuePrefix }) => {
    const { sandbox } = await startTestBot({ db, redisUrl, queuePrefix, now })
    const person = sandbox.person(anna)
    await person.say('почём овёс')
    expect((await person.waitForReply()).text).toContain('Не понял вопроса')
    expect(await lookupRows(db)).toEqual([])
  })

  test('is answered while Redis is away, and its workbook is left to the sweep', async ({ db, queuePrefix }) => {
    const numbers = Array.from({ length: 11 }, (_, index) => containerNumber(index))
    const { sandbox } = await startTestBot({ db, redisUrl: 'redis://127.0.0.1:1', queuePrefix, now })
    const person = sandbox.person(anna)
    await person.say(numbers.join(' '))
    expect((await person.waitForReply()).text).toContain('Найдено 0 из 11 контейнеров')
    expect(await db.selectFrom('report').select('status').execute()).toEqual([{ status: 'pending' }])
  })

  test('in a group is answered only when it addresses the bot', async ({ db, redisUrl, queuePrefix }) => {
    await storePositions(db, [aPosition()])
    const sandbox = await openSandbox()
    const { id: chatId } = sandbox.group({ title: 'Логистика', members: [anna], supergroup: true })
    await letGroupIn(db, chatId)
    await startTestBot({ db, redisUrl, queuePrefix, now, sandbox })
    const person = sandbox.person(anna)
    await person.say('MSKU6011672', { chatId })
    const { username } = (await sandbox.waitForCall(({ method }) => method === 'getMe')).result as { username: string }
    await person.say(`@${username} MSKU6011672`, { chatId, threadId: 77 })
    const answer = await person.waitForReply({ chatId })
    expect(answer).toMatchObject({ message_thread_id: 77, text: expect.stringContaining('📦 MSKU6011672') })
    expect(await lookupRows(db)).toHaveLength(1)
  })
})

test('a card is refreshed in its place', async ({ db, redisUrl, queuePrefix }) => {
  await storePositions(db, [aPosition()])
  const { sandbox } = await startTestBot({ db, redisUrl, queuePrefix, now })
  const person = sandbox.person(anna)
  await person.say('MSKU6011672')
  const card = await person.waitForReply()
  await person.waitForAnswer(await person.press('🔄 Обновить'))
  await db.updateTable('position').set({ kmLeft: 5_000 }).execute()
  const press = await person.press('🔄 Обновить')
  expect(await person.waitForAnswer(press)).toMatchObject({ text: 'Обновлено' })
  const refreshed = await waitUntil(() => person.messages().find(({ text }) => text?.includes('5\u00A0000 км')), {
    what: 'the refreshed card',
  })
  expect(refreshed.message_id).toBe(card.message_id)
  expect(await openOutcomes(db)).toEqual(['handled', 'handled', 'handled'])
})

test('a button of another release says that it is out of date', async ({ db, redisUrl, queuePrefix }) => {
  await storePositions(db, [aPosition()])
  const { sandbox } = await startTestBot({ db, redisUrl, queuePrefix, now })
  const person = sandbox.person(anna)
  await person.say('MSKU6011672')
  const card = await person.waitForReply()
  for (const data of ['v0:card:MSKU6011672', 'v1:constructor', 'v1:card:nothing', '{}']) {
    expect(await person.waitForAnswer(await person.pressData(data, card))).toMatchObject({ text: 'Кнопка устарела' })
  }
})

async function lookupRows(db: Db) {
  return db.selectFrom('lookup').select(['containers', 'found']).execute()
}

async function openOutcomes(db: Db) {
  return waitUntil(
    async () => {
      const rows = await db.selectFrom('telegramUpdate').select('outcome').orderBy('seq').execute()
      return rows.every(({ outcome }) => outcome !== null) && rows.map(({ outcome }) => outcome)
    },
    { what: 'all updates to be done' },
  )
}
