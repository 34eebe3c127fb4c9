import { type RawBuilder, sql } from 'kysely'
import type { Db } from '../platform/client.ts'
import { isVisible, type Scope } from '../visibility/visibility.ts'
import { isAccepted } from '../workbooks/accepted.ts'

/** A trip for the register of late deliveries, with the reports that prove what it says. */
export interface LateTrip {
  readonly tripId: number
  readonly container: string
  readonly waybill: string | undefined
  readonly origin: string | undefined
  readonly destination: string | undefined
  readonly consignor: string | undefined
  readonly consignee: string | undefined
  readonly departedAt: Date | undefined
  readonly dueAt: Date
  readonly arrivedAt: Date | undefined
  /** Formation of the newest report that holds the container. */
  readonly stampAt: Date
}

export interface LateTripsAsked {
  readonly scope: Scope
  /** Only these containers; undefined for all. */
  readonly containers?: readonly string[] | undefined
  readonly limit: number
}

/**
 * Trips that arrived within a time and after the moment that reports name as their norm. Who does not see everything sees the present trips of the containers in
 * scope: on a trip before, a container was somebody else's.
 */
export async function listArrivedLate(
  db: Db,
  { from, until, ...asked }: LateTripsAsked & { readonly from: Date; readonly until: Date },
): Promise<readonly LateTrip[]> {
  const rows = await selectTrips(db, asked)
    .where('trip.arrivedAt', '>=', from)
    .where('trip.arrivedAt', '<', until)
    .whereRef('trip.arrivedAt', '>', 'trip.deliveryDueAt')
    .orderBy('trip.arrivedAt')
    .orderBy('trip.id')
    .execute()
  return rows.map(toTrip)
}

/** Present trips whose norm has passed by their newest report, and that have not arrived. */
export async function listOverdue(db: Db, asked: LateTripsAsked): Promise<readonly LateTrip[]> {
  const rows = await selectTrips(db, asked)
    .where('position.isLive', '=', true)
    .where('trip.arrivedAt', 'is', null)
    .where('trip.status', 'not in', ['at_destination', 'unloaded'])
    .whereRef('trip.deliveryDueAt', '<', 'position.stamp')
    .orderBy('trip.deliveryDueAt')
    .orderBy('trip.id')
    .execute()
  return rows.map(toTrip)
}

type Row = Awaited<ReturnType<ReturnType<typeof selectTrips>['execute']>>[number]

function selectTrips(db: Db, { scope, containers, limit }: LateTripsAsked) {
  return db
    .selectFrom('trip')
    .leftJoin('position', (join) =>
      join.onRef('position.container', '=', 'trip.container').onRef('position.tripId', '=', 'trip.id'),
    )
    .leftJoin('station as origin', 'origin.id', 'trip.originStationId')
    .leftJoin('station as destination', 'destination.id', 'trip.destinationStationId')
    .select(['trip.id as tripId', 'trip.container', 'trip.waybill', 'trip.departedAt', 'trip.arrivedAt'])
    .select(['origin.name as origin', 'destination.name as destination'])
    .select(sql<Date>`trip.delivery_due_at`.as('dueAt'))
    .select(sql<Date>`coalesce(position.stamp, trip.last_operated_at, trip.arrived_at)`.as('stampAt'))
    .select(sql<string | null>`coalesce(trip.consignor, trip.consignor_short)`.as('consignor'))
    .select(sql<string | null>`coalesce(trip.consignee, trip.consignee_short)`.as('consignee'))
    .where('trip.deliveryDueAt', 'is not', null)
    .where(scope.kind === 'all' ? sql<boolean>`true` : sql<boolean>`position.container is not null`)
    .where(sql<boolean>`${isVisible(scope, sql.ref('trip.container'))}`)
    .$if(containers !== undefined, (qb) => qb.where('trip.container', '=', sql<string>`any(${containers ?? []})`))
    .limit(limit)
}

function toTrip({ waybill, origin, destination, consignor, consignee, departedAt, arrivedAt, ...row }: Row): LateTrip {
  return {
    ...row,
    waybill: waybill ?? undefined,
    origin: origin ?? undefined,
    destination: destination ?? undefined,
    consignor: consignor ?? undefined,
    consignee: consignee ?? undefined,
    departedAt: departedAt ?? undefined,
    arrivedAt: arrivedAt ?? undefined,
  }
}

/** A report that proves a fact of a trip. */
export interface Proof {
  readonly tripId: number
  readonly container: string
  /** `due`: the report names the norm. `arrived`: it holds the first operation at the destination. */
  readonly fact: 'due' | 'arrived'
  readonly workbookId: number
  readonly fileName: string
  readonly sender: string | undefined
  readonly receivedAt: Date
}

/** For each of some trips the first report that names its norm, and the one that its arrival was first read from. */
export async function listProofs(db: Db, tripIds: readonly number[]): Promise<readonly Proof[]> {
  if (tripIds.length === 0) return []
  return [
    ...(await selectProofs(db, { tripIds, fact: 'due', holds: namesNorm })),
    ...(await selectProofs(db, { tripIds, fact: 'arrived', holds: isArrival })),
  ]
}

const namesNorm = sql<boolean>`movement.consignment_key in (
  select key from consignment where consignment.delivery_due_at = trip.delivery_due_at)`
const isArrival = sql<boolean>`movement.operated_at = trip.arrived_at`

async function selectProofs(
  db: Db,
  {
    tripIds,
    fact,
    holds,
  }: { readonly tripIds: readonly number[]; readonly fact: Proof['fact']; readonly holds: RawBuilder<boolean> },
): Promise<readonly Proof[]> {
  const rows = await db
    .selectFrom('trip')
    .innerJoin('movement', (join) =>
      join.onRef('movement.container', '=', 'trip.container').onRef('movement.tripId', '=', 'trip.id'),
    )
    .innerJoin('workbook', 'workbook.id', 'movement.workbookId')
    .select(['trip.id as tripId', 'trip.container', 'workbook.id as workbookId', 'workbook.fileName'])
    .select(['workbook.sender', 'workbook.receivedAt'])
    .distinctOn('trip.id')
    .where('trip.id', '=', sql<number>`any(${tripIds})`)
    .where(holds)
    .where(isAccepted('workbook'))
    .orderBy('trip.id')
    .orderBy('movement.stamp')
    .orderBy('workbook.id')
    .execute()
  return rows.map(({ sender, ...row }) => ({ ...row, fact, sender: sender ?? undefined }))
}
