import { assignTrips, type TripOperation } from '@atermtrack/domain'
import { sql } from 'kysely'
import type { Db } from '../platform/client.ts'
import { type RowOf, selectRows } from '../platform/statements/typed-rows.ts'

const batchSize = 2_000

/** An operation as it is stored, with the facts that `assignTrips` reads. */
const storedOperation = {
  /** Where the movement stands in its table; null for a position whose operation is no movement. */
  place: sql<string | null>`place`,
  container: sql<string>`container`,
  operatedAt: sql<TripOperation['operatedAt']>`operated_at`,
  tripStartedAt: sql<TripOperation['tripStartedAt']>`trip_started_at`,
  waybill: sql<TripOperation['waybill']>`waybill`,
  meaning: sql<TripOperation['meaning']>`meaning`,
  tripId: sql<number | null>`trip_id`,
}
type StoredOperation = RowOf<typeof storedOperation>

interface Assignment {
  readonly container: string
  readonly operations: readonly StoredOperation[]
  readonly tripId: number | undefined
}

/** Assigns all movements of some containers to trips by the rule of the domain. Trips that hold no operation any more go. */
export async function assignContainers(tx: Db, containers: readonly string[]): Promise<void> {
  for (let at = 0; at < containers.length; at += batchSize) {
    const batch = containers.slice(at, at + batchSize)
    await store(tx, batch, assign(await listOperations(tx, batch)))
    await linkPositions(tx, batch)
  }
}

/** Updates the positions of some containers from their movements. */
export async function linkPositions(tx: Db, containers: readonly string[]): Promise<void> {
  if (containers.length === 0) return
  await sql`
    update position set trip_id = movement.trip_id from movement
    where position.container = any(${containers}::text[]) and movement.container = position.container
      and movement.operated_at = position.operated_at and movement.operation_id = position.operation_id
      and movement.station_id = position.station_id and position.trip_id is distinct from movement.trip_id`.execute(tx)
}

async function listOperations(tx: Db, containers: readonly string[]): Promise<readonly StoredOperation[]> {
  return selectRows(
    tx,
    storedOperation,
    (list) => sql`
    select ${list} from (
    select movement.ctid::text as place, container, operated_at, trip_started_at, waybill, meaning, trip_id
    from movement join operation on operation.id = operation_id
    where container = any(${containers}::text[])
    union all
    select null, container, operated_at, trip_started_at, waybill, meaning, trip_id
    from position join operation on operation.id = operation_id
    where container = any(${containers}::text[]) and not exists (
      select from movement where movement.container = position.container and movement.operated_at = position.operated_at
        and movement.operation_id = position.operation_id and movement.station_id = position.station_id)
    ) as operated order by container, operated_at`,
  )
}

/** A trip keeps the id that one of its operations had, unless another trip of the container has taken it. */
function assign(operations: readonly StoredOperation[]): readonly Assignment[] {
  const taken = new Set<number>()
  return [...groupByContainer(operations)].flatMap(([container, own]) =>
    assignTrips(own).map((trip) => {
      const tripId = trip.map((operation) => operation.tripId).find((id) => id !== null && !taken.has(id)) ?? undefined
      if (tripId !== undefined) taken.add(tripId)
      return { container, operations: trip, tripId }
    }),
  )
}

function groupByContainer(operations: readonly StoredOperation[]): ReadonlyMap<string, readonly StoredOperation[]> {
  const groups = new Map<string, StoredOperation[]>()
  for (const operation of operations) {
    const group = groups.get(operation.container)
    if (group) group.push(operation)
    else groups.set(operation.container, [operation])
  }
  return groups
}

async function store(tx: Db, containers: readonly string[], assignments: readonly Assignment[]): Promise<void> {
  const added = assignments.filter(({ tripId }) => tripId === undefined)
  const ids = await insertTrips(
    tx,
    added.map(({ container }) => container),
  )
  const idOfAdded = new Map(added.map((assignment, n) => [assignment, ids[n]]))
  const idOf = (assignment: Assignment) => assignment.tripId ?? idOfAdded.get(assignment) ?? 0
  const changed = assignments.flatMap((assignment) =>
    assignment.operations
      .filter(({ tripId }) => tripId !== idOf(assignment))
      .map(({ place, container }) => ({ place, container, tripId: idOf(assignment) })),
  )
  await updateMovements(tx, changed)
  await updateLonePositions(tx, changed)
  await sql`delete from trip where container = any(${containers}::text[])
    and id <> all(${assignments.map(idOf)}::bigint[])`.execute(tx)
}

async function insertTrips(tx: Db, containers: readonly string[]): Promise<readonly number[]> {
  if (containers.length === 0) return []
  const columns = { id: sql<number>`nextval(pg_get_serial_sequence('trip', 'id'))` }
  const rows = await selectRows(
    tx,
    columns,
    (list) => sql`select ${list} from generate_series(1, ${containers.length})`,
  )
  const ids = rows.map(({ id }) => id)
  await sql`insert into trip (id, container) select * from unnest(${ids}::bigint[], ${containers}::text[])`.execute(tx)
  return ids
}

interface Change {
  readonly place: string | null
  readonly container: string
  readonly tripId: number
}

async function updateMovements(tx: Db, changes: readonly Change[]): Promise<void> {
  const ofMovements = changes.filter(({ place }) => place !== null)
  if (ofMovements.length === 0) return
  const [places, ids] = [ofMovements.map(({ place }) => place), ofMovements.map(({ tripId }) => tripId)]
  await sql`
    update movement set trip_id = assigned.trip_id
    from unnest(${places}::text[]::tid[], ${ids}::bigint[]) as assigned (place, trip_id)
    where movement.ctid = assigned.place`.execute(tx)
}

/** For positions that have come without movements. */
async function updateLonePositions(tx: Db, changes: readonly Change[]): Promise<void> {
  const ofPositions = changes.filter(({ place }) => place === null)
  if (ofPositions.length === 0) return
  const [containers, ids] = [ofPositions.map(({ container }) => container), ofPositions.map(({ tripId }) => tripId)]
  await sql`
    update position set trip_id = assigned.trip_id
    from unnest(${containers}::text[], ${ids}::bigint[]) as assigned (container, trip_id)
    where position.container = assigned.container`.execute(tx)
}
