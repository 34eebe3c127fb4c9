import { type Db, everything, factsOf, positions } from '@atermtrack/data'
import { forecastIn } from '@atermtrack/domain'
import { expect, test } from '@atermtrack/testkit'
import { sql } from 'kysely'
import { aJobContext, aPosition } from '../../test/seed.ts'
import { createMeasureForecasts } from './measure-forecasts.ts'

const container = 'CSQU3054383'

test('a container is forecast as finished trips went, once they are measured', async ({ db }) => {
  await aPosition(db, { container, kmLeft: 1_250 })
  expect(await forecastOf(db)).toMatchObject({ days: 3.1 })
  await arriveDaily(db, { days: 60, wayDays: 6 })
  await createMeasureForecasts({ db })({}, aJobContext())
  expect(await forecastOf(db)).toMatchObject({
    days: 6,
    measured: { step: 'lane', trips: 60, errorDays: 0 },
  })
})

test('nothing is measured again within a week', async ({ db }) => {
  await aPosition(db, { container })
  await arriveDaily(db, { days: 60, wayDays: 6 })
  const run = createMeasureForecasts({ db })
  await run({}, aJobContext())
  await sql`delete from trip`.execute(db)
  await run({}, aJobContext())
  const measurements = await db.selectFrom('forecastMeasurement').select('trips').execute()
  expect(measurements).toEqual([{ trips: 60 }])
  expect(await forecastOf(db)).toMatchObject({ days: 6 })
})

test('without trips the plain pace counts', async ({ db }) => {
  await aPosition(db, { container, kmLeft: 1_250 })
  await createMeasureForecasts({ db })({}, aJobContext())
  expect(await forecastOf(db)).toMatchObject({ days: 3.1 })
})

async function forecastOf(db: Db) {
  const [position] = await positions.findMany(db, [container], everything)
  return position && forecastIn(factsOf(position, { standingAfterMinutes: 1_440 }).arrival)
}

/** One trip a day has come to Селятино, each from an operation with 1,250 km left. */
async function arriveDaily(db: Db, { days, wayDays }: { readonly days: number; readonly wayDays: number }) {
  await sql`
    with station as (select id from station where name = 'СЕЛЯТИНО'), named as (
      insert into consignment (key, destination_station_id) select 1, id from station
    ), arrived as (
      insert into trip (container, destination_station_id, first_operated_at, arrived_at, status)
      select 'BOX' || n, station.id, moment - make_interval(days => ${wayDays}), moment, 'at_destination'
      from station, generate_series(1, ${days}::integer) as n,
        lateral (select date_trunc('day', now()) - make_interval(days => n) as moment) as day
      returning id, container, first_operated_at
    )
    insert into movement (container, operated_at, operation_id, station_id, operated_wall, km_left, stamp, workbook_id, trip_id)
    select arrived.container, first_operated_at, position.operation_id, position.station_id, first_operated_at at time zone 'UTC',
      1250, first_operated_at, position.workbook_id, arrived.id
    from arrived, position`.execute(db)
}
