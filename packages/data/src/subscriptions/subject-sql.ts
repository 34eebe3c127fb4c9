import { type RawBuilder, sql } from 'kysely'
import { tripEndedAt } from '../trips/trip-over-sql.ts'

/** The parties that a client means, by name or ИНН, as a query. */
export function partiesNamed(client: RawBuilder<string | null>): RawBuilder<{ readonly id: number }> {
  return sql`select party.id from party where party.key = client_key(${client}) or party.inn <> '' and party.inn = ${client}`
}

/** The stations that a destination means, by name or code, as a query. */
export function stationsNamed(destination: RawBuilder<string | null>): RawBuilder<{ readonly id: number }> {
  return sql`select station.id from station
    where station.code = ${destination} or ${simple(sql.ref('station.name'))} = ${simple(destination)}`
}

/** Case and `ё` of a name do not matter. */
function simple(name: RawBuilder<unknown>): RawBuilder<string> {
  return sql`replace(lower(${name}), 'ё', 'е')`
}

/** A row of `position` with its `trip` that a subscription to more than a list is still about, `days` after the end of the trip. */
export function isStillListed(days: RawBuilder<number | null>): RawBuilder<boolean> {
  // Without a number of days the interval is null, and nothing leaves.
  return sql`coalesce(${tripEndedAt} >= now() - make_interval(days => ${days}), true)`
}
