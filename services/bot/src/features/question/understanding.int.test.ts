import { containerNumber, expect, test } from '@atermtrack/testkit'
import { aPosition, storePositions } from '../../testing/a-position.ts'
import { anna, startTestBot } from '../../testing/start-test-bot.ts'
import { aVisit, storeVisits } from '../../testing/store-visits.ts'
import { storeTrain } from '../../testing/store-train.ts'
import { storeMovements } from '../../testing/store-movements.ts'

const now = () => new Date('2025-09-02T06:00:00Z')
const [first, second, third] = [0, 1, 2].map(containerNumber) as [string, string, string]
const uglovaya = { name: 'УГЛОВАЯ', code: '982206' }

test('what is not understood is said beside what was, with the nearest questions as buttons', async ({
  db,
  redisUrl,
  queuePrefix,
}) => {
  await storePositions(db, [aPosition({ container: first, origin: uglovaya })])
  const { sandbox } = await startTestBot({ db, redisUrl, queuePrefix, now })
  const person = sandbox.person(anna)
  await person.say('почём доставка <b>дверей и окон с Угловой')
  const partly = await person.waitForReply()
  expect(partly.text).toContain('Понял: Угловая. Не понял: почем, доставка, b, дверей, окон.')
  expect(partly.text).not.toContain('Найдено')
  await person.say('how much is a delivery to Uglovaya')
  expect((await person.waitForReply({ after: partly })).text).toContain('Не понял: a, delivery')
  await person.press('🚩 Что оттуда ушло')
  expect((await person.waitForReply()).text).toMatch(/отправились со станции Угловая\n\nНайдено 1/)
  expect(await db.selectFrom('notUnderstood').select('text').execute()).toHaveLength(2)
})

test('a place that no report names is answered with similar names', async ({ db, redisUrl, queuePrefix }) => {
  await storePositions(db, [aPosition({ container: first })])
  const { sandbox } = await startTestBot({ db, redisUrl, queuePrefix, now })
  const person = sandbox.person(anna)
  await person.say('сколько до Сульотина')
  const answer = await person.waitForReply()
  expect(answer.text).toContain('Станции или дороги «Сульотина» в отчётах ещё не было')
  expect(answer.text).toContain('Похожие названия:')
  await person.press('Селятино')
  expect((await person.waitForReply()).text).toContain('на станции Селятино')
})

test('questions for departures, passed stations and kinds of containers', async ({ db, redisUrl, queuePrefix }) => {
  const tripStartedAt = new Date('2025-08-28T00:00:00Z')
  await storePositions(db, [
    aPosition({ container: first, origin: uglovaya, loaded: false, containerType: '22G1', tripStartedAt }),
    aPosition({ container: second, tripStartedAt }),
  ])
  await storeMovements(db, [
    {
      container: first,
      operatedAt: new Date('2025-08-31T22:00:00Z'),
      station: 'УГЛОВАЯ',
      operation: 'Отправление со станции',
      tripStartedAt,
    },
    { container: first, operatedAt: new Date('2025-09-01T20:00:00Z'), station: 'МОГОЧА', tripStartedAt },
    { container: first, operatedAt: new Date('2025-09-02T03:30:00Z'), station: 'ЧИТА I', tripStartedAt },
    { container: second, operatedAt: new Date('2025-09-02T03:30:00Z'), station: 'ЧИТА I', tripStartedAt },
  ])
  await db
    .updateTable('trip')
    .set({ departedAt: new Date('2025-08-31T22:00:00Z') })
    .where('container', '=', first)
    .execute()
  const { sandbox } = await startTestBot({ db, redisUrl, queuePrefix, now })
  const person = sandbox.person(anna)
  let before = await person.say('привет').then(async () => person.waitForReply())
  for (const [question, understood] of [
    ['что ушло вчера с Угловой', 'все контейнеры со станции Угловая, отправились 1 сентября'],
    ['прошло Могочу', 'ещё не прибыли, прошли станцию Могоча'],
    ['порожние в пути', 'порожние, в пути'],
    ['20-футовые', '20-футовые контейнеры'],
  ] as const) {
    await person.say(question)
    const answer = await person.waitForReply({ after: before })
    expect(answer.text, question).toContain(`Показываю: ${understood}\n\nНайдено 1 контейнер`)
    expect(answer.text, question).toContain(first)
    before = answer
  }
  await person.say('сколько всего')
  expect((await person.waitForReply({ after: before })).text).toContain('все контейнеры\n\nНайдено 2')
})

test('the last digits of a number find its container, and a letter in place of a digit is said', async ({
  db,
  redisUrl,
  queuePrefix,
}) => {
  await storePositions(db, [aPosition({ container: 'MSKU6011672' }), aPosition({ container: second })])
  await storeVisits(db, [aVisit({ container: 'TGHU0001672' }), aVisit({ container: third })])
  const { sandbox } = await startTestBot({ db, redisUrl, queuePrefix, now })
  const person = sandbox.person(anna)
  const ask = async (text: string) => {
    const after = await person.say('привет').then(async () => person.waitForReply())
    await person.say(text)
    return (await person.waitForReply({ after })).text
  }
  expect(await ask('11672')).toMatch(/^🔎 Номер на …11672: показываю\n\n🚂 в пути\n📦 MSKU6011672/)
  expect(await ask('1672')).toMatch(/^🔎 Номер на …1672: 2 контейнера\n[^]*MSKU6011672[^]*TGHU0001672/)
  expect(await ask('6011672')).toContain('📦 MSKU6011672')
  expect(await ask('99999')).toBe('Номеров на …99999 в отчётах нет. Пришлите номер целиком.')
  expect(await ask('7654321')).not.toContain('показываю')
  expect(await ask('MSKU6О1I672')).toMatch(
    /^✏️ MSKU6О1I672: буква O вместо цифры 0, буква I вместо цифры 1, показываю MSKU6011672\n\n🚂 в пути/,
  )
  expect(await ask(`MSKU6O11672 ${second}`)).toMatch(
    /^✏️ MSKU6O11672: буква O вместо цифры 0, показываю MSKU6011672[^]*MSKU6011672 🚂/,
  )
})

test('a menu is asked for by its name, and a dialog is left by a word', async ({ db, redisUrl, queuePrefix }) => {
  await storePositions(db, [aPosition({ container: first })])
  const { sandbox } = await startTestBot({ db, redisUrl, queuePrefix, now })
  const person = sandbox.person(anna)
  await person.say('Меню')
  const menu = await person.waitForReply()
  expect(menu.text).toContain('Выберите действие')
  expect(menu.reply_keyboard?.keyboard.flat().length).toBeGreaterThan(3)
  await person.say('отмена')
  const nothing = await person.waitForReply({ after: menu })
  expect(nothing.text).toContain('Отменять нечего')
  await person.say('помощь')
  expect((await person.waitForReply({ after: nothing })).text).toContain('Можно спросить так')
})

test('the containers of a client are shown to those who may know whose they are', async ({
  db,
  redisUrl,
  queuePrefix,
}) => {
  await storePositions(db, [aPosition({ container: first }), aPosition({ container: second })])
  await storeTrain(db, { code: 'К25-073', entries: [{ container: first, client: 'ООО «Ромашка»' }] })
  const { sandbox } = await startTestBot({ db, redisUrl, queuePrefix, now })
  const person = sandbox.person(anna)
  await person.say('/start')
  const start = await person.waitForReply({ where: ({ reply_markup: buttons }) => buttons !== undefined })
  await db.updateTable('person').set({ access: 'granted', role: 'operator' }).where('telegramId', '=', anna).execute()
  await person.say('контейнеры ООО Ромашка')
  const answer = await person.waitForReply({ after: start })
  expect(answer.text).toMatch(/^👤 Клиент: ООО Ромашка\n\n🚂 в пути/)
  expect(answer.text).toContain(first)
  await person.say('контейнеры ООО Лютик')
  const none = await person.waitForReply({ after: answer })
  expect(none.text).toContain('Контейнеров клиента «ООО Лютик» в отчётах нет')
  await db.updateTable('person').set({ role: 'viewer' }).where('telegramId', '=', anna).execute()
  await person.say('контейнеры ООО Ромашка')
  expect((await person.waitForReply({ after: none })).text).toMatch(/^Не понял вопроса/)
})
