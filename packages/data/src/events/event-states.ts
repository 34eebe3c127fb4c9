import { type RawBuilder, sql } from 'kysely'
import type { Db } from '../platform/client.ts'
import { arrayText } from '../platform/statements/array-text.ts'
import { rowList } from '../platform/statements/row-list.ts'
import { selectRows } from '../platform/statements/typed-rows.ts'

/** The facts that the events of a container were last derived from, so that a report that repeats them costs nothing. */
export interface EventState {
  readonly container: string
  /** `factsOf` of its position, null without one: a number as text. */
  readonly facts: string | null
  /** The stamp from which the same facts mean something new; undefined when they never do. */
  readonly wakesAt: Date | undefined
}

/** The facts of a row of `position` that events follow from, as one number. A new operation is found as a movement. */
export const factsOf: RawBuilder<string> = sql`hash_record_extended(row(position.trip_id, position.operated_at, position.operation_id,
  position.station_id, position.destination_station_id, position.delivery_due_at, position.trip_ended_at), 0)::text`

/** Those of some containers whose facts are others than when they were examined, and those whose moment a report has reached. */
export async function listWoken(tx: Db, containers: readonly string[]): Promise<readonly string[]> {
  const rows = await selectRows(
    tx,
    { container: sql<string>`position.container` },
    (list) => sql`
    select ${list} from position left join event_state as known on known.container = position.container
    where position.container = any(${arrayText(containers)}::text[])
      and (known.container is null or known.facts is distinct from ${factsOf}::bigint or known.wakes_at <= position.stamp)`,
  )
  return rows.map(({ container }) => container)
}

/** Stores the states of some containers; those that are the same are not written. */
export async function storeStates(tx: Db, states: readonly EventState[]): Promise<void> {
  if (states.length === 0) return
  await sql`
    insert into event_state as known (container, wakes_at, facts)
    select container, wakes_at, facts
    from ${rowList('examined', { container: 'text', wakesAt: 'timestamptz', facts: 'bigint' }, states)}
    on conflict (container) do update set wakes_at = excluded.wakes_at, facts = excluded.facts
      where (known.wakes_at, known.facts) is distinct from (excluded.wakes_at, excluded.facts)`.execute(tx)
}
