import type { WallTime } from '@atermtrack/domain'
import { sql } from 'kysely'
import type { Db } from '../platform/client.ts'
import { isVisible, type Scope } from '../visibility/visibility.ts'

/** One operation of a container, of this trip or of an earlier one. */
export interface MovementView {
  readonly container: string
  readonly operatedAt: Date
  readonly operatedWall: WallTime
  /** Zone of the wall time. */
  readonly zone: string
  readonly operation: string
  readonly station: string
  readonly roadName: string | null
  readonly tripId: number | null
  readonly tripStartedAt: Date | null
  readonly waybill: string | null
  readonly trainNumber: string | null
  readonly trainIndex: string | null
  readonly wagon: string | null
  readonly kmLeft: number | null
}

/**
 * A part of what those of `containers` in scope have gone through, the newest of each first, and how much there is in all.
 * People of a company do not see trips before the present one: it was somebody else's container then.
 */
export async function list(
  db: Db,
  { containers, scope }: { readonly containers: readonly string[]; readonly scope: Scope },
  { offset, limit }: { readonly offset: number; readonly limit: number },
): Promise<{ readonly total: number; readonly rows: readonly MovementView[] }> {
  const rows = await db
    .selectFrom('movement')
    .innerJoin('operation', 'operation.id', 'movement.operationId')
    .innerJoin('station', 'station.id', 'movement.stationId')
    .leftJoin('workbook', 'workbook.id', 'movement.workbookId')
    .select([
      'movement.container',
      'movement.operatedAt',
      'movement.operatedWall',
      sql<string>`coalesce(workbook.zone, 'Europe/Moscow')`.as('zone'),
      'operation.name as operation',
      'station.name as station',
      'station.roadName',
      'movement.tripId',
      'movement.tripStartedAt',
      'movement.waybill',
      'movement.trainNumber',
      'movement.trainIndex',
      'movement.wagon',
      'movement.kmLeft',
      sql<number>`count(*) over ()`.as('total'),
    ])
    .where('movement.container', '=', sql<string>`any(${containers})`)
    .where(isVisible(scope, sql.ref('movement.container')))
    .where(scope.kind === 'all' ? sql<boolean>`true` : isOnPresentTrip)
    .orderBy('movement.container')
    .orderBy('movement.operatedAt', 'desc')
    .orderBy('movement.stamp', 'desc')
    .orderBy('movement.operationId')
    .orderBy('movement.stationId')
    .offset(offset)
    .limit(limit)
    .execute()
  return {
    total: rows[0]?.total ?? 0,
    rows: rows.map((row) => ({ ...row, operatedWall: row.operatedWall as WallTime })),
  }
}

const isOnPresentTrip = sql<boolean>`exists (
  select 1 from position where position.container = movement.container and position.trip_id = movement.trip_id
)`
