import { columnProfiles, type Db, everything, positions, reviewQueue } from '@atermtrack/data'
import { findLikelyHeader, headerSignature } from '@atermtrack/domain'
import { aRosterEntry, aTrainRoster, containerNumber, expect, test, xlsx } from '@atermtrack/testkit'
import { arrive, importer, stateOf } from '../testing/arrivals.ts'

const box = containerNumber(1)
const header = ['Ящик', 'Где стоит', 'Что сделали', 'Когда', 'Цвет']
const columns = { container: 0, operationStation: 1, operation: 2, operatedAt: 3 }

async function foreignReport(operation: string, at: string): Promise<Buffer> {
  const rows = [['Сводка'], header, [box, 'СЕЛЯТИНО (181102)', operation, at, 'красный']]
  return xlsx([
    { name: 'Меню', rows: [['Борщ', 150]] },
    { name: 'Сводка', rows },
  ])
}

async function arriveForeign(db: Db, operation: string, at: string, receivedAt: Date): Promise<number> {
  const id = await arrive(db, { content: await foreignReport(operation, at), receivedAt })
  await importer(db)(id)
  return id
}

test('a report of an unknown layout waits with its first rows, and with a column mapping it and the next ones import', async ({
  db,
}) => {
  const first = await arriveForeign(db, 'Прибытие', '02.09.2025 06:30', new Date('2025-09-02T05:00:00Z'))
  expect(await stateOf(db, first)).toMatchObject({ status: 'quarantined', reason: 'unknown_layout' })
  const head = (await reviewQueue.find(db, first))?.head ?? []
  expect(head[1]).toEqual(header)

  const { index } = findLikelyHeader(head) ?? { index: -1 }
  const mapping = { headerSignature: headerSignature(head[index] ?? []), columns }
  const profileId = await columnProfiles.save(db, mapping, { createdBy: undefined })
  expect(await reviewQueue.replay(db, first)).toBe(true)
  await importer(db)(first)
  expect(await stateOf(db, first)).toMatchObject({ status: 'imported', kind: 'dislocation', rowCount: 1 })

  const next = await arriveForeign(db, 'Выгрузка', '03.09.2025 06:30', new Date('2025-09-03T05:00:00Z'))
  const imported = await db
    .selectFrom('workbook')
    .select(['status', 'profileId', 'unknownColumns'])
    .where('id', '=', next)
    .execute()
  expect(imported).toEqual([{ status: 'imported', profileId, unknownColumns: ['Цвет'] }])
  expect(await positions.findMany(db, [box], everything)).toMatchObject([
    { operation: 'Выгрузка', station: { name: 'СЕЛЯТИНО' } },
  ])
})

test('a column mapping takes a report out of the rosters that it looks like, and leaves real rosters alone', async ({
  db,
}) => {
  const foreign = ['Контейнер', 'Станция', 'Событие', 'Когда']
  const rows = [foreign, [box, 'СЕЛЯТИНО (181102)', 'Прибытие', '02.09.2025 06:30']]
  const content = await xlsx([{ name: 'Лист1', rows }])
  const report = await arrive(db, { content, sender: 'dispatch@port.example' })
  await importer(db)(report)
  expect(await stateOf(db, report)).toMatchObject({ status: 'quarantined', reason: 'no_train_code' })
  await columnProfiles.save(db, { headerSignature: headerSignature(foreign), columns }, { createdBy: undefined })

  const again = await arrive(db, { content })
  await importer(db)(again)
  expect(await stateOf(db, again)).toMatchObject({ status: 'imported', kind: 'dislocation' })
  const roster = await aTrainRoster({ entries: [aRosterEntry()] })
  const list = await arrive(db, { content: roster, fileName: 'КП К25-073.xlsx', sender: 'dispatch@port.example' })
  await importer(db)(list)
  expect(await stateOf(db, list)).toMatchObject({ status: 'imported', kind: 'train_roster' })
})
