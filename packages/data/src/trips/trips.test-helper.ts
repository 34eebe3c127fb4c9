import {
  assignTrips,
  deriveStatus,
  type FormerStatus,
  isSameStation,
  operationMeaningOf,
  operationMeanings,
  type Station,
  type TripOperation,
} from '@atermtrack/domain'
import { sql } from 'kysely'
import type { Db } from '../platform/client.ts'
import { tripTerms } from './consignments.ts'

interface Movement extends TripOperation {
  readonly container: string
  readonly operation: string
  readonly station: Station
  readonly trainNumber: string | null
  readonly trainIndex: string | null
}

interface StoredTrip {
  readonly id: number
  readonly container: string
  readonly origin: Station | null
  readonly destination: Station | null
  readonly status: string
  readonly operations: readonly string[]
}

const station = (of: string) =>
  sql.raw(`case when ${of}.id is not null then jsonb_build_object('name', ${of}.name, 'code', ${of}.code) end`)

/** All stored trips under names instead of ids, so that two databases can be compared. */
export async function listStoredTrips(db: Db): Promise<readonly StoredTrip[]> {
  const { rows } = await sql<StoredTrip>`
    select trip.id, trip.container, started_at, waybill, waybills, is_timed, is_current,
      ${station('origin')} as origin, ${station('destination')} as destination, ${sql.raw(tripTerms.join(', '))},
      first_operated_at, first_operation.name as first_operation, last_operated_at, last_operation.name as last_operation,
      ${station('last_station')} as last_station, departed_at, arrived_at, unloaded_at, finished_at, status, array(
        select format('%s %s', extract(epoch from operated_at)::bigint, operation.name)
        from movement join operation on operation.id = operation_id
        where movement.container = trip.container and movement.trip_id = trip.id order by operated_at, operation.name
      ) as operations
    from trip
    left join station origin on origin.id = origin_station_id
    left join station destination on destination.id = destination_station_id
    left join operation first_operation on first_operation.id = first_operation_id
    left join operation last_operation on last_operation.id = last_operation_id
    left join station last_station on last_station.id = last_station_id
    order by trip.container, first_operated_at, operations`.execute(db)
  return rows
}

/** The same without ids, which depend on the order of arrival. */
export async function describeTrips(db: Db): Promise<readonly object[]> {
  return (await listStoredTrips(db)).map(({ id: _id, ...trip }) => trip)
}

async function listMovements(db: Db): Promise<readonly Movement[]> {
  const { rows } = await sql<Movement>`
    select container, operated_at, trip_started_at, waybill, train_number, train_index, operation.name as operation,
      ${station('station')} as station
    from movement join operation on operation.id = operation_id join station on station.id = station_id
    order by operated_at, operation.name`.execute(db)
  return rows
}

interface PositionState {
  readonly container: string
  readonly operatedAt: Date
  readonly operation: string
  readonly isAbandoned: boolean | null
}

/** Whether each container was left abandoned at the station of its position, as stored. */
export async function listAbandoned(db: Db): Promise<readonly PositionState[]> {
  const { rows } = await sql<PositionState>`
    select container, operated_at, operation.name as operation, is_abandoned
    from position join operation on operation.id = operation_id order by container`.execute(db)
  return rows
}

/** The same by the rules of the domain: the status that the operations of its trip give one after the other, up to its position. */
export async function deriveAbandoned(db: Db): Promise<readonly PositionState[]> {
  const movements = await listMovements(db)
  return (await listAbandoned(db)).map((position) => {
    const own = movements.filter(({ container }) => container === position.container).map(withMeaning)
    const isPosition = (movement: Movement) => nameOf(movement) === nameOf(position)
    const trip = assignTrips(own).find((one) => one.some(isPosition)) ?? []
    const known = trip.filter(({ operatedAt }) => operatedAt <= position.operatedAt).toSorted(byTime)
    return { ...position, isAbandoned: statusOf(known, undefined, undefined) === 'abandoned' }
  })
}

/** The stored movements by the rules of the domain; route and terms are taken from the stored trips. */
export async function deriveTrips(db: Db): Promise<readonly object[]> {
  const movements = await listMovements(db)
  const stored = await listStoredTrips(db)
  const containers = [...new Set(movements.map(({ container }) => container))].toSorted()
  return containers.flatMap((container) => {
    const own = movements.filter((movement) => movement.container === container).map(withMeaning)
    return assignTrips(own)
      .map((trip) => trip.toSorted(byTime))
      .toSorted(([a], [b]) => (a && b ? byTime(a, b) : 0))
      .map((trip) => {
        const operations = trip.map(nameOf)
        const same = stored.find((one) => one.container === container && String(one.operations) === String(operations))
        return { container, operations, ...factsOf(trip, same) }
      })
  })
}

/** The part of a stored trip that `deriveTrips` derives. */
export async function listDerivedFacts(db: Db): Promise<readonly object[]> {
  const trips = (await listStoredTrips(db)) as readonly (StoredTrip & Record<string, unknown>)[]
  const names =
    'container operations startedAt waybills isTimed firstOperatedAt lastOperatedAt departedAt arrivedAt unloadedAt status'
  return trips.map((trip) => Object.fromEntries(names.split(' ').map((name) => [name, trip[name]])))
}

function withMeaning(movement: Movement): Movement {
  return { ...movement, meaning: operationMeaningOf(movement.operation, operationMeanings) }
}

function factsOf(trip: readonly Movement[], stored: StoredTrip | undefined) {
  const destination = toStation(stored?.destination)
  const isUnloaded = trip.some(({ meaning }) => meaning === 'unloaded')
  const counted = trip.filter(({ meaning }) => !(isUnloaded && meaning === 'tail'))
  const timeOf = (is: (movement: Movement) => boolean) => trip.find(is)?.operatedAt ?? null
  return {
    startedAt: trip.find(({ tripStartedAt }) => tripStartedAt)?.tripStartedAt ?? null,
    waybills: [...new Set(trip.flatMap(({ waybill }) => waybill ?? []))].toSorted(),
    isTimed: trip.some(({ tripStartedAt, waybill }) => tripStartedAt === null && waybill === null),
    firstOperatedAt: trip[0]?.operatedAt,
    lastOperatedAt: counted.at(-1)?.operatedAt,
    departedAt: timeOf(({ meaning }) => meaning === 'departed'),
    arrivedAt: timeOf(({ station: at }) => isSameStation(toStation(at), destination)),
    unloadedAt: timeOf(({ meaning }) => meaning === 'unloaded'),
    status: statusOf(counted, toStation(stored?.origin), destination),
  }
}

function statusOf(trip: readonly Movement[], origin: Station | undefined, destination: Station | undefined) {
  let former: FormerStatus | undefined
  for (const { operation, operatedAt, station: at, trainNumber, trainIndex } of trip) {
    const operationStation = toStation(at) ?? at
    const position = {
      operation,
      operationStation,
      originStation: origin,
      destinationStation: destination,
      trainNumber: trainNumber ?? undefined,
      trainIndex: trainIndex ?? undefined,
      operatedAt,
      stampAt: operatedAt,
    }
    const settings = { meanings: operationMeanings, standingAfterMinutes: Number.POSITIVE_INFINITY }
    former = { status: deriveStatus(position, settings, former), operationStation }
  }
  return former?.status
}

function toStation(named: { readonly name: string; readonly code?: string | null | undefined } | null | undefined) {
  return named ? { name: named.name, code: named.code ?? undefined } : undefined
}

function nameOf({ operatedAt, operation }: Pick<Movement, 'operatedAt' | 'operation'>): string {
  return `${operatedAt.getTime() / 1000} ${operation}`
}

function byTime(a: Movement, b: Movement): number {
  return a.operatedAt.getTime() - b.operatedAt.getTime() || (a.operation < b.operation ? -1 : 1)
}
