import type { Db } from '@atermtrack/data'
import { containerNumber, expect, test, waitUntil } from '@atermtrack/testkit'
import { aPosition, storePositions } from '../../testing/a-position.ts'
import { anna, startTestBot } from '../../testing/start-test-bot.ts'
import { storeTrain } from '../../testing/store-train.ts'
import { aVisit, storeVisits } from '../../testing/store-visits.ts'

const now = () => new Date('2025-09-02T06:00:00Z')
const [box, other] = [0, 1].map(containerNumber) as [string, string]

test('buttons under a card, a list, a question, a train and a terminal order pictures, once for each press', async ({
  db,
  redisUrl,
  queuePrefix,
}) => {
  await storePositions(db, [aPosition({ container: box }), aPosition({ container: other })])
  await storeTrain(db, { code: 'К25-073', entries: [{ container: box }, { container: other }] })
  await storeVisits(db, [aVisit({ container: box })])
  const { sandbox } = await startTestBot({ db, redisUrl, queuePrefix, now })
  const person = sandbox.person(anna)
  const press = async (question: string, buttons: readonly string[]) => {
    await person.say(question)
    await person.waitForReply({
      where: ({ reply_markup: markup }) => JSON.stringify(markup ?? '').includes(buttons[0] ?? ''),
    })
    for (const button of buttons) {
      const before = await countReports(db)
      const id = await person.press(button)
      expect(await person.waitForAnswer(id)).toMatchObject({ text: 'Рисую, пришлю сюда' })
      await waitUntil(async () => (await countReports(db)) > before, { what: `the order of ${button}` })
    }
  }
  await press(box, ['🗺 Путь картинкой', '📈 Ход рейса'])
  await press(`${box} ${other}`, ['🗺 Где они', '📊 Прибытие по дням'])
  await press('что едет на Селятино', ['🗺 Где они'])
  await press('К25-073', ['🗺 Путь картинкой'])
  await press('терминал', ['📊 По дням'])
  const asked = await db
    .selectFrom('report')
    .select(['kind', 'exportKind', 'exportZone', 'containers', 'trainCode', 'name', 'status'])
    .orderBy('id')
    .execute()
  const about = { kind: 'picture', exportZone: 'Europe/Moscow', trainCode: null, name: null, status: 'pending' }
  expect(asked).toEqual([
    { ...about, exportKind: 'route', containers: [box] },
    { ...about, exportKind: 'pace', containers: [box] },
    { ...about, exportKind: 'map', containers: [box, other] },
    { ...about, exportKind: 'arrivals', containers: [box, other] },
    { ...about, exportKind: 'map', containers: expect.arrayContaining([box, other]) },
    { ...about, exportKind: 'train_route', containers: [], trainCode: 'К25-073' },
    { ...about, exportKind: 'stock', containers: [], name: 'A-Terminal' },
  ])
})

async function countReports(db: Db): Promise<number> {
  const { count } = await db
    .selectFrom('report')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  return count
}
