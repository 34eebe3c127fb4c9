import { type DayRange, partsOfIndex, type PlaceRole, type RailwayTrain, typesOfFeet } from '@atermtrack/domain'
import { type RawBuilder, sql } from 'kysely'
import { isOnTripOfRoster } from '../trains/roster-trip.ts'
import { containersOf } from '../trains/trains.ts'

/** A condition on a row of `position`. */
export type Condition = RawBuilder<boolean>

interface ZoneOption {
  /** The zone of days; by default that of the source. */
  readonly zone: string | undefined
}

export const stationOfRole: Readonly<Record<Exclude<PlaceRole, 'passed'>, string>> = {
  now: 'position.station_id',
  origin: 'position.origin_station_id',
  destination: 'position.destination_station_id',
}

export function isAt(role: PlaceRole, stationIds: readonly number[], on: Days | undefined): Condition {
  if (role === 'passed') return hasPassed(stationIds, on)
  return sql`${sql.ref(stationOfRole[role])} = any(${[...new Set(stationIds)]}::integer[])`
}

/** It has been at one of the stations on this trip, on one of the days where they are named, and is at none of them now. */
function hasPassed(stationIds: readonly number[], on: Days | undefined): Condition {
  const ids = [...new Set(stationIds)]
  // Without the offset the planner would read all movements of the station, or of all stations, and hash them.
  return sql`(not position.station_id = any(${ids}::integer[]) and exists (
    select from (
      select from movement where movement.container = position.container and movement.station_id = any(${ids}::integer[])
        and movement.trip_id = position.trip_id
        ${on ? sql`and movement.operated_at >= ${on.from} and movement.operated_at < ${on.until}` : sql``}
      offset 0
    ) as been))`
}

/** The trips of those days are few beside all positions, which are found by them. */
export function hasDeparted(days: DayRange, options: ZoneOption): Condition {
  const { from, until } = daysIn(days, options)
  return sql`position.container = any(array(
    select trip.container from trip where trip.is_current
      and trip.departed_at >= ${from} and trip.departed_at < ${until}))`
}

interface Days {
  readonly from: RawBuilder<Date>
  readonly until: RawBuilder<Date>
}

/** Days of a reader, of whom only those who have chosen a zone have one of their own. */
export function daysIn({ from, to }: DayRange, { zone = 'Europe/Moscow' }: ZoneOption): Days {
  return {
    from: sql`${from}::timestamp at time zone ${zone}`,
    until: sql`(${to}::timestamp + interval '1 day') at time zone ${zone}`,
  }
}

/** The railway uses a number again each day; with the live rows alone it is one train, or a few far from each other. */
export function isInTrain(train: RailwayTrain): Condition {
  const parts = partsOfIndex(train)
  if (!parts) return sql`position.train_number = ${train}`
  const [from, number, to] = parts
  // Reports separate the parts by a plus sign or a dash, and follow them with the names of the stations.
  return sql`position.train_index ~ ${`^${from}\\D+0*${Number(number)}\\D+${to}(\\D|$)`}`
}

export function isOfSize(feet: 20 | 40): Condition {
  return sql`left(position.container_type, 1) = any(${typesOfFeet[feet]}::text[])`
}

/** On the list of a train that counts, and on the trip of that list. */
export function isOnList(codes: readonly string[]): Condition {
  return sql`position.container = any(${containersOf(codes)}) and exists (
    select 1 from train_roster_row as line
    join current_train_roster as list on list.workbook_id = line.workbook_id and list.train_code = any(${codes}::text[])
    where line.container = position.container and ${isOnTripOfRoster})`
}

/** The report gives the idle time, or the time from the operation to the report does. */
export function isIdleOver(minutes: number): Condition {
  return sql`(position.idle_minutes > ${minutes}
    or position.idle_minutes is null and position.stamp - position.operated_at > make_interval(mins => ${minutes}))`
}
