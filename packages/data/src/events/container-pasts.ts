import {
  type ContainerPast,
  groupBy,
  isoText,
  type PastOperation,
  type PastTrip,
  type PastVisit,
  type Present,
  type Station,
} from '@atermtrack/domain'
import { type RawBuilder, sql } from 'kysely'
import type { Db } from '../platform/client.ts'
import { arrayText } from '../platform/statements/array-text.ts'
import { type ColumnTexts, selectColumns } from '../platform/statements/columns.ts'
import type { Directories } from './directories.ts'
import { factsOf } from './event-states.ts'

/** Trips whose last operation lies further back than this do not change any more, and their events stay as they are. */
export const examinedDays = 120

/** The past of a container, with the ids of its trips by their keys. */
export interface KnownPast extends ContainerPast {
  readonly tripIds: ReadonlyMap<string, number>
  /** `factsOf` its position; null without one. */
  readonly facts: string | null
}

/** The containers of a batch as an array, which all its statements share. */
type ContainerList = RawBuilder<readonly string[]>

/** Reads what has happened to some containers, one entry for each of them. */
export async function readPasts(
  db: Db,
  containers: readonly string[],
  directories: Directories,
): Promise<ReadonlyMap<string, KnownPast>> {
  const since = sinceOf(directories)
  const list: ContainerList = sql`${arrayText(containers)}::text[]`
  const trips = toTrips(await listTrips(db, list, since), directories)
  await addOperations(db, list, trips, directories)
  const tripsOf = groupBy(trips.values(), ({ container }) => container)
  const presents = toPresents(await listPresents(db, list), directories)
  const presence = groupBy(await listPresence(db, list, since), ({ container }) => container)
  const visits = groupBy(await listVisits(db, list, since), ({ container }) => container)
  const pastOf = (container: string): KnownPast => {
    const own = tripsOf.get(container) ?? []
    const known = presents.get(container)
    return {
      trips: own,
      tripIds: new Map(own.map(({ id, key }) => [key, id])),
      present: known,
      facts: known?.facts ?? null,
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
const toDate = (text: string | undefined) => (text ? new Date(Number(text)) : undefined)
const isoOf = (text: string | undefined) => (text ? isoText(new Date(Number(text))) : undefined)
const textOf = (text: string | undefined) => text || undefined
const isOneOf = (column: string, containers: ContainerList) => sql<boolean>`${sql.ref(column)} = any(${containers})`

const operationColumns = {
  tripId: sql`movement.trip_id`,
  workbookId: sql`movement.workbook_id`,
  operationId: sql`operation_id`,
  stationId: sql`station_id`,
  destinationId: sql`consignment.destination_station_id`,
  wagon: sql`wagon`,
  trainNumber: sql`train_number`,
  trainIndex: sql`train_index`,
  kmLeft: sql`movement.km_left`,
  operatedAt: ms('operated_at'),
  stampAt: ms('stamp'),
}
type OperationTexts = ColumnTexts<keyof typeof operationColumns>

interface KnownTrip extends PastTrip {
  readonly id: number
  readonly container: string
  readonly firstAt: number
  readonly operations: PastOperation[]
}

/** Reads the operations of some trips into them. Those of other trips, which have gone on beside these, are left out. */
async function addOperations(
  db: Db,
  containers: ContainerList,
  trips: ReadonlyMap<string, KnownTrip>,
  directories: Directories,
): Promise<void> {
  if (trips.size === 0) return
  let since = Number.POSITIVE_INFINITY
  for (const { firstAt } of trips.values()) since = Math.min(since, firstAt)
  const texts = await selectColumns(
    db,
    operationColumns,
    sql`movement left join consignment on consignment.key = movement.consignment_key
      where ${isOneOf('movement.container', containers)} and operated_at >= ${new Date(since)}::timestamptz`,
  )
  for (const [place, tripId] of texts.tripId.entries()) {
    trips.get(tripId)?.operations.push(toOperation(texts, place, directories))
  }
}

function toOperation(
  texts: OperationTexts,
  place: number,
  { operations, stations, sourceOf }: Directories,
): PastOperation {
  const stationId = Number(texts.stationId[place])
  const destinationId = texts.destinationId[place]
  const kmLeft = texts.kmLeft[place]
  return {
    operatedAt: new Date(Number(texts.operatedAt[place])),
    stampAt: new Date(Number(texts.stampAt[place])),
    sourceId: sourceOf.get(Number(texts.workbookId[place])) ?? 0,
    operation: operations.get(Number(texts.operationId[place])) ?? '',
    station: stations.get(stationId) ?? unknownStation,
    stationId,
    destination: destinationId ? stations.get(Number(destinationId)) : undefined,
    wagon: textOf(texts.wagon[place]),
    trainNumber: textOf(texts.trainNumber[place]),
    trainIndex: textOf(texts.trainIndex[place]),
    kmLeft: kmLeft ? Number(kmLeft) : undefined,
  }
}

const unknownStation: Station = { name: '', code: undefined }

const tripColumns = {
  id: sql`id`,
  container: sql`container`,
  originId: sql`origin_station_id`,
  destinationId: sql`destination_station_id`,
  startedAt: ms('started_at'),
  firstAt: ms('first_operated_at'),
  dueAt: ms('delivery_due_at'),
  finishedAt: ms('finished_at'),
  waybill: sql`case cardinality(waybills) when 1 then waybills[1]
    else (select min(name) from unnest(waybills) as name) end`,
}

async function listTrips(db: Db, containers: ContainerList, since: Date) {
  const from = sql`trip where ${isOneOf('container', containers)} and last_operated_at >= ${since}::timestamptz`
  return selectColumns(db, tripColumns, from)
}

/** Trips by their ids as texts, without operations yet. */
function toTrips(
  texts: ColumnTexts<keyof typeof tripColumns>,
  { stations }: Directories,
): ReadonlyMap<string, KnownTrip> {
  const station = (id: string | undefined) => (id ? stations.get(Number(id)) : undefined)
  const toTrip = (id: string, place: number): KnownTrip => {
    const first = texts.firstAt[place]
    const named = isoOf(texts.startedAt[place]) ?? textOf(texts.waybill[place])
    return {
      id: Number(id),
      container: texts.container[place] ?? '',
      key: named ?? isoOf(first) ?? '',
      origin: station(texts.originId[place]),
      destination: station(texts.destinationId[place]),
      dueAt: toDate(texts.dueAt[place]),
      finishedAt: toDate(texts.finishedAt[place]),
      firstAt: Number(first),
      operations: [],
    }
  }
  return new Map(texts.id.map((id, place) => [id, toTrip(id, place)]))
}

const presentColumns = {
  container: sql`container`,
  workbookId: sql`workbook_id`,
  stampAt: ms('stamp'),
  seenAt: ms('seen_at'),
  facts: factsOf,
}

async function listPresents(db: Db, containers: ContainerList) {
  return selectColumns(db, presentColumns, sql`position where ${isOneOf('container', containers)}`)
}

function toPresents(
  texts: ColumnTexts<keyof typeof presentColumns>,
  { sourceOf }: Directories,
): ReadonlyMap<string, Present & { readonly facts: string }> {
  const toPresent = (place: number) => ({
    sourceId: sourceOf.get(Number(texts.workbookId[place])) ?? 0,
    stampAt: new Date(Number(texts.stampAt[place])),
    seenAt: new Date(Number(texts.seenAt[place])),
    facts: texts.facts[place] ?? '',
  })
  return new Map(texts.container.map((container, place) => [container, toPresent(place)]))
}

function listPresence(db: Db, containers: ContainerList, since: Date) {
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

function listVisits(db: Db, containers: ContainerList, since: Date) {
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
