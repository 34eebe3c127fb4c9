import { containerNumber, expect, test } from '@atermtrack/testkit'
import { aPosition, storePositions } from '../../testing/a-position.ts'
import { anna, startTestBot } from '../../testing/start-test-bot.ts'
import { storeTrain } from '../../testing/store-train.ts'

const now = () => new Date('2025-09-02T06:00:00Z')
const [moving = '', standing = '', arrived = '', issued = '', early = '', again = ''] = [0, 1, 2, 3, 4, 5].map(
  containerNumber,
)
const selyatino = { station: { name: 'СЕЛЯТИНО', code: '181102' }, kmLeft: 0 }
const longAgo = new Date('2025-08-27T03:00:00Z')
/** The moving container has an idle time of its own in the report, which says nothing about standing. */
const positions = [
  aPosition({ container: moving, idleMinutes: 9_000 }),
  aPosition({ container: standing, operatedAt: longAgo, idleMinutes: null }),
  aPosition({
    ...selyatino,
    container: arrived,
    operatedAt: longAgo,
    idleMinutes: null,
    arrivedAt: new Date('2025-08-26T11:05:00Z'),
  }),
  aPosition({
    ...selyatino,
    container: issued,
    operation: 'Выдача контейнера получателю (49)',
    operatedAt: longAgo,
    idleMinutes: null,
    arrivedAt: new Date('2025-08-25T11:05:00Z'),
  }),
  aPosition({ ...selyatino, container: early, arrivedAt: new Date('2025-09-01T23:30:00Z'), idleMinutes: 30 }),
]

test('a container that stands for long is neither moving nor issued', async ({ db, redisUrl, queuePrefix }) => {
  await storePositions(db, positions)
  const { sandbox } = await startTestBot({ db, redisUrl, queuePrefix, now })
  const person = sandbox.person(anna)
  await person.say('стоит больше 3 суток')
  const { text = '' } = await person.waitForReply()
  expect(text).toContain('Найдено 2 контейнера')
  expect(text).toContain(`${standing} ⏸ стоит\nЧита I → Селятино, простой 6 сут 2 ч`)
  expect(text).toContain(
    `${arrived} 🏁 прибыл на станцию назначения\nСелятино, простой 6 сут 2 ч, прибыл 26 августа 14:05`,
  )
  expect(text).not.toContain(moving)
  expect(text).not.toContain(issued)
})

test('a container that has arrived is found by the day of its arrival, not of its last operation', async ({
  db,
  redisUrl,
  queuePrefix,
}) => {
  await storePositions(db, positions)
  const { sandbox } = await startTestBot({ db, redisUrl, queuePrefix, now })
  const person = sandbox.person(anna)
  await person.say('прибыли сегодня')
  const today = await person.waitForReply()
  expect(today.text).toContain('Найдено 1 контейнер')
  expect(today.text).toContain(`${early} 🏁 прибыл на станцию назначения`)
  await person.say('прибыли 25.08')
  const before = await person.waitForReply({ after: today })
  expect(before.text).toContain('день прибытия 25 августа')
  expect(before.text).toMatch(
    new RegExp(`Найдено 1 контейнер[^]*${issued} ✅ выдан получателю\nСелятино, прибыл 25 августа`),
  )
})

test('who is late or will be is asked in words, listed by the days, and changed by buttons', async ({
  db,
  redisUrl,
  queuePrefix,
}) => {
  const due = (day: string) => new Date(`2025-${day}T21:00:00Z`)
  await storePositions(db, [
    aPosition({ container: moving, deliveryDueAt: due('08-30') }),
    aPosition({ container: standing, deliveryDueAt: due('08-20') }),
    aPosition({ container: early, deliveryDueAt: due('09-05') }),
    aPosition({ container: again, deliveryDueAt: due('09-30') }),
    aPosition({ ...selyatino, container: arrived, arrivedAt: due('08-25'), deliveryDueAt: due('08-20') }),
  ])
  const { sandbox } = await startTestBot({ db, redisUrl, queuePrefix, now })
  const person = sandbox.person(anna)
  await person.say('кто опаздывает')
  const late = await person.waitForReply()
  expect(late.text).toMatch(/Показываю: опаздывают\n\nНайдено 2 контейнера/)
  expect(late.text).toMatch(new RegExp(`${standing}[^]*срок 21 августа: опаздывает на 12\u00A0сут[^]*${moving}`))
  await person.press('> 5 сут')
  const changed = await person.waitForReply()
  expect(changed).toMatchObject({ message_id: late.message_id })
  expect(changed.text).toMatch(/опаздывают больше чем на 5 сут\n\nНайдено 1 контейнер\n/)
  await person.press('⏳ могут опоздать')
  const risk = await person.waitForReply()
  expect(risk.text).toMatch(new RegExp(`Показываю: ожидается опоздание\n\nНайдено 1 контейнер[^]*${early}`))
  await person.say('late to Selyatino')
  expect((await person.waitForReply({ after: risk })).text).toContain('опаздывают назначением на Селятино')
  await person.say('прибыли с опозданием')
  expect((await person.waitForReply()).text).toMatch(new RegExp(`прибыли, позже срока\n\nНайдено 1[^]*${arrived}`))
  await person.say('что в Чите')
  expect((await person.waitForReply()).text).toContain(
    'Найдено 4 контейнера\n⏰ опаздывают: 2, ⏳ ожидается опоздание: 1\n',
  )
})

test('a moving container shows the age of its last operation, in English too', async ({
  db,
  redisUrl,
  queuePrefix,
}) => {
  await storePositions(db, positions.slice(0, 1))
  const { sandbox } = await startTestBot({ db, redisUrl, queuePrefix, now })
  const person = sandbox.person({ id: 3001, name: 'Vera', languageCode: 'en' })
  await person.say(moving)
  const { text } = await person.waitForReply()
  expect(text).toContain('Last operation 6 d 6 h ago')
  expect(text).not.toContain('Idle')
})

test('a question for the containers of a train leaves out those on a later trip', async ({
  db,
  redisUrl,
  queuePrefix,
}) => {
  const later = new Date('2025-09-01T00:00:00Z')
  await storePositions(db, [
    aPosition({ container: moving, tripStartedAt: new Date('2025-08-12T00:00:00Z') }),
    aPosition({ container: again, tripStartedAt: later }),
  ])
  const sentAt = new Date('2025-08-11T00:00:00Z')
  await storeTrain(db, { code: 'К25-073', sentAt, entries: [{ container: moving }, { container: again }] })
  const { sandbox } = await startTestBot({ db, redisUrl, queuePrefix, now })
  const person = sandbox.person(anna)
  await person.say('сколько из К25-073 в пути')
  const found = await person.waitForReply()
  expect(found.text).toContain('Найдено 1 контейнер')
  expect(found.text).toContain(moving)
  await person.say('К25-073')
  const card = await person.waitForReply({ after: found })
  expect(card.text).toContain('2 контейнера, в дислокации видно 1\n↪️ Уехали другим рейсом: 1')
  await person.say(again)
  const own = await person.waitForReply({ after: card })
  expect(own.text).not.toContain('Поезд терминала')
  await person.say(moving)
  expect((await person.waitForReply({ after: own })).text).toContain('Поезд терминала К25-073')
})
