import { type RawBuilder, sql } from 'kysely'

/** An operation at the station of the last one abandoned the container, and nothing has moved it on since. */
const isAbandoned = sql<boolean>`last_step.meaning <> 'picked_up' and (last_step.meaning = 'abandoned'
  or last_step.meaning <> 'departed' and exists (
    select from step as left_there
    where left_there.trip_id = last_step.trip_id and left_there.meaning = 'abandoned'
      and left_there.station_id = any(at_last.ids) and left_there.operated_at <= last_step.operated_at
      and not exists (
        select from step as later
        where later.trip_id = last_step.trip_id and later.operated_at > left_there.operated_at
          and later.operated_at <= last_step.operated_at
          and (later.station_id <> all(at_last.ids) or later.meaning in ('picked_up', 'departed')))))`

/** `deriveStatus` of the domain for the last operation of a trip, without what depends on the clock. A test compares the two. */
export const tripStatus: RawBuilder<string> = sql`(case
  when last_step.station_id = any(at_destination.ids)
    then case when last_step.meaning in ('unloaded', 'tail') then 'unloaded' else 'at_destination' end
  when last_step.station_id = any(at_origin.ids) and last_step.train_number is null and last_step.train_index is null
    and last_step.meaning <> 'departed' then 'at_origin'
  when ${isAbandoned} then 'abandoned'
  else 'en_route' end)::trip_status`
