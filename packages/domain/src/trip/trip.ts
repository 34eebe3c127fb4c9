import type { Status } from './status.ts'

/** The key that distinguishes one trip of a container from another: its start, or its waybill where a start is unknown. */
export interface TripKey {
  readonly tripStartedAt: Date | null
  readonly waybill: string | null
}

/**
 * Whether two keys name one trip. With the same start a changed waybill is an event of the trip. Without a start and a waybill on
 * both sides the keys name nothing in common: then only the time of an operation decides, see `assignTrips`.
 */
export function isSameTrip(a: TripKey, b: TripKey): boolean {
  if (a.tripStartedAt && b.tripStartedAt) return a.tripStartedAt.getTime() === b.tripStartedAt.getTime()
  return a.waybill !== null && a.waybill === b.waybill
}

/** Whether a trip is over: the container is unloaded, or the railway reports an end of the trip. */
export function isTripOver(trip: { readonly status: Status; readonly endedAt: Date | null }): boolean {
  return trip.status === 'unloaded' || trip.endedAt !== null
}
