const dayMs = 86_400_000

/**
 * How far the start of a trip and the list of its train lie apart. A list is sent up to a week before the loading, and again with
 * corrections while the train is on its way; a container is back for its next train after three weeks at the earliest.
 */
export const rosterTripDays = { startsAfter: 7, startsBefore: 21, longestTrip: 60 } as const

/** The facts about the list of a train that decide its trip. */
export interface RosterOfTrip {
  readonly sentAt: Date
  readonly waybill: string | undefined
}

/** The facts about the known trip of a container that decide its lists. */
export interface TripOfRoster {
  readonly startedAt: Date | undefined
  readonly waybill: string | undefined
  /** The last operation that is known. */
  readonly operatedAt: Date
  /** At the destination station. */
  readonly arrivedAt: Date | undefined
  readonly endedAt: Date | undefined
}

/** The relation of a known trip to the list of a train: it is the trip of the list, the one before it, or a later one. */
export type TripToRoster = 'same' | 'earlier' | 'later'

/** A list belongs to one trip: container numbers are used again. The waybill decides where both name the same one, else the dates. */
export function tripToRoster({ sentAt, waybill }: RosterOfTrip, trip: TripOfRoster): TripToRoster {
  const { startedAt, operatedAt, arrivedAt, endedAt } = trip
  if (waybill !== undefined && waybill === trip.waybill) return 'same'
  const isBeforeList = (moment: Date | undefined, days = 0) =>
    moment !== undefined && moment.getTime() < sentAt.getTime() - days * dayMs
  const isAfterList = (moment: Date, days: number) => moment.getTime() > sentAt.getTime() + days * dayMs
  const { startsAfter, startsBefore, longestTrip } = rosterTripDays
  if (startedAt ? isAfterList(startedAt, startsAfter) : isAfterList(operatedAt, longestTrip)) return 'later'
  if (isBeforeList(arrivedAt) || isBeforeList(endedAt)) return 'earlier'
  return isBeforeList(startedAt ?? operatedAt, startsBefore) ? 'earlier' : 'same'
}

/** A container that came to the terminal long after a list was sent stands there for another train. */
export function isStayAfterRoster(sentAt: Date, arrivedAt: Date): boolean {
  return arrivedAt.getTime() > sentAt.getTime() + rosterTripDays.startsAfter * dayMs
}
