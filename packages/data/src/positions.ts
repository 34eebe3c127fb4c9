import type { WallTime } from '@atermtrack/domain'
import { sql } from 'kysely'
import type { Db } from './client.ts'

export interface StationView {
  readonly name: string
  readonly code: string | null
}

/** What is known of one container, for cards, lists and workbooks. Kilometres; `asOf` is when its source formed the report. */
export interface PositionView {
  readonly container: string
  readonly asOf: Date
  /** When an unchanged copy of that report last came in. */
  readonly confirmedAt: Date | null
  /** Zone of the source's wall times. */
  readonly zone: string
  readonly operatedAt: Date
  readonly operatedWall: WallTime
  readonly operation: string
  readonly operationMnemonic: string | null
  readonly station: StationView
  readonly roadName: string | null
  readonly roadCode: string | null
  readonly origin: StationView | undefined
  readonly destination: StationView | undefined
  readonly waybill: string | null
  readonly containerType: string | null
  readonly tripStartedAt: Date | null
  readonly tripEndedAt: Date | null
  readonly consignor: string | null
  readonly consignee: string | null
  readonly cargo: string | null
  readonly weightKg: number | null
  readonly trainIndex: string | null
  readonly trainNumber: string | null
  readonly wagon: string | null
  readonly kmTotal: number | null
  readonly kmLeft: number | null
  readonly idleMinutes: number | null
  readonly loaded: boolean | null
  /** It was abandoned at this station, and nothing has moved it on since. */
  readonly isAbandoned: boolean
  /** Stamp of the first report of the source that no longer holds it. */
  readonly missingSince: Date | null
  /** Stamp of the newest report of the source. */
  readonly sourceStamp: Date | null
}

/** The positions of those of `containers` that are known, in one statement and in no particular order. */
export async function findMany(db: Db, containers: readonly string[]): Promise<readonly PositionView[]> {
  if (containers.length === 0) return []
  const rows = await selectViews(db)
    .where('position.container', '=', sql<string>`any(${containers})`)
    .execute()
  return rows.map(({ stationName, stationCode, originName, originCode, destinationName, destinationCode, ...row }) => ({
    ...row,
    operatedWall: row.operatedWall as WallTime,
    zone: row.zone ?? 'Europe/Moscow',
    station: { name: stationName, code: stationCode },
    origin: originName === null ? undefined : { name: originName, code: originCode },
    destination: destinationName === null ? undefined : { name: destinationName, code: destinationCode },
  }))
}

/** Numbers of the containers that moved last. */
export async function listMovedLast(db: Db, limit: number): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('position')
    .select('container')
    .orderBy('operatedAt', 'desc')
    .orderBy('container')
    .limit(limit)
    .execute()
  return rows.map(({ container }) => container)
}

/** How many of `containers` no report has brought yet. */
export async function countUnknown(db: Db, containers: readonly string[]): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*) as n from unnest(${[...containers]}::text[]) as held (container)
    where not exists (select 1 from position where position.container = held.container)`.execute(db)
  return rows[0]?.n ?? 0
}

/**
 * How near to a person each of `containers` is: 0 in a list of their own, 1 on a trip that is not over, 2 known at all. Unknown
 * ones are left out.
 */
export async function findTiers(
  db: Db,
  containers: readonly string[],
  personId: number,
): Promise<ReadonlyMap<string, number>> {
  const { rows } = await sql<{ container: string; tier: number }>`
    select container, case
      when exists (select 1 from subscription
        where person_id = ${personId} and deleted_at is null and position.container = any(containers)) then 0
      when not is_unloaded and trip_ended_at is null then 1
      else 2 end as tier
    from position where container = any(${containers})`.execute(db)
  return new Map(rows.map(({ container, tier }) => [container, tier]))
}

function selectViews(db: Db) {
  return db
    .selectFrom('position')
    .innerJoin('workbook', 'workbook.id', 'position.workbookId')
    .innerJoin('operation', 'operation.id', 'position.operationId')
    .innerJoin('station', 'station.id', 'position.stationId')
    .leftJoin('station as origin', 'origin.id', 'position.originStationId')
    .leftJoin('station as destination', 'destination.id', 'position.destinationStationId')
    .select([
      'position.container',
      'position.stamp as asOf',
      'workbook.confirmedAt',
      'workbook.zone',
      'position.operatedAt',
      'position.operatedWall',
      'operation.name as operation',
      'operation.mnemonic as operationMnemonic',
      'station.name as stationName',
      'station.code as stationCode',
      'station.roadName',
      'station.roadCode',
      'origin.name as originName',
      'origin.code as originCode',
      'destination.name as destinationName',
      'destination.code as destinationCode',
      'position.waybill',
      'position.containerType',
      'position.tripStartedAt',
      'position.tripEndedAt',
      'position.consignor',
      'position.consignee',
      'position.cargo',
      'position.weightKg',
      'position.trainIndex',
      'position.trainNumber',
      'position.wagon',
      'position.kmTotal',
      'position.kmLeft',
      'position.idleMinutes',
      'position.loaded',
    ])
    .select([isAbandoned.as('isAbandoned'), missingSince.as('missingSince'), sourceStamp.as('sourceStamp')])
}

const isAbandoned = sql<boolean>`exists (
  select 1 from movement left_there
  join operation abandoned on abandoned.id = left_there.operation_id and abandoned.meaning = 'abandoned'
  where left_there.container = position.container and left_there.station_id = position.station_id
    and left_there.operated_at <= position.operated_at
    and not exists (
      select 1 from movement later join operation moved on moved.id = later.operation_id
      where later.container = position.container
        and later.operated_at > left_there.operated_at and later.operated_at <= position.operated_at
        and (later.station_id <> position.station_id or moved.meaning in ('picked_up', 'departed'))
    )
)`

const missingSince = sql<Date | null>`(
  select min(newer.stamp) from workbook newer
  where newer.source_id = workbook.source_id and newer.status in ('imported', 'history_only')
    and newer.stamp > position.seen_at
)`

const sourceStamp = sql<Date | null>`(
  select max(same.stamp) from workbook same where same.source_id = workbook.source_id and same.status in ('imported', 'history_only')
)`
