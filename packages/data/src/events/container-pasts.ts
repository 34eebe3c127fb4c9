import {
  type ContainerPast,
  groupBy,
  isoText,
  type PastOperation,
  type PastTrip,
  type PastVisit,
  type PresenceChange,
  type Present,
  type Station,
} from '@atermtrack/domain'
import { type RawBuilder, sql } from 'kysely'
import { type ColumnTexts, groupRows, type SourceTexts } from '../platform/statements/columns.ts'
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

/** The rows that the past of some containers, an SQL array, is made of. */
export function sourcesOfPasts(containers: RawBuilder<readonly string[]>, directories: Directories) {
  const since = sql`${sinceOf(directories)}::timestamptz`
  const isAsked = (column: string) => sql`${sql.ref(column)} = any(${containers})`
  const trips = sql`trip where ${isAsked('container')} and last_operated_at >= ${since}`
  return {
    trips: { columns: tripColumns, from: trips },
    operations: {
      columns: operationColumns,
      from: sql`movement left join consignment on consignment.key = movement.consignment_key
        where ${isAsked('movement.container')}
          and operated_at >= (select coalesce(min(first_operated_at), 'infinity') from ${trips})`,
    },
    presents: { columns: presentColumns, from: sql`position where ${isAsked('container')}` },
    presence: {
      columns: presenceColumns,
      from: sql`(select * from presence_change where ${isAsked('container')} and stamp >= ${since}
        order by container, stamp, source_id) as presence_change`,
    },
    visits: { columns: visitColumns, from: sql`terminal_visit where ${isAsked('container')} and stamp >= ${since}` },
  }
}

/** The rows of `sourcesOfPasts`. */
export type PastTexts = SourceTexts<ReturnType<typeof sourcesOfPasts>>

/** Puts together what has happened to some containers, one entry for each of them. */
export function toPasts(
  containers: readonly string[],
  texts: PastTexts,
  directories: Directories,
): ReadonlyMap<string, KnownPast> {
  const trips = toTrips(texts.trips, directories)
  addOperations(texts.operations, trips, directories)
  const tripsOf = groupBy(trips.values(), ({ container }) => container)
  const presents = toPresents(texts.presents, directories)
  const presence = groupRows(texts.presence.container, (place) => toPresence(texts.presence, place))
  const visits = groupRows(texts.visits.container, (place) => toVisit(texts.visits, place))
  const pastOf = (container: string): KnownPast => {
    const own = tripsOf.get(container) ?? []
    const known = presents.get(container)
    return {
      trips: own,
      tripIds: new Map(own.map(({ id, key }) => [key, id])),
      present: known,
      facts: known?.facts ?? null,
      presence: presence.get(container) ?? [],
      visits: visits.get(container) ?? [],
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

/** Adds operations to their trips. Those of other trips, which have gone on beside these, are left out. */
function addOperations(texts: OperationTexts, trips: ReadonlyMap<string, KnownTrip>, directories: Directories): void {
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

const presenceColumns = {
  container: sql`container`,
  sourceId: sql`source_id`,
  stampAt: ms('stamp'),
  isPresent: sql`is_present`,
}

function toPresence(texts: ColumnTexts<keyof typeof presenceColumns>, place: number): PresenceChange {
  return {
    sourceId: Number(texts.sourceId[place]),
    stampAt: new Date(Number(texts.stampAt[place])),
    isPresent: texts.isPresent[place] === 'true',
  }
}

const visitColumns = {
  container: sql`container`,
  key: sql`visit_key`,
  terminal: sql`terminal`,
  direction: sql`direction`,
  size: sql`size`,
  arrivedAt: ms('arrived_at'),
  dispatchedAt: ms('dispatched_at'),
  onSite: sql`on_site`,
  stampAt: ms('stamp'),
}

function toVisit(texts: ColumnTexts<keyof typeof visitColumns>, place: number): PastVisit {
  return {
    key: texts.key[place] ?? '',
    terminal: textOf(texts.terminal[place]),
    direction: textOf(texts.direction[place]),
    size: textOf(texts.size[place]),
    arrivedAt: toDate(texts.arrivedAt[place]),
    dispatchedAt: toDate(texts.dispatchedAt[place]),
    onSite: texts.onSite[place] === 'true',
    stampAt: new Date(Number(texts.stampAt[place])),
  }
}
