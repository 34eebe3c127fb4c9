import {
  type ContainerPast,
  groupBy,
  type PastOperation,
  type PastTrip,
  type PastVisit,
  type Present,
  type Station,
} from '@atermtrack/domain'
import { sql } from 'kysely'
import type { Db } from '../platform/client.ts'
import { isAccepted } from '../workbooks/accepted.ts'
import { factsOf } from './event-states.ts'

/** Trips whose last operation lies further back than this do not change any more, and their events stay as they are. */
export const examinedDays = 120

/** The data that all containers share: names of operations and stations, and the reports of each source. Small, read once for a detection. */
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

/** The past of a container, with the ids of its trips by their keys. */
export interface KnownPast extends ContainerPast {
  readonly tripIds: ReadonlyMap<string, number>
  /** `factsOf` its position; null without one. */
  readonly facts: string | null
}

/** Reads what has happened to some containers, one entry for each of them. Operations of a trip are in the order of their time. */
export async function readPasts(
  db: Db,
  containers: readonly string[],
  directories: Directories,
): Promise<ReadonlyMap<string, KnownPast>> {
  const since = sinceOf(directories)
  const listed = await listTrips(db, containers, since)
  const trips = groupBy(listed, ({ container }) => container)
  const operations = groupBy(await listOperations(db, containers, listed), ({ tripId }) => tripId)
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
      facts: presents.get(container)?.facts ?? null,
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
const ms = (column: string) => sql<number>`round(date_part('epoch', ${sql.ref(column)}) * 1000)`
const msOrNone = (column: string) => ms(column).$castTo<number | null>()
const toDate = (time: number | null) => (time === null ? undefined : new Date(time))
const isOneOf = (column: string, containers: readonly string[]) =>
  sql<boolean>`${sql.ref(column)} = any(${[...containers]}::text[])`

/** All operations since the first one of these trips; those of older trips that have gone on beside them are among them. */
async function listOperations(db: Db, containers: readonly string[], trips: readonly TripRow[]) {
  if (trips.length === 0) return []
  const since = new Date(trips.reduce((first, { firstMs }) => Math.min(first, firstMs ?? 0), Infinity))
  return db
    .selectFrom('movement')
    .leftJoin('consignment', 'consignment.key', 'movement.consignmentKey')
    .select([
      'tripId',
      'workbookId',
      'operationId',
      'stationId',
      'consignment.destinationStationId as destinationId',
      'wagon',
      'trainNumber',
      'trainIndex',
      'movement.kmLeft',
      ms('operatedAt').as('operatedMs'),
      ms('stamp').as('stampMs'),
    ])
    .where(isOneOf('movement.container', containers))
    .where('operatedAt', '>=', since)
    .orderBy('movement.container')
    .orderBy('operatedAt')
    .execute()
}

type OperationRow = Awaited<ReturnType<typeof listOperations>>[number]

function listTrips(db: Db, containers: readonly string[], since: Date) {
  return db
    .selectFrom('trip')
    .select([
      'id',
      'container',
      'originStationId',
      'destinationStationId',
      msOrNone('startedAt').as('startedMs'),
      msOrNone('firstOperatedAt').as('firstMs'),
      msOrNone('deliveryDueAt').as('dueMs'),
      msOrNone('finishedAt').as('finishedMs'),
      sql<string | null>`case cardinality(waybills) when 1 then waybills[1]
        else (select min(name) from unnest(waybills) as name) end`.as('waybill'),
    ])
    .where(isOneOf('container', containers))
    .where('lastOperatedAt', '>=', since)
    .execute()
}

type TripRow = Awaited<ReturnType<typeof listTrips>>[number]

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
): Promise<readonly (Present & { readonly container: string; readonly facts: string })[]> {
  const rows = await db
    .selectFrom('position')
    .select(['container', 'workbookId', ms('stamp').as('stampMs'), ms('seenAt').as('seenMs'), factsOf.as('facts')])
    .where(isOneOf('container', containers))
    .execute()
  return rows.map(({ container, workbookId, stampMs, seenMs, facts }) => ({
    container,
    facts,
    sourceId: sourceOf.get(workbookId) ?? 0,
    stampAt: new Date(stampMs),
    seenAt: new Date(seenMs),
  }))
}

function listPresence(db: Db, containers: readonly string[], since: Date) {
  return db
    .selectFrom('presenceChange')
    .select(['container', 'sourceId', 'stamp as stampAt', 'isPresent'])
    .where(isOneOf('container', containers))
    .where('stamp', '>=', since)
    .orderBy('container')
    .orderBy('stamp')
    .orderBy('sourceId')
    .execute()
}

function listVisits(db: Db, containers: readonly string[], since: Date) {
  return db
    .selectFrom('terminalVisit')
    .select(['container', 'visitKey', 'terminal', 'direction', 'size', 'arrivedAt', 'dispatchedAt', 'onSite', 'stamp'])
    .where(isOneOf('container', containers))
    .where('stamp', '>=', since)
    .execute()
}

type VisitRow = Awaited<ReturnType<typeof listVisits>>[number]

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
