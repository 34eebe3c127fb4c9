import { sql } from 'kysely'
import type { Db } from '../platform/client.ts'
import { resolveRosters } from '../trains/newest-lists.ts'
import { resolveContainers } from './container-parties.ts'
import { lockParties, resolveCompanies } from './parties.ts'
import { selectRow } from '../platform/statements/typed-rows.ts'

/** An import waits for one batch at most. */
const containersOfBatch = 20_000

/**
 * Stores the parties of all containers and companies again, in short transactions. Returns how many rows of containers were
 * wrong: none, unless a release before this one has imported meanwhile.
 */
export async function resolveAll(db: Db, { signal }: { readonly signal?: AbortSignal } = {}): Promise<number> {
  await db.transaction().execute(async (tx) => {
    await lockParties(tx)
    await resolveRosters(tx, sql`select container from train_roster_row`)
    await resolveCompanies(tx)
  })
  let changed = 0
  let last: string | undefined = ''
  while (last !== undefined) {
    signal?.throwIfAborted()
    const after: string = last
    const next = await db.transaction().execute(async (tx) => resolveBatch(tx, after))
    last = next.last
    changed += next.changed
  }
  return changed
}

async function resolveBatch(tx: Db, after: string) {
  await sql`set local work_mem = '64MB'`.execute(tx)
  const part = (table: string) =>
    sql`(select distinct container from ${sql.table(table)} where container > ${after} order by container limit ${containersOfBatch})`
  const batch = sql`
    select container from (
      ${part('position')} union ${part('terminal_visit')} union ${part('train_roster_row')} union ${part('container_party')}
    ) as known order by container limit ${containersOfBatch}`
  const columns = { last: sql<string | null>`max(container)` }
  const row = await selectRow(tx, columns, (list) => sql`select ${list} from (${batch}) as batch`)
  const last = row?.last ?? undefined
  return { last, changed: last === undefined ? 0 : await resolveContainers(tx, batch) }
}

/** Stores the parties of all containers in a database of a release that did not. Services start afterwards. */
export async function fillParties(db: Db): Promise<void> {
  const missing = (table: string) => sql`exists (
    select from ${sql.table(table)} as known
    where not exists (select from container_party where container_party.container = known.container))`
  const { rows } = await sql`
    select where ${missing('position')} or ${missing('terminal_visit')} or ${missing('train_roster_row')}`.execute(db)
  if (rows.length > 0) await resolveAll(db)
}
