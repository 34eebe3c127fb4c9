import { sql } from 'kysely'
import type { Db } from '../platform/client.ts'
import { assignContainers } from './assign-containers.ts'

/** Assigns the movements of a workbook that are on no trip yet. Returns the containers whose trips may have changed. */
export async function assignNewMovements(tx: Db, workbookId: number): Promise<readonly string[]> {
  const { rows } = await sql<{ container: string }>`
    select distinct container from movement where workbook_id = ${workbookId} and trip_id is null
    order by container`.execute(tx)
  const containers = rows.map(({ container }) => container)
  await assignContainers(tx, containers)
  return containers
}
