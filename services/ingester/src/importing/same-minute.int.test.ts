import { type Db, everything, positions } from '@atermtrack/data'
import { aDislocationRow, aDislocationWorkbook, containerNumber, expect, test, wagonNumber } from '@atermtrack/testkit'
import { arrive, importer } from '../testing/arrivals.ts'

const box = containerNumber(1)
const arrival = 'Прибытие вагона на станцию (1)'
const departure = 'Отправление вагона со станции (2)'

async function importOperations(db: Db, hour: number, operations: readonly string[], wagon = wagonNumber(0)) {
  const rows = operations.map((operation) =>
    aDislocationRow({ 'Номер контейнера': box, Операция: operation, 'Номер вагона': wagon }),
  )
  const receivedAt = new Date(`2025-09-02T${hour}:00:00Z`)
  await importer(db)(await arrive(db, { content: await aDislocationWorkbook({ rows, stamp: receivedAt }), receivedAt }))
}

test('the second operation of one minute is kept, and a correction of the same time wins', async ({ db }) => {
  await importOperations(db, 10, [arrival, departure])
  const movements = await db.selectFrom('movement').select('operatedAt').where('container', '=', box).execute()
  expect(movements).toHaveLength(2)
  expect(new Set(movements.map(({ operatedAt }) => operatedAt.getTime())).size).toBe(1)
  expect(await positions.findMany(db, [box], everything)).toMatchObject([{ operation: departure }])
  await importOperations(db, 11, [arrival, departure], wagonNumber(1))
  expect(await positions.findMany(db, [box], everything)).toMatchObject([
    { operation: departure, wagon: wagonNumber(1) },
  ])
  await importOperations(db, 12, [departure, arrival], wagonNumber(1))
  expect(await positions.findMany(db, [box], everything)).toMatchObject([{ operation: arrival }])
})
