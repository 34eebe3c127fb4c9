import { type RawBuilder, sql } from 'kysely'
import type { Db } from '../platform/client.ts'

/** The columns of a trip as a whole, besides its route. A position, a consignment and a trip hold the same columns. */
export const tripTerms: readonly string[] = `consignor_tgnl consignor_short consignor_okpo consignor
  consignee_tgnl consignee_short consignee_okpo consignee delivery_due_at km_total`.split(/\s+/)

const termsOfRow = tripTerms.map((name) => `r.${name}`).join(', ')
const routeOfRow = 'r.origin_station_key, r.destination_station_key'

/** The key of what a row `r` of a report says about its trip; null where it says nothing. Hashing a text of it takes ten times as long. */
export const consignmentKey: RawBuilder<number | null> = sql.raw(
  `case when num_nonnulls(${routeOfRow}, ${termsOfRow}) > 0
    then hash_record_extended(row(${routeOfRow}, ${termsOfRow}), 0) end`,
)

/** Stores the content of consignments that the directory lacks, from the rows of reports whose stations are known. */
export async function insertConsignments(tx: Db, rows: RawBuilder<unknown>): Promise<void> {
  await sql`
    insert into consignment (key, origin_station_id, destination_station_id, ${sql.raw(tripTerms.join(', '))})
    select distinct on (r.key) r.key, origin.id, destination.id, ${sql.raw(termsOfRow)}
    -- With the offset each key is worked out once.
    from (select r.*, ${consignmentKey} as key from ${rows} as r offset 0) as r
    left join station origin on origin.key = r.origin_station_key
    left join station destination on destination.key = r.destination_station_key
    where r.key is not null and not exists (select from consignment as known where known.key = r.key)
    order by r.key
    on conflict (key) do nothing`.execute(tx)
}
