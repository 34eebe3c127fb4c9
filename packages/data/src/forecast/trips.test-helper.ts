import { type ForecastMeasurement, type ForecastSample, measureForecasts } from '@atermtrack/domain'
import { sql } from 'kysely'
import type { Db } from '../platform/client.ts'

/** A station of the road МОСКОВСКАЯ, and its id. */
export async function aDestination(db: Db, name: string): Promise<number> {
  const { id } = await db
    .insertInto('station')
    .values({ key: name, name, roadName: 'МОСКОВСКАЯ' })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

/** One trip a day has arrived at a station over the last `days` days, `way` days after its only operation on the way, with 1,200 km left. */
export async function arriveDaily(
  db: Db,
  { station, days, way }: { readonly station: number; readonly days: number; readonly way: number },
): Promise<void> {
  await sql`insert into operation (name) values ('Прибытие') on conflict do nothing`.execute(db)
  await sql`insert into blob (sha256, content) values ('\\x01', '') on conflict do nothing`.execute(db)
  await sql`insert into workbook (origin, file_name, sha256, size, received_at)
    select 'mail', 'x', '\\x01', 0, now() where not exists (select from workbook)`.execute(db)
  await sql`
    with arrived as (
      insert into trip (container, destination_station_id, first_operated_at, arrived_at, status)
      select 'C' || ${station} || '-' || n, ${station}, moment - make_interval(days => ${way}), moment, 'at_destination'
      from (select n, date_trunc('day', now()) - make_interval(days => n) as moment from generate_series(1, ${days}::integer) as n) as day
      returning id, container, first_operated_at, arrived_at
    )
    insert into movement (container, operated_at, operation_id, station_id, operated_wall, km_left, stamp, workbook_id, trip_id)
    select container, moment, operation.id, ${station}, moment at time zone 'UTC', km_left, moment, workbook.id, arrived.id
    from arrived, lateral (values (first_operated_at, 1200), (arrived_at, 0)) as one (moment, km_left),
      (select id from operation limit 1) as operation, (select id from workbook limit 1) as workbook`.execute(db)
}

/** Measures without a pause. */
export function measureAtOnce(samples: readonly ForecastSample[]): ForecastMeasurement {
  const steps = measureForecasts(samples)
  for (;;) {
    const { done, value } = steps.next()
    if (done) return value
  }
}
