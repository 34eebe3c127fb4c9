import type { WallTime } from '@atermtrack/domain'
import { sql } from 'kysely'
import type { Db } from '../platform/client.ts'
import { compileOnce } from '../platform/statements/compile-once.ts'
import { isOneOf } from '../platform/text-list.ts'
import { type PaceFigures, paceOfPosition } from '../forecast/pace-sql.ts'
import { type PositionFields, selectedFields } from './position-fields.ts'
import { containersOf } from '../trains/trains.ts'
import { joinScope, type ScopeShape, splitScope } from '../visibility/scope-shape.ts'
import { isVisible, type Scope } from '../visibility/visibility.ts'
import { isAccepted } from '../workbooks/accepted.ts'

export interface StationView {
  readonly name: string
  readonly code: string | null
}

/** The known facts about one container, for cards, lists and workbooks. Kilometres; `asOf` is when its source formed the report. */
export interface PositionView extends PositionFields {
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
  /** The first operation of the trip at the destination station. */
  readonly arrivedAt: Date | null
  /** It was abandoned at this station on this trip, and nothing has moved it on since. */
  readonly isAbandoned: boolean
  /** How finished trips took the rest of its way; none where the plain pace counts. */
  readonly pace?: PaceFigures | null
  /** Stamp of the first report of the source that no longer holds it. */
  readonly missingSince: Date | null
  /** Stamp of the newest report of the source. */
  readonly sourceStamp: Date | null
  /** When the source was last known to be alive: its newest stamp, or the receipt of an unchanged copy. */
  readonly sourceHeardAt: Date | null
}

/** Numbers of three kinds; each stands for containers. */
export interface AskedNumbers {
  readonly containers: readonly string[]
  readonly wagons: readonly string[]
  readonly waybills: readonly string[]
}

/** The numbers by which positions are found. */
export interface AskedPositions extends AskedNumbers {
  /** Codes of trains: the containers on their lists. */
  readonly trains?: readonly string[]
  /** One of the containers, whose way behind it is wanted. */
  readonly cardOf?: string | undefined
}

/** One position with the way behind it. */
export interface CardPosition extends PositionView {
  /** Stations passed on this trip after the origin, the last one first; three of more. */
  readonly passed: readonly string[]
}

/** The positions of those of `containers` that are known and in scope, in one statement and in no particular order. */
export async function findMany(db: Db, containers: readonly string[], scope: Scope): Promise<readonly PositionView[]> {
  return findAsked(db, { containers, wagons: [], waybills: [] }, scope)
}

/** The same with whatever rides on the wagons, under the waybills and in the trains. */
export async function findAsked(
  db: Db,
  asked: AskedPositions,
  scope: Scope,
): Promise<readonly (PositionView & Partial<CardPosition>)[]> {
  const { containers, wagons, waybills, trains = [], cardOf } = asked
  if (containers.length + wagons.length + waybills.length + trains.length === 0) return []
  const { shape, companyId } = splitScope(scope)
  const { rows } = await selectAsked(db, { containers, wagons, waybills, trains, cardOf, companyId }, shape)
  return rows.map(toView)
}

type BoundPositions = Required<AskedPositions> & { readonly companyId: number | undefined }

const selectAsked = compileOnce((db, asked: BoundPositions, scope: ScopeShape) => {
  const { containers, wagons, waybills, trains, cardOf, companyId } = asked
  return selectViews(db)
    .$if(cardOf !== undefined, (qb) =>
      qb.select(sql<string[]>`case when position.container = ${cardOf} then ${passedStations} end`.as('passed')),
    )
    .where((eb) =>
      eb.or([
        ...(containers.length > 0 ? [isOneOf(sql.ref('position.container'), containers)] : []),
        ...(wagons.length > 0 ? [isOneOf(sql.ref('position.wagon'), wagons)] : []),
        ...(waybills.length > 0 ? [isOneOf(sql.ref('position.waybill'), waybills)] : []),
        ...(trains.length > 0 ? [eb('position.container', '=', sql<string>`any(${containersOf(trains)})`)] : []),
      ]),
    )
    .where(isVisible(joinScope(scope, companyId), sql.ref('position.container')))
    .compile()
})

/** Undefined when the container is not known, or not in scope. */
export async function findCard(db: Db, container: string, scope: Scope): Promise<CardPosition | undefined> {
  const { shape, companyId } = splitScope(scope)
  const { rows } = await selectCard(db, { container, companyId }, shape)
  return rows[0] && toView(rows[0])
}

const selectCard = compileOnce(
  (
    db,
    { container, companyId }: { readonly container: string; readonly companyId: number | undefined },
    scope: ScopeShape,
  ) =>
    selectViews(db)
      .select(passedStations.as('passed'))
      .where('position.container', '=', container)
      .where(isVisible(joinScope(scope, companyId), sql.ref('position.container')))
      .compile(),
)

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

type ViewRow = Awaited<ReturnType<ReturnType<typeof selectViews>['executeTakeFirstOrThrow']>>

function toView<Row extends ViewRow>(row: Row) {
  return {
    ...withStations(row),
    operatedWall: row.operatedWall as WallTime,
    zone: row.zone ?? 'Europe/Moscow',
  }
}

/** The stations of a position as columns of its row. */
export interface StationColumns {
  readonly stationName: string
  readonly stationCode: string | null
  readonly originName: string | null
  readonly originCode: string | null
  readonly destinationName: string | null
  readonly destinationCode: string | null
}

/** The stations of a row. */
export function stationsOf({
  stationName,
  stationCode,
  originName,
  originCode,
  destinationName,
  destinationCode,
}: StationColumns) {
  return {
    station: { name: stationName, code: stationCode },
    origin: originName === null ? undefined : { name: originName, code: originCode },
    destination: destinationName === null ? undefined : { name: destinationName, code: destinationCode },
  }
}

const stationColumns: ReadonlySet<string> = new Set<keyof StationColumns>([
  'stationName',
  'stationCode',
  'originName',
  'originCode',
  'destinationName',
  'destinationCode',
])

/** The row with its stations in place of their columns. */
export function withStations<Row extends StationColumns>(row: Row) {
  // As `...others` it would take longer than reading the row.
  const others: Record<string, unknown> = {}
  for (const key of Object.keys(row)) if (!stationColumns.has(key)) others[key] = row[key as keyof Row]
  return Object.assign(others as Omit<Row, keyof StationColumns>, stationsOf(row))
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
      'position.arrivedAt',
      ...selectedFields,
    ])
    .select(sql<boolean>`coalesce(position.is_abandoned, false)`.as('isAbandoned'))
    .select(paceOfPosition.as('pace'))
    .select(missingSince.as('missingSince'))
    .select([sourceStamp.as('sourceStamp'), sourceHeardAt.as('sourceHeardAt')])
}

const missingSince = sql<Date | null>`(
  select min(newer.stamp) from workbook newer
  where newer.source_id = workbook.source_id and ${isAccepted('newer')}
    and newer.stamp > position.seen_at
)`

const sourceStamp = sql<Date | null>`(
  select max(same.stamp) from workbook same where same.source_id = workbook.source_id and ${isAccepted('same')}
)`

const sourceHeardAt = sql<Date | null>`(
  select max(greatest(same.stamp, same.confirmed_at)) from workbook same
  where same.source_id = workbook.source_id and ${isAccepted('same')}
)`

const passedStations = sql<string[]>`array(
  select passed.name from movement
  join station passed on passed.id = movement.station_id
  where movement.container = position.container and movement.operated_at <= position.operated_at
    and movement.station_id <> position.station_id
    and movement.station_id is distinct from position.origin_station_id
    and movement.trip_id = position.trip_id
  group by passed.id
  order by max(movement.operated_at) desc
  limit 3
)`
