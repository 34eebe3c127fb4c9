import type { Db } from '../platform/client.ts'
import { assignContainers } from './assign-containers.ts'

/** Assigns the movements of a workbook that are on no trip yet. Returns the containers whose trips may have changed. */
export async function assignNewMovements(tx: Db, workbookId: number): Promise<readonly string[]> {
  const rows = await tx
    .selectFrom('movement')
    .select('container')
    .distinct()
    .where('workbookId', '=', workbookId)
    .where('tripId', 'is', null)
    .orderBy('container')
    .execute()
  const containers = rows.map(({ container }) => container)
  await assignContainers(tx, containers)
  return containers
}
