import { companies, type Db } from '@atermtrack/data'
import type { TerminalVisit, WallTime } from '@atermtrack/domain'
import type { PersonHandle } from '@atermtrack/sandbox'
import { containerNumber, expect, test } from '@atermtrack/testkit'
import { aPosition, storePositions } from '../../../testing/a-position.ts'
import { anna, boris, openSandbox, startTestBot } from '../../../testing/start-test-bot.ts'
import { storeMovements } from '../../../testing/store-movements.ts'
import { storeTrain } from '../../../testing/store-train.ts'
import { aVisit, storeVisits } from '../../../testing/store-visits.ts'

const now = () => new Date('2025-09-02T06:00:00Z')
const [gone, trucked, back] = [1, 2, 3].map(containerNumber) as [string, string, string]

/** It came on the morning of 28.08 in Vladivostok and left by rail on 01.09. */
function leftByRail(container: string, fields: Partial<TerminalVisit> = {}): TerminalVisit {
  return aVisit({
    container,
    client: 'ООО «Ромашка»',
    arrivedWall: '2025-08-28T10:00:00' as WallTime,
    arrivedAt: new Date('2025-08-28T00:00:00Z'),
    arrivalTransport: 'Автотягач',
    dispatchedWall: '2025-09-01T18:00:00' as WallTime,
    dispatchedAt: new Date('2025-09-01T08:00:00Z'),
    dispatchTransport: 'Платформа фитинговая',
    dispatchVehicle: '58955428',
    dispatchTo: 'Селятино',
    ...fields,
  })
}

test('a container that has left the terminal has a card and a history before the railway reports it, and keeps its driver to itself', async ({
  db,
  redisUrl,
  queuePrefix,
}) => {
  const driven = { dispatchTransport: 'Автотягач', dispatchVehicle: 'А777АА25', dispatchTo: 'Рулёв Р.Р.' }
  await storeVisits(db, [leftByRail(gone), leftByRail(trucked, { arrivalId: '2', ...driven })])
  await storeTrain(db, { code: 'К25-073', sentAt: new Date('2025-08-31T22:00:00Z'), entries: [{ container: gone }] })
  const { sandbox } = await startTestBot({ db, redisUrl, queuePrefix, now })
  const person = sandbox.person(anna)
  await person.say(gone)
  const card = await person.waitForReply()
  expect(card.text).toMatch(/^⏳ ушёл с терминала, в дислокации ещё не появился\n/)
  expect(card.text).toContain(
    'Ушёл с терминала A-Terminal вчера 11:00 (1 сентября), по железной дороге, вагон 58955428',
  )
  expect(card.text).toContain('🚂 Поезд терминала К25-073')
  const history = await press(person, '🕓 История')
  expect(history.text).toMatch(
    /• 1 сентября 11:00 🏗 Ушёл с терминала A-Terminal, по железной дороге[^]*• 1 сентября 01:00 📋 В списке поезда К25-073\n• 28 августа 03:00 🏗 Пришёл на терминал A-Terminal, автомобилем/,
  )
  expect(history.text).toContain('В дислокации контейнер ещё не появился.')
  expect((await press(person, '‹ К карточке')).text).toBe(card.text)
  await person.say(`${gone} ${trucked}`)
  expect((await person.waitForReply()).text).toContain(
    `${trucked}\n🏗 Ушёл с терминала A-Terminal вчера 11:00 (1 сентября)`,
  )
  expect(JSON.stringify(sandbox.calls)).not.toMatch(/А777АА25|Рулёв|Водителев|А582ВС25/)
})

test('operations, terminals and lists of trains are one history', async ({ db, redisUrl, queuePrefix }) => {
  await storePositions(db, [aPosition({ container: back })])
  const tripStartedAt = new Date('2025-08-28T00:00:00Z')
  await storeMovements(db, [
    { container: back, operatedAt: new Date('2025-08-20T00:00:00Z'), station: 'БЕЛОГОРСК', tripStartedAt: null },
    { container: back, operatedAt: new Date('2025-09-01T12:00:00Z'), station: 'УГЛОВАЯ', tripStartedAt },
  ])
  await storeVisits(db, [leftByRail(back)])
  const { sandbox } = await startTestBot({ db, redisUrl, queuePrefix, now })
  const person = sandbox.person(anna)
  await person.say(back)
  expect((await person.waitForReply()).text).not.toContain('Ушёл с терминала')
  const { text } = await press(person, '🕓 История')
  expect(text).toMatch(/Угловая[^]*🏗 Ушёл с терминала[^]*🏗 Пришёл на терминал[^]*Белогорск/)
})

test('people of a company see neither the card nor the history of the containers of others', async ({
  db,
  redisUrl,
  queuePrefix,
}) => {
  await storeVisits(db, [leftByRail(gone)])
  const sandbox = await openSandbox()
  await startTestBot({ db, redisUrl, queuePrefix, now, sandbox })
  const [person, stranger, client] = [sandbox.person(anna), sandbox.person(boris), sandbox.person(1003)]
  for (const [one, id, clientName] of [
    [stranger, boris, 'ООО «Лютик»'],
    [client, 1003, 'ООО «Ромашка»'],
  ] as const) {
    await one.say('/menu')
    await one.waitForReply()
    await joinCompany(db, id, clientName)
  }
  await person.say(gone)
  const card = await person.waitForReply()
  expect(card.text).toContain('ушёл с терминала')
  const before = await stranger.say(gone)
  const refusal = await stranger.waitForReply()
  expect(before, refusal.text).toBeDefined()
  expect(refusal.text).toContain('Не найдено: 1')
  await stranger.waitForAnswer(await stranger.pressData(`v1:history:${gone}:0:0`, refusal))
  await stranger.say(gone.slice(-4))
  await stranger.waitForReply({ after: refusal })
  expect(JSON.stringify(stranger.messages())).not.toContain('A-Terminal')
  await client.say(gone)
  expect((await client.waitForReply()).text).toContain('Ушёл с терминала A-Terminal')
})

test('the present client of a container does not see the visit of the client before', async ({
  db,
  redisUrl,
  queuePrefix,
}) => {
  const tripStartedAt = new Date('2025-09-20T00:00:00Z')
  await storeVisits(db, [leftByRail(back)])
  const client = 'ООО «Лютик»'
  await storeTrain(db, {
    code: 'К25-090',
    sentAt: new Date('2025-09-19T00:00:00Z'),
    entries: [{ container: back, client }],
  })
  const operatedAt = new Date('2025-09-21T00:00:00Z')
  await storePositions(db, [aPosition({ container: back, tripStartedAt, operatedAt, asOf: operatedAt })])
  await storeMovements(db, [{ container: back, operatedAt, station: 'ЧИТА I', tripStartedAt }])
  const sandbox = await openSandbox()
  await startTestBot({ db, redisUrl, queuePrefix, now: () => new Date('2025-09-22T00:00:00Z'), sandbox })
  const [person, all] = [sandbox.person(boris), sandbox.person(anna)]
  await person.say('/menu')
  const start = await person.waitForReply()
  await joinCompany(db, boris, client)
  await person.say(back)
  await person.waitForReply({ after: start })
  const own = await press(person, '🕓 История')
  expect(own.text).toContain('📋 В списке поезда К25-090')
  expect(own.text).not.toContain('A-Terminal')
  await all.say(back)
  await all.waitForReply()
  expect((await press(all, '🕓 История')).text).toContain('Ушёл с терминала A-Terminal')
})

async function press(person: PersonHandle, button: string) {
  await person.press(button)
  return person.waitForReply()
}

async function joinCompany(db: Db, telegramId: number, client: string): Promise<void> {
  const company = await companies.insert(db, client)
  if (!company) throw new Error('the company is there already')
  await companies.addClient(db, company.id, { inn: null, name: client })
  await db
    .updateTable('person')
    .set({ access: 'granted', role: 'viewer', companyId: company.id })
    .where('telegramId', '=', telegramId)
    .execute()
}
