import { normStateOf } from '../trip/delivery-norm.ts'

const dayMs = 86_400_000

/** The facts of a trip for the register of late deliveries. */
export interface RegisteredTrip {
  readonly container: string
  readonly waybill: string | undefined
  /** The norm as reports name it: a date is the midnight at its beginning. */
  readonly dueAt: Date
  /** The first operation at the destination station; undefined on its way. */
  readonly arrivedAt: Date | undefined
  /** Formation of the newest report that holds it. */
  readonly stampAt: Date
}

/** A waybill whose containers came after the norm, or have not come yet. */
export interface LateWaybill<Trip extends RegisteredTrip = RegisteredTrip> {
  readonly waybill: string | undefined
  /** Its containers, all that are late; those that came in time are left out. */
  readonly trips: readonly Trip[]
  readonly dueAt: Date
  /** When the last of them came; undefined while one is on its way. */
  readonly arrivedAt: Date | undefined
  /** Begun days after the day of the norm: of the last container, or so far. */
  readonly days: number
  /** Until when a claim can be made: the period begins with the arrival. Undefined while one is on its way. */
  readonly claimUntil: Date | undefined
}

/**
 * Puts late trips together by waybill and norm, the most days first. A trip without a waybill stands alone. Whatever came in time
 * is left out, by `normStateOf`. `claimDays` is the period for claims.
 */
export function lateWaybills<Trip extends RegisteredTrip>(
  trips: readonly Trip[],
  { claimDays }: { readonly claimDays: number },
): readonly LateWaybill<Trip>[] {
  const groups = new Map<string, Group<Trip>>()
  for (const trip of trips) {
    const state = normStateOf({
      dueAt: trip.dueAt,
      arrivedAt: trip.arrivedAt,
      hasArrived: trip.arrivedAt !== undefined,
      expectedAt: undefined,
      stampAt: trip.stampAt,
    })
    if (state.kind !== 'late') continue
    const key = trip.waybill === undefined ? `box ${trip.container}` : `waybill ${trip.waybill}`
    const group = `${key} ${trip.dueAt.getTime()}`
    const known = groups.get(group)
    if (known) known.late.push({ trip, days: state.days })
    else groups.set(group, { dueAt: trip.dueAt, late: [{ trip, days: state.days }] })
  }
  return [...groups.values()].map((group) => together(group, claimDays)).toSorted(compare)
}

/** The late trips of one waybill with one norm. */
interface Group<Trip> {
  readonly dueAt: Date
  readonly late: { readonly trip: Trip; readonly days: number }[]
}

function together<Trip extends RegisteredTrip>({ dueAt, late }: Group<Trip>, claimDays: number): LateWaybill<Trip> {
  const trips = late.map(({ trip }) => trip).toSorted((a, b) => a.container.localeCompare(b.container, 'en'))
  const arrivals = trips.flatMap(({ arrivedAt }) => (arrivedAt ? [arrivedAt.getTime()] : []))
  const arrivedAt = arrivals.length === trips.length ? new Date(Math.max(...arrivals)) : undefined
  return {
    waybill: trips[0]?.waybill,
    trips,
    dueAt,
    arrivedAt,
    days: Math.max(...late.map(({ days }) => days)),
    claimUntil: arrivedAt && new Date(arrivedAt.getTime() + claimDays * dayMs),
  }
}

function compare(a: LateWaybill, b: LateWaybill): number {
  return (
    b.days - a.days ||
    (a.waybill ?? '').localeCompare(b.waybill ?? '', 'ru') ||
    (a.trips[0]?.container ?? '').localeCompare(b.trips[0]?.container ?? '', 'en')
  )
}
