/** What tells one trip of a container from another: its start, or its waybill where no start is told. */
export interface TripKey {
  readonly tripStartedAt: Date | null
  readonly waybill: string | null
}

/** With the same start a changed waybill is an event of one trip. */
export function isSameTrip(a: TripKey, b: TripKey): boolean {
  if (a.tripStartedAt && b.tripStartedAt) return a.tripStartedAt.getTime() === b.tripStartedAt.getTime()
  return a.waybill === b.waybill
}
