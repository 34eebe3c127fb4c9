import { containerNumber, describe, expect, test } from '@atermtrack/testkit'
import { aPosition, storePositions } from '../../testing/a-position.ts'
import { anna, startTestBot } from '../../testing/start-test-bot.ts'
import { storeTrain } from '../../testing/store-train.ts'
import { aVisit, storeVisits } from '../../testing/store-visits.ts'

const now = () => new Date('2025-09-02T06:00:00Z')
const [box, other, third] = [0, 1, 2].map(containerNumber) as [string, string, string]

describe('a question about a terminal', () => {
  test.for(['a-terminal', 'что на терминале?', 'Сток', '/terminal'])(
    'is answered with its stock: %s',
    async (question, { db, redisUrl, queuePrefix }) => {
      await storeVisits(
        db,
        [
          aVisit({ container: box }),
          aVisit({ container: other, size: '20 DC', stock: undefined, direction: undefined }),
          aVisit({ container: third, dispatchId: '7', dispatchedAt: new Date('2025-09-01T12:00:00Z') }),
        ],
        'Loaded (3 - 5 TEU)',
      )
      const { sandbox } = await startTestBot({ db, redisUrl, queuePrefix, now })
      const person = sandbox.person(anna)
      await person.say(question)
      const stock = await person.waitForReply()
      expect(stock.text).toBe(
        [
          '🏗 Терминал A-Terminal',
          "На площадке 2 контейнера (20': 1, 40': 1, 3 TEU)",
          '',
          'За последние сутки данных',
          '• Прибыло: 3 (5 TEU)',
          '• Отправлено: 1 (2 TEU)',
          '',
          'По состоянию',
          '• гружёные: 3',
          '• порожние: 0',
          '• повреждённые: 0',
          '• на таможне: 0',
          '',
          'Селятино',
          "• Сток 1, отправка по ж/д: 1 (20': 0, 40': 1, 2 TEU)",
          '',
          'Направление не указано',
          "• сток не указан: 1 (20': 1, 40': 0, 1 TEU)",
          '',
          'Данные на сегодня 01:30 МСК (2 сентября)',
        ].join('\n'),
      )
      const press = await person.press('🔄 Обновить')
      expect(await person.waitForAnswer(press)).toMatchObject({ text: 'Обновлено' })
    },
  )

  test('is answered with a choice among several terminals', async ({ db, redisUrl, queuePrefix }) => {
    await storeVisits(db, [aVisit({ container: box }), aVisit({ container: other, terminal: 'Восточный' })])
    const { sandbox } = await startTestBot({ db, redisUrl, queuePrefix, now })
    const person = sandbox.person(anna)
    await person.say('терминал')
    const list = await person.waitForReply()
    expect(list.text).toMatch(
      /^🏗 Выберите терминал:\n• A-Terminal: на площадке 1, отчёт от 02\.09\.2025 [^\n]+\n• Восточный: на площадке 1, отчёт/,
    )
    await person.press('Восточный')
    const stock = await person.waitForReply()
    expect(stock).toMatchObject({ message_id: list.message_id, text: expect.stringContaining('Терминал Восточный') })
    await person.press('🏗 Другие терминалы')
    expect((await person.waitForReply()).text).toContain('• Восточный: на площадке 1')
    await person.say('что на a-terminal')
    expect((await person.waitForReply()).text).toContain('Терминал A-Terminal')
    expect(await person.waitForAnswer(await person.pressData('v1:term-page:0000:0', stock))).toMatchObject({
      text: 'Кнопка устарела',
    })
  })

  test('is paged in its place when the stock is long', async ({ db, redisUrl, queuePrefix }) => {
    const visits = Array.from({ length: 25 }, (_, index) =>
      aVisit({ container: containerNumber(index), stock: `Сток ${String(index).padStart(2, '0')}` }),
    )
    await storeVisits(db, visits)
    const { sandbox } = await startTestBot({ db, redisUrl, queuePrefix, now })
    const person = sandbox.person(anna)
    await person.say('сток')
    const first = await person.waitForReply()
    expect(first.text).not.toContain('Сток 24')
    await person.press('›')
    const second = await person.waitForReply()
    expect(second).toMatchObject({ message_id: first.message_id, text: expect.stringContaining('Сток 24') })
  })

  test('is answered with an explanation while there are no reports', async ({ db, redisUrl, queuePrefix }) => {
    const { sandbox } = await startTestBot({ db, redisUrl, queuePrefix, now })
    const person = sandbox.person(anna)
    await person.say('что на терминале')
    expect((await person.waitForReply()).text).toContain('Отчётов терминала пока нет')
  })
})

describe('a question about a container', () => {
  test('is answered with the terminal and the train, but no client and no driver', async ({
    db,
    redisUrl,
    queuePrefix,
  }) => {
    const station = { name: 'ВЛАДИВОСТОК', code: '980003' }
    await storePositions(db, [
      aPosition({ container: box, station, operation: 'Погрузка (20)', trainNumber: null, trainIndex: null }),
    ])
    await storeVisits(db, [aVisit({ container: box })])
    await storeTrain(db, { code: 'К25-073', entries: [{ container: box, client: 'ООО «Секрет»' }] })
    const { sandbox } = await startTestBot({ db, redisUrl, queuePrefix, now })
    const person = sandbox.person(anna)
    await person.say(box)
    const { text } = await person.waitForReply()
    expect(text).toContain(
      [
        '🏗 На терминале A-Terminal с 1 сентября 06:00, сток 1, отправка по ж/д, направление Селятино, данные терминала на 2 сентября 01:30',
        '🚂 Поезд терминала К25-073 → Селятино, список от 27 августа',
        '',
        'Данные на сегодня 08:00 МСК (2 сентября)',
      ].join('\n'),
    )
    expect(text).not.toMatch(/Секрет|Водителев|А582ВС25/)
  })

  test('that the railway has not seen is answered with a short card, which can be refreshed', async ({
    db,
    redisUrl,
    queuePrefix,
  }) => {
    await storeVisits(db, [aVisit({ container: box })])
    const { sandbox } = await startTestBot({ db, redisUrl, queuePrefix, now })
    const person = sandbox.person(anna)
    await person.say(box)
    const card = await person.waitForReply()
    expect(card.text).toMatch(new RegExp(`^⏳ в дислокации ещё не виден\n📦 ${box}\n\n🏗 На терминале A-Terminal с `))
    await storePositions(db, [aPosition({ container: box })])
    await person.press('🔄 Обновить')
    expect((await person.waitForReply()).text).toContain('Чита I')
    expect(await db.selectFrom('lookup').select('found').execute()).toEqual([{ found: 1 }, { found: 1 }])
  })

  test('in a list is not called missing when a terminal or a train knows it', async ({ db, redisUrl, queuePrefix }) => {
    await storePositions(db, [aPosition({ container: box })])
    await storeTrain(db, { code: 'К25-073', entries: [{ container: other }] })
    const { sandbox } = await startTestBot({ db, redisUrl, queuePrefix, now })
    const person = sandbox.person(anna)
    await person.say(`${box} ${other} ${third}`)
    const { text } = await person.waitForReply()
    expect(text).toContain(
      `⏳ В дислокации ещё не видны: 1\n• ${other}\n🚂 Поезд терминала К25-073 → Селятино, список от 27 августа\n\n❔ Не найдено: 1\n• ${third}`,
    )
  })
})
