import { companies } from '@atermtrack/data'
import { containerNumber, expect, test } from '@atermtrack/testkit'
import { aPosition, storePositions } from '../../testing/a-position.ts'
import { anna, startTestBot } from '../../testing/start-test-bot.ts'
import { storeTrain } from '../../testing/store-train.ts'

const now = () => new Date('2025-09-02T06:00:00Z')
const boxes = [0, 1, 2, 3].map(containerNumber)
const [first = '', second = ''] = boxes
const inTrain = { trainNumber: '1318', trainIndex: '9822+123+1811 УГЛОВАЯ+СЕЛЯТИНО' }

test('a train is found by whatever name people know', async ({ db, redisUrl, queuePrefix }) => {
  await storePositions(
    db,
    boxes.map((container) => aPosition({ container, ...inTrain })),
  )
  await storeTrain(db, { code: 'К25-145', entries: boxes.map((container) => ({ container })) })
  await storeTrain(db, { code: 'К24-145', sentAt: new Date('2024-08-27T00:00:00Z'), entries: [{ container: first }] })
  const { sandbox } = await startTestBot({ db, redisUrl, queuePrefix, now })
  const person = sandbox.person(anna)
  let before = await person.say('спасибо').then(async () => person.waitForReply())
  const next = async () => {
    before = await person.waitForReply({ after: before })
    return before.text?.replaceAll('\u00A0', ' ') ?? ''
  }
  for (const name of ['25-145', 'К25/145', 'к25145', 'К25-145']) {
    await person.say(name)
    expect(await next(), name).toContain(
      'Поезд К25-145 → Селятино\n🛤 Поезд РЖД 1318, 9822+123+1811 УГЛОВАЯ+СЕЛЯТИНО: 4 контейнера',
    )
  }
  await person.say('145')
  expect(await next()).toContain('Поезд К25-145')
  expect(await next()).toBe('С этим номером есть и другие: К24-145')
  await person.say('поезд 146')
  expect(await next()).toContain('Поезда с номером 146 в списках нет')
  for (const name of ['поезд 1318', '9822+123+1811']) {
    await person.say(name)
    expect(await next(), name).toMatch(/в поезде (?:1318|9822\+123\+1811)[^]*Найдено 4 контейнера/)
    expect(JSON.stringify(before.reply_markup)).toContain('🚂 К25-145')
  }
  await person.say('1318')
  expect(await next()).toBe('🚂 1318 — номер поезда, в нём 4 контейнера.')
  // Four containers of one train in one place are one line.
  await person.say('что в пути')
  expect(await next()).toMatch(/Найдено 4 контейнера[^]*🚂 Поезд 1318 \(К25-145\): 4 контейнера, Чита I, 🚂 в пути/)
  expect(before.text).not.toContain(second)
  await person.press('🚂 1318 · 4')
  const opened = await person.waitForReply()
  expect(opened.text).toContain(second)
  before = opened
  await person.say('К25-145')
  await next()
  const excel = before.reply_markup?.inline_keyboard.flat().find(({ text }) => text === '📄 Excel')
  await person.pressData(excel?.callback_data ?? '', before)
  const report = () => db.selectFrom('report').select('name').executeTakeFirst()
  await expect.poll(report).toEqual({ name: 'поезд К25-145 Селятино' })
})

test('people of a company find a train by their own containers in it alone', async ({ db, redisUrl, queuePrefix }) => {
  await storePositions(
    db,
    boxes.map((container) => aPosition({ container, ...inTrain })),
  )
  const entries = boxes.map((container) => ({
    container,
    client: container === first ? 'ООО «Ромашка»' : 'ООО «Василёк»',
  }))
  await storeTrain(db, { code: 'К25-145', entries })
  await storeTrain(db, { code: 'К24-145', entries: [{ container: second, client: 'ООО «Василёк»' }] })
  const company = await companies.insert(db, 'Ромашка')
  await companies.addClient(db, company!.id, { inn: null, name: 'ООО «Ромашка»' })
  const { sandbox } = await startTestBot({ db, redisUrl, queuePrefix, now })
  const person = sandbox.person(anna)
  await person.say('спасибо')
  const start = await person.waitForReply()
  await db
    .updateTable('person')
    .set({ access: 'granted', role: 'viewer', companyId: company!.id })
    .where('telegramId', '=', anna)
    .execute()
  await person.say('поезд 1318')
  const found = await person.waitForReply({ after: start })
  expect(found.text).toContain('Найдено 1 контейнер')
  await person.say('145')
  const card = await person.waitForReply({ after: found })
  expect(card.text).toContain('1 контейнер, в дислокации видно 1')
  expect(card.text).not.toContain('Василёк')
  await person.say('привет')
  expect((await person.waitForReply({ after: card })).text).toContain('Здравствуйте')
})
