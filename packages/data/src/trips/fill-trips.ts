import { sql } from 'kysely'
import type { Db } from '../platform/client.ts'
import { lockDislocationImports } from '../positions/import/dislocation-import.ts'
import { labelStations } from '../positions/import/station-labels.ts'
import { rebuildTrips } from './rebuild-trips.ts'
import { selectRows } from '../platform/statements/typed-rows.ts'

/** Imports wait no longer than for this many containers. */
const batchSize = 500

/** For as long two releases may have run side by side. */
const recentDays = 8

/**
 * Builds the trips of containers that an older release has stored, in short transactions. Returns how many containers these were.
 * Their positions and movements stay readable all the while.
 */
export async function fillTrips(db: Db, { signal }: { readonly signal?: AbortSignal } = {}): Promise<number> {
  let filled = 0
  for (let after = ''; ;) {
    signal?.throwIfAborted()
    const containers = await listUnfilled(db, after)
    const last = containers.at(-1)
    if (last === undefined) return filled
    await db.transaction().execute(async (tx) => {
      await lockDislocationImports(tx)
      await labelStations(tx)
      await rebuildTrips(tx, containers)
    })
    filled += containers.length
    after = last
  }
}

async function listUnfilled(db: Db, after: string): Promise<readonly string[]> {
  const rows = await selectRows(
    db,
    { container: sql<string>`container` },
    (list) => sql`
    select ${list} from (
    (select container from position where container > ${after} and (trip_id is null or is_abandoned is null)
      order by container limit ${batchSize})
    union
    (select container from movement where container > ${after} and trip_id is null and workbook_id in (
      select id from workbook where received_at > now() - make_interval(days => ${recentDays}))
    order by container limit ${batchSize})
    ) as unfilled order by container limit ${batchSize}`,
  )
  return rows.map(({ container }) => container)
}
