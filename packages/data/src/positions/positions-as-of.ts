import { valueFields, type WallTime } from '@atermtrack/domain'
import { sql } from 'kysely'
import type { Db } from '../platform/client.ts'
import type { PositionFields } from './position-fields.ts'
import { type PositionView, withStations } from './positions.ts'
import { wasLeftAbandoned } from '../trips/abandoned-sql.ts'
import { isVisible, type Scope } from '../visibility/visibility.ts'
import { isAccepted } from '../workbooks/accepted.ts'

/** Of the reports before a moment those of so many days say which of them held a container last. */
const reportDays = 30

const blank = Object.fromEntries(valueFields.map((field) => [field, null])) as unknown as PositionFields

/**
 * The positions of those of `containers` that were known at a moment of the past and are in scope, as the reports that had come by
 * then gave them, in one statement and in no particular order. Facts of the whole trip are taken as it is known today. People of a
 * company see the present trip alone: before it was somebody else's container.
 */
export async function findMany(
  db: Db,
  containers: readonly string[],
  { scope, at }: { readonly scope: Scope; readonly at: Date },
): Promise<readonly PositionView[]> {
  if (containers.length === 0) return []
  const rows = await selectViews(db, containers, at)
    .where(isVisible(scope, sql.ref('seen.container')))
    .where(scope.kind === 'all' ? sql<boolean>`true` : sql<boolean>`now.trip_id is not null`)
    .execute()
  return rows.map((row) => ({
    ...blank,
    ...withStations(row),
    confirmedAt: null,
    operatedWall: row.operatedWall as WallTime,
    zone: row.zone ?? 'Europe/Moscow',
  }))
}

/** The reports that had come, which of them held a container last, and the newest operation that was known. */
function withKnown(db: Db, containers: readonly string[], at: Date) {
  const asked = sql`${[...containers]}::text[]`
  return db
    .with('heard', (qb) =>
      qb
        .selectFrom('workbook')
        .select(['id', 'sourceId', 'stamp', 'containers'])
        .select(sql<Date>`greatest(stamp, case when confirmed_at <= ${at} then confirmed_at end)`.as('heardAt'))
        .where('kind', '=', 'dislocation')
        .where(isAccepted())
        .where('sourceId', 'is not', null)
        .where('receivedAt', '<=', at)
        .where('stamp', '<=', at)
        .where('stamp', '>', sql<Date>`${at}::timestamptz - make_interval(days => ${reportDays})`),
    )
    .with('held', (qb) =>
      qb
        .selectFrom('heard')
        .innerJoin(sql<{ container: string }>`unnest(heard.containers)`.as<'one'>(sql`one (container)`), (join) =>
          join.onTrue(),
        )
        .distinctOn('one.container')
        .select(['one.container', 'heard.sourceId', 'heard.stamp'])
        .where('one.container', '=', sql<string>`any(${asked})`)
        .orderBy('one.container')
        .orderBy('heard.stamp', 'desc'),
    )
    .with('seen', (qb) =>
      qb
        .selectFrom('movement')
        .innerJoin('workbook', 'workbook.id', 'movement.workbookId')
        .distinctOn('movement.container')
        .selectAll('movement')
        .select('workbook.zone')
        .where('movement.container', '=', sql<string>`any(${asked})`)
        .where('movement.stamp', '<=', at)
        .where('workbook.receivedAt', '<=', at)
        .orderBy('movement.container')
        .orderBy('movement.stamp', 'desc')
        .orderBy('movement.operatedAt', 'desc')
        .orderBy('movement.operationId'),
    )
}

function selectViews(db: Db, containers: readonly string[], at: Date) {
  return withKnown(db, containers, at)
    .selectFrom('seen')
    .innerJoin('operation', 'operation.id', 'seen.operationId')
    .innerJoin('station', 'station.id', 'seen.stationId')
    .leftJoin('held', 'held.container', 'seen.container')
    .leftJoin('position as now', (join) =>
      join.onRef('now.container', '=', 'seen.container').onRef('now.tripId', '=', 'seen.tripId'),
    )
    .leftJoin('consignment as terms', (join) => join.on('terms.key', '=', newestTerms))
    .leftJoin('station as origin', (join) =>
      join.on('origin.id', '=', sql<number>`coalesce(terms.origin_station_id, now.origin_station_id)`),
    )
    .leftJoin('station as destination', (join) =>
      join.on('destination.id', '=', sql<number>`coalesce(terms.destination_station_id, now.destination_station_id)`),
    )
    .select(['seen.container', 'seen.operatedAt', 'seen.operatedWall', 'seen.zone'])
    .select(['seen.waybill', 'seen.tripStartedAt', 'seen.tripEndedAt', 'seen.trainNumber', 'seen.trainIndex'])
    .select(['seen.wagon', 'seen.kmLeft', 'operation.name as operation', 'operation.mnemonic as operationMnemonic'])
    .select(['station.name as stationName', 'station.code as stationCode', 'station.roadName', 'station.roadCode'])
    .select(['origin.name as originName', 'origin.code as originCode'])
    .select(['destination.name as destinationName', 'destination.code as destinationCode'])
    .select(['now.containerType', 'now.cargo', 'now.weightKg', 'now.loaded'])
    .select([
      sql<Date>`coalesce(held.stamp, seen.stamp)`.as('asOf'),
      sql<string | null>`coalesce(terms.consignee, now.consignee)`.as('consignee'),
      sql<number | null>`coalesce(terms.km_total, now.km_total)`.as('kmTotal'),
      sql<Date | null>`coalesce(terms.delivery_due_at, now.delivery_due_at)`.as('deliveryDueAt'),
      sql<Date | null>`(select min(operated_at) from ${steps(at)} where coalesce(label, key)
        = coalesce(destination.label, destination.key))`.as('arrivedAt'),
      sql<boolean>`(select ${wasLeftAbandoned({
        stations: sql`array[seen.station_id]`,
        until: sql`seen.operated_at`,
      })} from ${steps(at)})`.as('isAbandoned'),
      ofSource(sql`min(heard.stamp) filter (where heard.stamp > held.stamp)`).as('missingSince'),
      ofSource(sql`max(heard.stamp)`).as('sourceStamp'),
      ofSource(sql`max(heard.heard_at)`).as('sourceHeardAt'),
    ])
}

/** Route and terms by the newest operation of the trip that had any. */
const newestTerms = sql<number>`(
  select step.consignment_key from movement as step
  where step.container = seen.container and step.trip_id is not distinct from seen.trip_id
    and step.stamp <= seen.stamp and step.consignment_key is not null
  order by step.stamp desc, step.operated_at desc limit 1)`

/** The operations of the trip that were known by then. */
function steps(at: Date) {
  return sql`(
    select step.operated_at, step.station_id, operation.meaning, station.label, station.key
    from movement as step
    join workbook on workbook.id = step.workbook_id
    join operation on operation.id = step.operation_id
    join station on station.id = step.station_id
    where step.container = seen.container and step.trip_id is not distinct from seen.trip_id
      and step.operated_at <= seen.operated_at and step.stamp <= ${at} and workbook.received_at <= ${at}
  ) as step`
}

function ofSource(moment: ReturnType<typeof sql>) {
  return sql<Date | null>`(select ${moment} from heard where heard.source_id = held.source_id)`
}
