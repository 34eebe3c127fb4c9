import type { WayOperation } from '@atermtrack/domain'
import { sql } from 'kysely'
import type { Db } from '../platform/client.ts'
import { isVisible, type Scope } from '../visibility/visibility.ts'

/** More operations has no trip; of one that has, the newest count. */
const mostOperations = 2_000

/**
 * The operations of the present trip of a container in the order of their times; none when it is not in scope. Kilometres under a
 * consignment to another station count to that one, and are left out.
 */
export async function list(db: Db, container: string, scope: Scope): Promise<readonly WayOperation[]> {
  const rows = await db
    .selectFrom('position')
    .innerJoin('movement', (join) =>
      join
        .onRef('movement.container', '=', 'position.container')
        .onRef('movement.tripId', '=', 'position.tripId')
        .onRef('movement.operatedAt', '<=', 'position.operatedAt'),
    )
    .innerJoin('station', 'station.id', 'movement.stationId')
    .leftJoin('consignment', 'consignment.key', 'movement.consignmentKey')
    .select(['station.name as station', 'movement.operatedAt as at'])
    .select(
      sql<number | null>`case when coalesce(consignment.destination_station_id, position.destination_station_id)
        is not distinct from position.destination_station_id then movement.km_left end`.as('kmLeft'),
    )
    .where('position.container', '=', container)
    .where(isVisible(scope, sql.ref('position.container')))
    .orderBy('movement.operatedAt', 'desc')
    .orderBy('movement.stamp', 'desc')
    .orderBy('movement.operationId')
    .orderBy('movement.stationId')
    .limit(mostOperations)
    .execute()
  return rows.toReversed().map(({ station, at, kmLeft }) => ({ station, at, kmLeft: kmLeft ?? undefined }))
}
