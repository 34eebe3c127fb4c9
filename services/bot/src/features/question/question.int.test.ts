import { expect, test } from '@atermtrack/testkit'
import { aPosition, storePositions } from '../../testing/a-position.ts'
import { anna, startTestBot } from '../../testing/start-test-bot.ts'
import { storeMovements } from '../../testing/store-movements.ts'
import { storeTrain } from '../../testing/store-train.ts'

const now = () => new Date('2025-09-02T06:00:00Z')
const box = 'MSKU6011672'
const other = 'CSQU3054383'

test('a container and a train in one message are answered with a card each', async ({ db, redisUrl, queuePrefix }) => {
  await storePositions(db, [aPosition(), aPosition({ container: other, station: { name: 'ОМСК', code: '830005' } })])
  await storeMovements(db, [{ operatedAt: new Date('2025-09-01T00:00:00Z'), station: 'БЕЛОГОРСК' }])
  await storeTrain(db, { code: 'К25-073', entries: [box, other].map((container) => ({ container })) })
  const { sandbox } = await startTestBot({ db, redisUrl, queuePrefix, now })
  const person = sandbox.person(anna)
  await person.say(`${box} К25-073 к25 074`)
  const card = await person.waitForReply()
  expect(card.text?.replaceAll('\u00A0', ' ')).toContain('● Владивосток ─ ● Белогорск ─ ◉ Чита I')
  expect(JSON.stringify(card.reply_markup)).toContain('🔔 Следить')
  const train = await person.waitForReply({ after: card })
  expect(train.text).toContain('2 контейнера, в дислокации видно 2')
  expect(train.text).toMatch(/• (Чита I|Омск): 1\n• (Чита I|Омск): 1/)
  expect((await person.waitForReply({ after: train })).text).toContain('Списка поезда К25-074 у меня нет')
})

test('a list with a train is answered about the containers of the list only', async ({ db, redisUrl, queuePrefix }) => {
  await storePositions(
    db,
    [box, other, 'TKRU8864591'].map((container) => aPosition({ container })),
  )
  await storeTrain(db, { code: 'К25-073', entries: [{ container: 'TKRU8864591' }] })
  const { sandbox } = await startTestBot({ db, redisUrl, queuePrefix, now })
  const person = sandbox.person(anna)
  await person.say(`${box}, ${other}, К25-073`)
  const list = await person.waitForReply()
  expect(list.text).toContain(box)
  expect(list.text).not.toContain('TKRU8864591')
  expect((await person.waitForReply({ after: list })).text).toContain('1 контейнер, в дислокации видно 1')
})

test('a number with a slip is named next to a train', async ({ db, redisUrl, queuePrefix }) => {
  await storePositions(db, [aPosition()])
  await storeTrain(db, { code: 'К25-073', entries: [{ container: box }] })
  const { sandbox } = await startTestBot({ db, redisUrl, queuePrefix, now })
  const person = sandbox.person(anna)
  await person.say('К25-073 MSKU601167')
  const slip = await person.waitForReply()
  expect(slip.text).toContain(`Возможно: ${box}`)
  expect(slip.text).not.toContain('Проверьте номер')
  expect((await person.waitForReply({ after: slip })).text).toContain('🚂 Поезд К25-073')
})

test('small talk gets a matching answer', async ({ db, redisUrl, queuePrefix }) => {
  const { sandbox } = await startTestBot({ db, redisUrl, queuePrefix, now })
  const person = sandbox.person(anna)
  for (const [text, answer] of [
    ['Добрый день!', /^Здравствуйте! Можно спросить так/],
    ['спасибо большое', /^Пожалуйста!/],
    ['все поезда', /^Списков поездов пока нет/],
    ['помощь', /^Можно спросить так/],
    ['где мои контейнеры', /\/subscriptions/],
    ['что в Новосибирске', /^❔ Станции или дороги «Новосибирске» в отчётах ещё не было/],
    ['почём овёс', /^Не понял вопроса\. Можно спросить так/],
  ] as const) {
    await person.say(text)
    expect((await person.waitForReply()).text).toMatch(answer)
  }
})

test('a number without suggestions is not called a question that makes no sense', async ({
  db,
  redisUrl,
  queuePrefix,
}) => {
  const { sandbox } = await startTestBot({ db, redisUrl, queuePrefix, now })
  const person = sandbox.person(anna)
  await person.say('MSKU60116')
  const { text } = await person.waitForReply()
  expect(text).toContain('неверная длина: 9 вместо 11')
  expect(text).toContain('Проверьте номер: 4 буквы и 7 цифр')
  expect(text).not.toContain('Не понял')
})
