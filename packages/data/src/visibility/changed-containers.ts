import { sql } from 'kysely'
import type { Db } from '../platform/client.ts'
import { partyColumns, resolveContainers } from './container-parties.ts'

/**
 * Keeps in mind, before the staged report is merged, the containers whose parties the merge may change. An unchanged report of
 * 50,000 containers names none.
 */
export async function stageChangedContainers(tx: Db): Promise<void> {
  const list = (of: string) => sql.raw(partyColumns.map((name) => `${of}.${name}`).join(', '))
  await sql`
    create temporary table changed_container on commit drop as
    select staged.container
    from dislocation_row as staged left join position on position.container = staged.container
    where position.container is null or not position.is_live
      or position.trip_started_at is distinct from staged.trip_started_at
      or (${list('position')}) is distinct from (${list('staged')})
        and (num_nonnulls(${list('staged')}) > 0 or position.waybill is distinct from staged.waybill)`.execute(tx)
  await sql`analyze changed_container`.execute(tx)
}

/** Stores the parties of the containers that `stageChangedContainers` has found, after the merge. */
export async function resolveChangedContainers(tx: Db): Promise<void> {
  const { rows } = await sql`select from changed_container limit 1`.execute(tx)
  if (rows.length > 0) await resolveContainers(tx, sql`select container from changed_container`)
}
