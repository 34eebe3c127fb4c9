import { containerNumber, expect, test } from '@atermtrack/testkit'
import { aPosition, storePositions } from '../../testing/a-position.ts'
import { anna, startTestBot } from '../../testing/start-test-bot.ts'
import { storeMovements } from '../../testing/store-movements.ts'

const now = () => new Date('2025-09-02T06:00:00Z')
const [near = '', far = '', waiting = ''] = [0, 1, 2].map(containerNumber)

test('distances, passed days, plans and norms are answered by what is known, and by no more', async ({
  db,
  redisUrl,
  queuePrefix,
}) => {
  const tripStartedAt = new Date('2025-08-28T00:00:00Z')
  const uglovaya = { name: 'УГЛОВАЯ', code: '982206' }
  await storePositions(db, [
    aPosition({ container: near, kmLeft: 1_200, tripStartedAt }),
    aPosition({
      container: far,
      kmLeft: null,
      operation: 'Бросание поезда (92)',
      isAbandoned: true,
      deliveryDueAt: new Date('2025-09-20T00:00:00Z'),
    }),
    aPosition({
      container: waiting,
      operation: 'Погрузка (20)',
      station: uglovaya,
      origin: uglovaya,
      trainNumber: null,
      trainIndex: null,
      kmLeft: 9_000,
    }),
  ])
  await storeMovements(db, [
    { container: near, operatedAt: new Date('2025-09-01T12:00:00Z'), station: 'МОГОЧА', tripStartedAt },
    { container: near, operatedAt: new Date('2025-09-02T03:30:00Z'), station: 'ЧИТА I', tripStartedAt },
  ])
  const { sandbox } = await startTestBot({ db, redisUrl, queuePrefix, now })
  const person = sandbox.person(anna)
  let before = await person.say('спасибо').then(async () => person.waitForReply())
  const ask = async (text: string) => {
    await person.say(text)
    before = await person.waitForReply({ after: before })
    return before.text?.replaceAll('\u00A0', ' ') ?? ''
  }
  expect(await ask('сколько до Селятино')).toMatch(
    /Найдено 3 [^]*Осталось ехать: 1 200 – 9 000 км\nРасстояние неизвестно у 1/,
  )
  expect(await ask('прошло Могочу вчера')).toMatch(/прошли [^]*Могоч[^]*были там [^]*1 сентября[^]*Найдено 1 контейнер/)
  expect(await ask('прошло Могочу сегодня')).toContain('Таких контейнеров нет')
  const abandoned = await ask(far)
  expect(abandoned).toContain('успеет ли, пока неизвестно')
  expect(abandoned).not.toContain('в срок')
  expect(await ask('что отправится завтра')).toMatch(/^Планов отправки нет[^]*ждут: <?1 контейнер/)
  await person.press('🚩 Ждут отправки · 1')
  expect((await person.waitForReply()).text).toContain(waiting)
})
