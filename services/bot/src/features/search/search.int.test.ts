import type { Db, PositionView } from '@atermtrack/data'
import { containerNumber, describe, expect, test, waitUntil } from '@atermtrack/testkit'
import { aPosition, storePositions } from '../../testing/a-position.ts'
import { anna, boris, openSandbox, startTestBot } from '../../testing/start-test-bot.ts'
import { storeTrain } from '../../testing/store-train.ts'
import { letGroupIn } from '../../testing/let-group-in.ts'

/** 09:00 in Moscow. */
const now = () => new Date('2025-09-02T06:00:00Z')
const daysAgo = (days: number) => new Date(Date.parse('2025-09-02T03:30:00Z') - days * 86_400_000)
const [box, other, third, fourth] = [0, 1, 2, 3].map(containerNumber) as [string, string, string, string]
const karymskaya = { station: { name: 'КАРЫМСКАЯ', code: '943108' }, roadName: 'ЗАБАЙКАЛЬСКАЯ' }
const inskaya = { station: { name: 'ИНСКАЯ', code: '850007' }, roadName: 'ЗАПАДНО-СИБИРСКАЯ' }

function standing(container: string, days: number, fields: Partial<PositionView> = {}): PositionView {
  return aPosition({
    container,
    operatedAt: daysAgo(days),
    idleMinutes: days * 1440,
    operation: 'Прибытие на станцию',
    ...fields,
  })
}

describe('a question without numbers', () => {
  test('finds containers that stand on a road', async ({ db, redisUrl, queuePrefix }) => {
    await storePositions(db, [
      standing(box, 4),
      standing(other, 2, { ...karymskaya, operation: 'Бросание поезда (92)' }),
      standing(third, 2, inskaya),
      aPosition({ container: fourth }),
    ])
    const { sandbox } = await startTestBot({ db, redisUrl, queuePrefix, now })
    const person = sandbox.person(anna)
    await person.say('что стоит на Забайкальской')
    expect((await person.waitForReply()).text).toBe(
      [
        '🔎 Показываю: стоят на Забайкальской дороге',
        'Найдено 2 контейнера',
        'По состоянию\n• ⏸ стоит: 1\n• 🛑 брошен: 1',
        'По станциям\n• Чита I: 1\n• Карымская: 1',
        `${box} ⏸ стоит\nЧита I → Селятино, простой 4 сут, 6\u00A0120 км, прогноз: 12 сентября`,
        `${other} 🛑 брошен\nКарымская → Селятино, простой 2 сут, 6\u00A0120 км, прогноз: не раньше 12 сентября (поезд брошен)`,
        'Данные на сегодня 08:00 МСК (2 сентября)',
      ].join('\n\n'),
    )
  })

  test('finds containers that arrive tomorrow', async ({ db, redisUrl, queuePrefix }) => {
    await storePositions(db, [
      aPosition({ container: box, operatedAt: daysAgo(1), kmLeft: 600 }),
      aPosition({ container: other, operatedAt: daysAgo(1), kmLeft: 1_200 }),
      aPosition({
        container: third,
        operatedAt: daysAgo(1),
        kmLeft: 600,
        destination: { name: 'ЧЕМСКОЙ', code: '850308' },
      }),
      aPosition({ container: fourth, kmLeft: null }),
    ])
    const { sandbox } = await startTestBot({ db, redisUrl, queuePrefix, now })
    const person = sandbox.person(anna)
    await person.say('что придёт завтра в Селятино')
    const { text } = await person.waitForReply()
    expect(text).toContain('Показываю: все контейнеры назначением на Селятино, прибудут 3 сентября по прогнозу')
    expect(text).toContain('Найдено 1 контейнер')
    expect(text).toContain(box)
    await person.press('✕ место')
    expect((await person.waitForReply()).text).toContain(third)
  })

  test('finds containers that stand for long, and its buttons change the time', async ({
    db,
    redisUrl,
    queuePrefix,
  }) => {
    await storePositions(db, [standing(box, 8), standing(other, 4, inskaya), standing(third, 2)])
    const { sandbox } = await startTestBot({ db, redisUrl, queuePrefix, now })
    const person = sandbox.person(anna)
    await person.say('стоит больше 3 суток')
    const answer = await person.waitForReply()
    expect(answer.text).toMatch(/стоят больше 3 сут\n\nНайдено 2 контейнера/)
    await person.press('> 7 сут')
    const changed = await person.waitForReply()
    expect(changed).toMatchObject({
      message_id: answer.message_id,
      text: expect.stringMatching(/стоят больше 7 сут\n\nНайдено 1 контейнер\n/),
    })
    await person.press(`📦 ${box}`)
    expect((await person.waitForReply()).text).toMatch(new RegExp(`^⏸ стоит\n📦 ${box}`))
  })

  test('about a train is answered with its card, or with its containers when it names a condition', async ({
    db,
    redisUrl,
    queuePrefix,
  }) => {
    await storePositions(db, [
      standing(box, 4, { operation: 'Бросание поезда (92)' }),
      standing(other, 4),
      standing(third, 4, { operation: 'Бросание поезда (92)' }),
    ])
    await storeTrain(db, { code: 'К25-103', entries: [{ container: box }, { container: other }] })
    const { sandbox } = await startTestBot({ db, redisUrl, queuePrefix, now })
    const person = sandbox.person(anna)
    await person.say('где К25-103')
    expect((await person.waitForReply()).text).toContain('К25-103')
    await person.say('сколько из K25 103 брошено?')
    const { text } = await person.waitForReply()
    expect(text).toContain('Показываю: брошены из поезда К25-103\n\nНайдено 1 контейнер')
    expect(text).toContain(box)
  })

  test('is answered with buttons for the role of a place and for the place itself', async ({
    db,
    redisUrl,
    queuePrefix,
  }) => {
    await storePositions(db, [
      standing(box, 2),
      standing(other, 2, { station: { name: 'ЧИТА II', code: '940105' } }),
      standing(third, 2, { ...inskaya, destination: { name: 'ЧИТА II', code: '940105' } }),
    ])
    const { sandbox } = await startTestBot({ db, redisUrl, queuePrefix, now })
    const person = sandbox.person(anna)
    await person.say('что в Чите')
    expect((await person.waitForReply()).text).toMatch(/на станции Чита I или Чита II\n\nНайдено 2/)
    await person.press('Чита II')
    expect((await person.waitForReply()).text).toMatch(/на станции Чита II.*\n\nНайдено 1/)
    await person.press('🏁 едут туда')
    const { text } = await person.waitForReply()
    expect(text).toMatch(/назначением на Чита II/)
    expect(text).toContain(third)
  })

  test('is paged in its place, and its workbook has all containers', async ({ db, redisUrl, queuePrefix }) => {
    const numbers = Array.from({ length: 23 }, (_, index) => containerNumber(index))
    await storePositions(
      db,
      numbers.map((container) => standing(container, 2, { trainNumber: null })),
    )
    const { sandbox } = await startTestBot({ db, redisUrl, queuePrefix, now })
    const person = sandbox.person(anna)
    await person.say('standing at Чита')
    const first = await person.waitForReply()
    expect(listed(first.text)).toHaveLength(10)
    await person.press('›')
    const second = await person.waitForReply()
    await person.press('›')
    const last = await person.waitForReply()
    expect(last.message_id).toBe(first.message_id)
    expect([...listed(first.text), ...listed(second.text), ...listed(last.text)].sort()).toEqual(numbers.toSorted())
    const press = await person.press('📄 Excel')
    expect(await person.waitForAnswer(press)).toMatchObject({ text: expect.stringContaining('Готовлю файл') })
    const { containers } = await db.selectFrom('report').select('containers').executeTakeFirstOrThrow()
    expect([...containers].sort()).toEqual(numbers.toSorted())
  })

  test('that finds nothing says so and offers to loosen it', async ({ db, redisUrl, queuePrefix }) => {
    await storePositions(db, [aPosition()])
    const { sandbox } = await startTestBot({ db, redisUrl, queuePrefix, now })
    const person = sandbox.person(anna)
    await person.say('брошены на Забайкальской у Иванова')
    const { text } = await person.waitForReply()
    expect(text).toContain('Не разобрал: иванова')
    expect(text).toContain('Таких контейнеров нет.\nМожно снять или изменить условие')
    expect(text).toContain('Данные на сегодня 08:00 МСК (2 сентября)')
    await person.press('✕ состояние')
    expect((await person.waitForReply()).text).toContain('Найдено 1 контейнер')
  })

  test.for(['добрый день', 'сколько стоит доставка', 'почём овёс', 'до завтра'])(
    'that says nothing of containers is answered with examples: %s',
    async (text, { db, redisUrl, queuePrefix }) => {
      await storePositions(db, [aPosition()])
      const { sandbox } = await startTestBot({ db, redisUrl, queuePrefix, now })
      const person = sandbox.person(anna)
      await person.say(text)
      expect((await person.waitForReply()).text).toContain('что едет на станцию Селятино')
    },
  )

  test('with numbers in a table is not a filter', async ({ db, redisUrl, queuePrefix }) => {
    await storePositions(db, [aPosition({ container: box }), aPosition({ container: other })])
    const { sandbox } = await startTestBot({ db, redisUrl, queuePrefix, now })
    const person = sandbox.person(anna)
    await person.say(`${box}\tЧита I\tстоит\n${other}\tСелятино\tв пути`)
    expect((await person.waitForReply()).text).not.toContain('Показываю')
  })
})

describe('the button of a search', () => {
  test('shows each person only their own containers', async ({ db, redisUrl, queuePrefix }) => {
    await storePositions(db, [standing(box, 2)])
    await db.updateTable('position').set({ consignee: 'ООО Чужой' }).execute()
    const sandbox = await openSandbox()
    await startTestBot({ db, redisUrl, queuePrefix, now, sandbox })
    const [person, stranger] = [sandbox.person(anna), sandbox.person(boris)]
    await stranger.say('/menu')
    const start = await stranger.waitForReply()
    await joinCompany(db, boris)
    await person.say('что в Чите')
    const answer = await person.waitForReply()
    expect(answer.text).toContain(box)
    const data = answer.reply_markup?.inline_keyboard.flat().find(({ text }) => text === '🔄 Обновить')
    await stranger.waitForAnswer(await stranger.pressData((data as { callback_data: string }).callback_data, start))
    const shown = await waitUntil(() => stranger.messages().find(({ text }) => text?.includes('Показываю')), {
      what: 'the answer to the stranger',
    })
    expect(shown.text).toContain('Таких контейнеров нет')
    expect(shown.text).not.toContain(box)
  })

  test('for a place that the directory does not know is out of date', async ({ db, redisUrl, queuePrefix }) => {
    await storePositions(db, [standing(box, 2)])
    const { sandbox } = await startTestBot({ db, redisUrl, queuePrefix, now })
    const person = sandbox.person(anna)
    await person.say('что в Чите')
    const answer = await person.waitForReply()
    for (const data of [
      'v1:find:Nszzzz:0',
      'v1:find:nonsense:0',
      'v1:find',
      'v1:find-excel:Nszzzz',
      'v1:find-excel:Sm',
    ]) {
      expect(await person.waitForAnswer(await person.pressData(data, answer))).toMatchObject({
        text: 'Кнопка устарела',
      })
    }
  })
})

test('a search in a group that addresses the bot is answered in the topic of the question', async ({
  db,
  redisUrl,
  queuePrefix,
}) => {
  await storePositions(db, [standing(box, 2)])
  const sandbox = await openSandbox()
  const { id: chatId } = sandbox.group({ title: 'Логистика', members: [anna], supergroup: true })
  await letGroupIn(db, chatId)
  await startTestBot({ db, redisUrl, queuePrefix, now, sandbox })
  const person = sandbox.person(anna)
  await person.say('что стоит на Забайкальской', { chatId })
  const { username } = (await sandbox.waitForCall(({ method }) => method === 'getMe')).result as { username: string }
  await person.say(`@${username} что стоит на Забайкальской`, { chatId, threadId: 77 })
  const answer = await person.waitForReply({ chatId })
  expect(answer).toMatchObject({ message_thread_id: 77, text: expect.stringContaining(box) })
  await person.waitForAnswer(await person.press('📄 Excel', { chatId }))
  expect(await db.selectFrom('report').select(['chatId', 'threadId']).execute()).toEqual([{ chatId, threadId: 77 }])
})

function listed(text: string | undefined): readonly string[] {
  return Array.from(text?.matchAll(/^[A-Z]{4}\d{7}(?= )/gm) ?? [], ([number]) => number)
}

async function joinCompany(db: Db, telegramId: number): Promise<void> {
  const { id: companyId } = await db
    .insertInto('company')
    .values({ name: 'ООО Другие' })
    .returning('id')
    .executeTakeFirstOrThrow()
  await db.updateTable('person').set({ role: 'viewer', companyId }).where('telegramId', '=', telegramId).execute()
}
