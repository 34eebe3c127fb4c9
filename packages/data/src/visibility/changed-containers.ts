import { sql } from 'kysely'
import type { Db } from '../platform/client.ts'
import { analyzeLarge } from '../platform/statements/analyze-large.ts'
import { tripTerms } from '../trips/consignments.ts'
import { newTrips } from '../trips/new-containers.ts'
import { partyColumns, resolveContainers } from './container-parties.ts'

const listed = (columns: readonly string[], of: string) => sql.raw(columns.map((name) => `${of}.${name}`).join(', '))

/** The merge may change the parties of the container. */
const hasOtherParties = sql`position.container is null or not position.is_live
  or position.trip_started_at is distinct from staged.trip_started_at
  or (${listed(partyColumns, 'position')}) is distinct from (${listed(partyColumns, 'staged')})
    and (num_nonnulls(${listed(partyColumns, 'staged')}) > 0 or position.waybill is distinct from staged.waybill)`

/**
 * The position may have another operation or other facts of its trip after the merge; the trip is in line with the facts before it. A
 * trip that the merge itself has stored has all its facts.
 */
const hasOtherFacts = sql`staged.container not in (select container from ${sql.raw(newTrips)}) and (position.container is null or position.trip_id is null or position.is_abandoned is null
  or (position.operated_at, position.operation_id, position.station_id, position.origin_station_id,
      position.destination_station_id, position.trip_ended_at, position.waybill)
    is distinct from (staged.operated_at, operation.id, station.id, origin.id, destination.id, staged.trip_ended_at, staged.waybill)
  or (${listed(tripTerms, 'position')}) is distinct from (${listed(tripTerms, 'staged')}))`

/**
 * Keeps in mind, before the staged report is merged, the containers whose parties or trips the merge may change. An unchanged report of
 * 50,000 containers names none.
 */
export async function stageChangedContainers(tx: Db): Promise<void> {
  await sql`
    create temporary table changed_container (container text, has_other_parties boolean, has_other_facts boolean)
      on commit drop`.execute(tx)
  const filled = await sql`
    insert into changed_container
    select * from (
      select staged.container, ${hasOtherParties} as has_other_parties, ${hasOtherFacts} as has_other_facts
      from dislocation_row as staged
      join operation on operation.name = staged.operation
      join station on station.key = staged.station_key
      left join station origin on origin.key = staged.origin_station_key
      left join station destination on destination.key = staged.destination_station_key
      left join position on position.container = staged.container
      offset 0
    ) as compared
    where has_other_parties or has_other_facts`.execute(tx)
  await analyzeLarge(tx, 'changed_container', filled)
}

/** Stores the parties of the containers that `stageChangedContainers` has found, after the merge. */
export async function resolveChangedContainers(tx: Db): Promise<void> {
  const { rows } = await sql`select from changed_container where has_other_parties limit 1`.execute(tx)
  if (rows.length > 0) await resolveContainers(tx, sql`select container from changed_container where has_other_parties`)
}
