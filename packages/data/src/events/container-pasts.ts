import type {
  ContainerPast,
  PastOperation,
  PastTrip,
  PastVisit,
  Present,
  PresenceChange,
  Station,
} from '@atermtrack/domain'
import { sql } from 'kysely'
import type { Db } from '../platform/client.ts'
import { isAccepted } from '../workbooks/accepted.ts'

/** Trips whose last operation lies further back than this do not change any more, and their events stay as they are. */
export const examinedDays = 120

/** What all containers share: names of operations and stations, and the reports of each source. Small, read once for a detection. */
export interface Directories {
  readonly operations: ReadonlyMap<number, string>
  readonly stations: ReadonlyMap<number, Station>
  readonly sourceOf: ReadonlyMap<number, number>
  /** Stamps of the accepted reports of a source in milliseconds, the oldest first. */
  readonly stampsOf: (sourceId: number) => readonly number[]
  readonly newestStamp: Date | undefined
  readonly newestTerminalStamp: Date | undefined
}

export async function readDirectories(db: Db): Promise<Directories> {
  const operations = await db.selectFrom('operation').select(['id', 'name']).execute()
  const stations = await db.selectFrom('station').select(['id', 'name', 'code']).execute()
  const reports = await db
    .selectFrom('workbook')
    .select(['id', 'kind', 'sourceId', 'stamp'])
    .where('sourceId', 'is not', null)
    .where('stamp', 'is not', null)
    .where(isAccepted().$castTo<boolean>())
    .orderBy('stamp')
    .execute()
  const stamps = new Map<number, number[]>()
  const newest = new Map<string, Date>()
  for (const { kind, sourceId, stamp } of reports) {
    if (stamp === null || sourceId === null) continue
    newest.set(kind ?? '', stamp)
    const own = stamps.get(sourceId)
    if (!own) stamps.set(sourceId, [stamp.getTime()])
    else if (own.at(-1) !== stamp.getTime()) own.push(stamp.getTime())
  }
  return {
    operations: new Map(operations.map(({ id, name }) => [id, name])),
    stations: new Map(stations.map(({ id, name, code }) => [id, { name, code: code ?? undefined }])),
    sourceOf: new Map(reports.map(({ id, sourceId }) => [id, sourceId ?? 0])),
    stampsOf: (sourceId) => stamps.get(sourceId) ?? [],
    newestStamp: newest.get('dislocation'),
    newestTerminalStamp: newest.get('terminal_report'),
  }
}

/** What the events of a container follow from, with the ids of its trips by their keys. */
export interface KnownPast extends ContainerPast {
  readonly tripIds: ReadonlyMap<string, number>
}

/** Reads what has happened to some containers, one entry for each of them. Operations of a trip are in the order of their time. */
export async function readPasts(
  db: Db,
  containers: readonly string[],
  directories: Directories,
): Promise<ReadonlyMap<string, KnownPast>> {
  const since = sinceOf(directories)
  const operations = groupBy(await listOperations(db, containers, since), ({ tripId }) => tripId)
  const trips = groupBy(await listTrips(db, containers, since), ({ container }) => container)
  const presents = new Map((await listPresents(db, containers, directories)).map((row) => [row.container, row]))
  const presence = groupBy(await listPresence(db, containers, since), ({ container }) => container)
  const visits = groupBy(await listVisits(db, containers, since), ({ container }) => container)
  const pastOf = (container: string): KnownPast => {
    const own = (trips.get(container) ?? []).map((row) => ({
      id: row.id,
      trip: toTrip(row, operations.get(row.id) ?? [], directories),
    }))
    return {
      trips: own.map(({ trip }) => trip),
      tripIds: new Map(own.map(({ id, trip }) => [trip.key, id])),
      present: presents.get(container),
      presence: presence.get(container) ?? [],
      visits: (visits.get(container) ?? []).map(toVisit),
    }
  }
  return new Map(containers.map((container) => [container, pastOf(container)]))
}

function sinceOf({ newestStamp, newestTerminalStamp }: Directories): Date {
  const newest = Math.max(newestStamp?.getTime() ?? 0, newestTerminalStamp?.getTime() ?? 0)
  return new Date(newest - examinedDays * 86_400_000)
}

/** Times come as milliseconds: to read them as text takes longer than all the rest. */
const ms = (column: string) => sql.raw(`(extract(epoch from ${column}) * 1000)::double precision`)
const toDate = (time: number | null) => (time === null ? undefined : new Date(time))

interface OperationRow {
  readonly tripId: number
  readonly operatedMs: number
  readonly stampMs: number
  readonly workbookId: number
  readonly operationId: number
  readonly stationId: number
  readonly destinationId: number | null
  readonly wagon: string | null
  readonly trainNumber: string | null
  readonly trainIndex: string | null
  readonly kmLeft: number | null
}

async function listOperations(db: Db, containers: readonly string[], since: Date): Promise<readonly OperationRow[]> {
  const { rows } = await sql<OperationRow>`
    select trip_id, ${ms('operated_at')} as operated_ms, ${ms('stamp')} as stamp_ms, workbook_id, operation_id, station_id, consignment.destination_station_id as destination_id,
      wagon, train_number, train_index, movement.km_left
    from movement left join consignment on consignment.key = movement.consignment_key
    where container = any(${containers}::text[]) and trip_id in (
      select id from trip where trip.container = any(${containers}::text[]) and last_operated_at >= ${since}::timestamptz)
    order by container, operated_at`.execute(db)
  return rows
}

interface TripRow {
  readonly id: number
  readonly container: string
  readonly startedMs: number | null
  readonly waybill: string | null
  readonly firstMs: number | null
  readonly originStationId: number | null
  readonly destinationStationId: number | null
  readonly dueMs: number | null
  readonly finishedMs: number | null
}

async function listTrips(db: Db, containers: readonly string[], since: Date): Promise<readonly TripRow[]> {
  const { rows } = await sql<TripRow>`
    select id, container, ${ms('started_at')} as started_ms, ${ms('first_operated_at')} as first_ms,
      case cardinality(waybills) when 1 then waybills[1] else (select min(name) from unnest(waybills) as name) end as waybill,
      origin_station_id, destination_station_id, ${ms('delivery_due_at')} as due_ms, ${ms('finished_at')} as finished_ms
    from trip
    where container = any(${containers}::text[]) and last_operated_at >= ${since}::timestamptz`.execute(db)
  return rows
}

function toTrip(row: TripRow, rows: readonly OperationRow[], directories: Directories): PastTrip {
  const { startedMs, waybill, firstMs, originStationId, destinationStationId } = row
  const station = (id: number | null) => (id === null ? undefined : directories.stations.get(id))
  return {
    key: toDate(startedMs)?.toISOString() ?? waybill ?? toDate(firstMs)?.toISOString() ?? '',
    origin: station(originStationId),
    destination: station(destinationStationId),
    dueAt: toDate(row.dueMs),
    finishedAt: toDate(row.finishedMs),
    operations: rows.map((operation) => toOperation(operation, directories)),
  }
}

function toOperation(row: OperationRow, { operations, stations, sourceOf }: Directories): PastOperation {
  const { operatedMs, stampMs, stationId, destinationId } = row
  return {
    operatedAt: new Date(operatedMs),
    stampAt: new Date(stampMs),
    sourceId: sourceOf.get(row.workbookId) ?? 0,
    operation: operations.get(row.operationId) ?? '',
    station: stations.get(stationId) ?? { name: '', code: undefined },
    stationId,
    destination: destinationId === null ? undefined : stations.get(destinationId),
    wagon: row.wagon ?? undefined,
    trainNumber: row.trainNumber ?? undefined,
    trainIndex: row.trainIndex ?? undefined,
    kmLeft: row.kmLeft ?? undefined,
  }
}

async function listPresents(
  db: Db,
  containers: readonly string[],
  { sourceOf }: Directories,
): Promise<readonly (Present & Named)[]> {
  const { rows } = await sql<Named & { workbookId: number; stampMs: number; seenMs: number }>`
    select container, workbook_id, ${ms('stamp')} as stamp_ms, ${ms('seen_at')} as seen_ms from position
    where container = any(${containers}::text[])`.execute(db)
  return rows.map(({ container, workbookId, stampMs, seenMs }) => ({
    container,
    sourceId: sourceOf.get(workbookId) ?? 0,
    stampAt: new Date(stampMs),
    seenAt: new Date(seenMs),
  }))
}

interface Named {
  readonly container: string
}

async function listPresence(
  db: Db,
  containers: readonly string[],
  since: Date,
): Promise<readonly (PresenceChange & Named)[]> {
  const { rows } = await sql<PresenceChange & Named>`
    select container, source_id, stamp as stamp_at, is_present from presence_change
    where container = any(${containers}::text[]) and stamp >= ${since}::timestamptz
    order by container, stamp, source_id`.execute(db)
  return rows
}

interface VisitRow {
  readonly container: string
  readonly visitKey: string
  readonly terminal: string | null
  readonly direction: string | null
  readonly size: string | null
  readonly arrivedAt: Date | null
  readonly dispatchedAt: Date | null
  readonly onSite: boolean
  readonly stamp: Date
}

async function listVisits(db: Db, containers: readonly string[], since: Date): Promise<readonly VisitRow[]> {
  const { rows } = await sql<VisitRow>`
    select container, visit_key, terminal, direction, size, arrived_at, dispatched_at, on_site, stamp from terminal_visit
    where container = any(${containers}::text[]) and stamp >= ${since}::timestamptz`.execute(db)
  return rows
}

function toVisit(row: VisitRow): PastVisit {
  return {
    key: row.visitKey,
    terminal: row.terminal ?? undefined,
    direction: row.direction ?? undefined,
    size: row.size ?? undefined,
    arrivedAt: row.arrivedAt ?? undefined,
    dispatchedAt: row.dispatchedAt ?? undefined,
    onSite: row.onSite,
    stampAt: row.stamp,
  }
}

function groupBy<Row, Key>(rows: readonly Row[], keyOf: (row: Row) => Key): ReadonlyMap<Key, Row[]> {
  const groups = new Map<Key, Row[]>()
  for (const row of rows) {
    const key = keyOf(row)
    const group = groups.get(key)
    if (group) group.push(row)
    else groups.set(key, [row])
  }
  return groups
}
