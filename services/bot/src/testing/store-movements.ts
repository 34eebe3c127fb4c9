import { type Db, rebuildTrips } from '@atermtrack/data'
import type { WallTime } from '@atermtrack/domain'

export interface StoredMovement {
  readonly container?: string
  readonly operatedAt: Date
  readonly station: string
  readonly operation?: string
  readonly waybill?: string | null
  readonly tripStartedAt?: Date | null
  readonly kmLeft?: number | null
}

/** Stores movements of containers as events of the stored reports, in Moscow time. */
export async function storeMovements(db: Db, movements: readonly StoredMovement[]): Promise<void> {
  const { id: workbookId } = await db.selectFrom('workbook').select('id').executeTakeFirstOrThrow()
  for (const movement of movements) {
    const { container = 'MSKU6011672', operatedAt, station, operation = 'Проследование', ...rest } = movement
    const wall = new Date(operatedAt.getTime() + 3 * 3_600_000).toISOString().slice(0, 19)
    await db
      .insertInto('movement')
      .values({
        container,
        operatedAt,
        operatedWall: wall as WallTime,
        operationId: await storeOperation(db, operation),
        stationId: await storeStation(db, station),
        stamp: operatedAt,
        workbookId,
        waybill: 'ЭФ038927',
        ...rest,
      })
      .execute()
  }
  const containers = movements.map(({ container = 'MSKU6011672' }) => container)
  await db.transaction().execute((tx) => rebuildTrips(tx, containers))
}

async function storeOperation(db: Db, name: string): Promise<number> {
  const { id } = await db
    .insertInto('operation')
    .values({ name })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ name }))
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

/** Reuses the station of that name if there is one. */
async function storeStation(db: Db, name: string): Promise<number> {
  const known = await db.selectFrom('station').select('id').where('name', '=', name).executeTakeFirst()
  if (known) return known.id
  const { id } = await db.insertInto('station').values({ key: name, name }).returning('id').executeTakeFirstOrThrow()
  return id
}
