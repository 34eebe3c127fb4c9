import { type RawBuilder, sql } from 'kysely'

/**
 * Over the operations of one trip: whether the container was abandoned at `stations`, the ids of one station, by the moment `until`,
 * and nothing has moved it on between the two. This is what `deriveStatus` of the domain takes as the former status.
 */
export function wasLeftAbandoned({
  stations,
  until,
}: {
  readonly stations: RawBuilder<unknown>
  readonly until: RawBuilder<unknown>
}): RawBuilder<boolean> {
  return sql`coalesce(
    max(operated_at) filter (where operated_at <= ${until} and meaning = 'abandoned' and station_id = any(${stations}))
    >= coalesce(max(operated_at) filter (where operated_at <= ${until}
      and (meaning in ('picked_up', 'departed') or station_id <> all(${stations}))), '-infinity'), false)`
}
