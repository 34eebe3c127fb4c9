import { companies, type Db, lookups, people } from '@atermtrack/data'
import { containerNumber, expect, test } from '@atermtrack/testkit'
import { createRouter } from '../../routing/router.ts'
import { composeFeatures } from '../compose-features.ts'
import { aPosition, storePositions } from '../../testing/a-position.ts'
import { type Asked, countStatements } from '../../testing/count-statements.ts'
import { anna, noProbes, openTo, usual, view } from '../../testing/start-test-bot.ts'
import { storeMovements } from '../../testing/store-movements.ts'
import { storeTrain } from '../../testing/store-train.ts'
import { aVisit, storeVisits } from '../../testing/store-visits.ts'
import { terminalId } from '../terminals/terminal-id.ts'

const now = new Date('2025-09-02T06:00:00Z')
const client = 'ООО «Ромашка»'
const known = Array.from({ length: 100 }, (_, index) => containerNumber(index))
const [box = '', other = ''] = known
const [unknown = '', atTerminal = '', inTrain = ''] = [1_000, 1_001, 1_002].map(containerNumber)
const slip = 'MSKU6011627'
const list = 77
const terminal = terminalId('A-Terminal')

/** Every kind of question, alone and mixed, about known and unknown subjects. */
const questions = [
  box,
  unknown,
  slip,
  atTerminal,
  'MSKU601167',
  '6011672',
  `${box} и MSKU601167`,
  `${known.slice(0, 6).join(', ')}, ${unknown}, ${atTerminal}, ${slip}, MSKU601167`,
  known.join('\n'),
  known.slice(0, 60).join('\n'),
  'вагон 94287657',
  '52275476',
  'ЭФ038927',
  `94287657, ЭФ038927, ${unknown}`,
  'К25-073',
  'где К25-074',
  'К25-099',
  'К25-073 и К25-099',
  'К25-074, К25-099',
  'К25-071 К25-072 К25-073 К25-074 К25-075 К25-076',
  `${box} К25-073`,
  `${box} К25-099`,
  `${unknown} К25-073 К25-099`,
  `${unknown} К25-074`,
  `${box}, ${other}, MSKU601167, 94287657, ЭФ038927, К25-073, К25-099`,
  'MSKU601167 К25-073',
  'MSKU601167 К25-099',
  'что стоит на Забайкальской',
  'что на Забайкальской',
  'брошены на Забайкальской',
  'завтра в Селятино',
  'стоит больше 3 суток',
  'ближе 500 км до Селятино',
  'что из К25-073 на Забайкальской',
  'сколько из К25-099 брошено',
  'кто опаздывает',
  'ожидается опоздание больше 2 суток',
  'что ушло вчера с Угловой',
  'прошло Читу',
  'порожние 20-футовые в пути',
  'сколько всего',
  '1672',
  '9999',
  'контейнеры ООО Ромашка',
  'контейнеры ООО Лютик',
  'почём доставка из Читы',
  'MSKU6O11672',
  'терминал',
  'A-Terminal',
  'что на терминале A-Terminal?',
  'терминал Западный',
  'терминал порожние',
  'на таможне',
  'поезд 2051',
  '2051',
  '25-073',
  '073',
  'сколько до Селятино',
  'прошло Читу вчера',
  'что отправится завтра',
  'привет',
  'почём нынче овёс',
  'что в Новосибирске',
  '/trains',
  '/terminal',
  '📦 Дислокация',
].map((text) => ({ text }))

/** Buttons that run the question again. */
const pageThatIsGone = `history:${box}:${list}:9`
const presses = [
  `card:${box}`,
  `card-open:${box}:${list}`,
  `card-open:${atTerminal}`,
  `card-excel:${box}`,
  `history:${box}:0:0`,
  pageThatIsGone,
  `watch:${box}`,
  `unwatch:${box}`,
  `lookup-list:${list}`,
  `lookup-excel:${list}`,
  `lookup-absent:${list}:0`,
  'find:Sa:0',
  'find:Se:1',
  'find-now:Sa:0',
  'find-excel:Se',
  'train-list:0',
  'train-list:9',
  'train-open:25-073',
  'train:25-074',
  'train-refresh:25-073',
  'train-boxes:25-073:0',
  'train-clients:25-073:0',
  'train-excel:25-073',
  'train-sub:25-073',
  'term-list:0',
  `term-page:${terminal}:0`,
  `term-refresh:${terminal}:0`,
].map((data) => ({ data: `v1:${data}` }))

async function storeEverything(db: Db): Promise<void> {
  await storePositions(
    db,
    known.map((container) => aPosition({ container })),
  )
  await storeMovements(db, [{ container: box, operatedAt: new Date('2025-09-01T00:00:00Z'), station: 'БЕЛОГОРСК' }])
  await storeVisits(db, [aVisit({ container: atTerminal, client })])
  await storeTrain(db, { code: 'К25-073', entries: [box, other, inTrain].map((container) => ({ container, client })) })
  for (const code of ['К25-071', 'К25-072', 'К25-074', 'К25-075', 'К25-076']) {
    await storeTrain(db, { code, entries: [{ container: inTrain, client }] })
  }
}

/** Gives Anna access and an answer with buttons to press. */
async function letIn(db: Db, isOfCompany: boolean): Promise<void> {
  const { id: personId } = await people.ensure(db, {
    telegramId: anna,
    firstName: 'Анна',
    lastName: null,
    username: null,
    language: 'ru',
  })
  const company = isOfCompany ? await companies.insert(db, 'Компания') : undefined
  if (company) await companies.addClient(db, company.id, { inn: null, name: client })
  await people.grant(db, anna, isOfCompany ? 'viewer' : 'operator', company?.id)
  const asked = { containers: [box, unknown], wagons: ['94287657'], waybills: [], mistyped: ['MSKU601167'] }
  await lookups.insertWithReport(db, { personId, updateId: list, asked, found: 1 }, { chatId: anna, containers: [] })
}

/** A bot that has just started. */
function freshBot(db: Db) {
  const composition = composeFeatures({
    view,
    ...usual,
    probes: noProbes,
    scheduleZone: 'Asia/Vladivostok',
    isEmailOn: false,
    policy: openTo([], { mode: 'approval' }),
  })
  const handle = createRouter(composition)
  return (asked: Asked) => countStatements(db, asked, { handle, now })
}

test.for([
  ['an operator', false],
  ['a viewer of a company', true],
] as const)('no answer to %s takes more than three statements, also after a start', async ([, isOfCompany], { db }) => {
  await storeEverything(db)
  await letIn(db, isOfCompany)
  const counts: (readonly [Asked, number])[] = []
  const stale: Asked[] = []
  for (const asked of [...questions, ...presses]) {
    const { statements, calls } = await freshBot(db)(asked)
    counts.push([asked, statements])
    if (calls.some(({ payload }) => payload['text'] === 'Кнопка устарела')) stale.push(asked)
  }
  // A page that is gone takes one more: the first one is loaded instead.
  const most = (asked: Asked) => ('data' in asked && asked.data === `v1:${pageThatIsGone}` ? 4 : 3)
  expect(counts.filter(([asked, statements]) => statements > most(asked))).toEqual([])
  // Only operators may see the names of clients.
  expect(stale).toEqual(isOfCompany ? [{ data: 'v1:train-clients:25-073:0' }] : [])
})

// The second one reads the codes of the train whose containers are one line.
test('a filter that finds containers of a train takes two statements when the stations are cached', async ({ db }) => {
  await storeEverything(db)
  await letIn(db, false)
  const ask = freshBot(db)
  expect(await ask({ text: 'что на Забайкальской' })).toMatchObject({ statements: 3 })
  expect(await ask({ text: 'что на Забайкальской' })).toMatchObject({ statements: 2 })
})
