import { sql } from 'kysely'
import type { Db } from '../platform/client.ts'
import { assignContainers } from './assign-containers.ts'
import { refreshTrips } from './refresh-trips.ts'

/** Builds the trips of some containers again from their movements and positions, after `lockDislocationImports`. */
export async function rebuildTrips(tx: Db, containers: readonly string[]): Promise<void> {
  await assignContainers(tx, containers)
  await refreshTrips(tx, sql`select unnest(${containers}::text[]) as container`)
}
