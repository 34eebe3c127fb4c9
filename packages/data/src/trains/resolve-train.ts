import { type RawBuilder, sql } from 'kysely'
import type { Db } from '../platform/client.ts'
import { resolveContainers } from '../visibility/container-parties.ts'
import { lockParties } from '../visibility/parties.ts'
import { layMoves } from './lay-moves.ts'
import { resolveRosters } from './newest-lists.ts'

/** Another list of a train counts now, for all containers that any list of it holds. */
export async function resolveTrain(tx: Db, containers: RawBuilder<unknown>): Promise<void> {
  await lockParties(tx)
  await layMoves(tx, containers)
  await resolveRosters(tx, containers)
  await resolveContainers(tx, containers)
}

/** The containers that any list of a train holds, and those that were moved to the train or from it. */
export function containersOfTrain(code: string): RawBuilder<unknown> {
  return sql`
    select line.container from train_roster as list join train_roster_row as line on line.workbook_id = list.workbook_id
    where list.train_code = ${code}
    union select container from train_move where from_code = ${code} or to_code = ${code}`
}
