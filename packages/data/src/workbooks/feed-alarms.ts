import { sql } from 'kysely'
import type { Db } from '../platform/client.ts'
import { acceptedStatuses } from './accepted.ts'
import { selectRow } from '../platform/statements/typed-rows.ts'

/** Names of the alarms that were raised and not yet cleared. */
export async function listRaised(db: Db): Promise<ReadonlySet<string>> {
  const rows = await db.selectFrom('feedAlarm').select('name').execute()
  return new Set(rows.map(({ name }) => name))
}

/** Raises an alarm; false when it is raised already, and then another process has sent the notice. */
export async function raise(tx: Db, name: string): Promise<boolean> {
  const row = await tx
    .insertInto('feedAlarm')
    .values({ name })
    .onConflict((conflict) => conflict.doNothing())
    .returning('name')
    .executeTakeFirst()
  return row !== undefined
}

/** Clears an alarm; false when it is not raised any more. */
export async function clear(tx: Db, name: string): Promise<boolean> {
  const row = await tx.deleteFrom('feedAlarm').where('name', '=', name).returning('name').executeTakeFirst()
  return row !== undefined
}

/**
 * The last sign of the railway: the newest mail time of a dislocation report that was recognised, unchanged ones too.
 * Undefined when there never was one.
 */
export async function findLastDislocation(db: Db): Promise<Date | undefined> {
  const { at } = await db
    .selectFrom('workbook')
    .select(
      // Clocks of senders and files may be ahead; what came was there when it was stored.
      sql<Date | null>`max(greatest(least(received_at, created_at),
        case when confirmed_at <= now() then confirmed_at end))`.as('at'),
    )
    .where('kind', '=', 'dislocation')
    .where('status', 'in', [...acceptedStatuses, 'held', 'duplicate'])
    .executeTakeFirstOrThrow()
  return at ?? undefined
}

/** When this system began: nothing can have arrived before. */
export async function findBeginning(db: Db): Promise<Date> {
  const columns = { at: sql<Date | null>`min(timestamp::timestamptz)` }
  const first = await selectRow(db, columns, (list) => sql`select ${list} from kysely_migration`)
  if (!first?.at) throw new Error('no migration was ever applied')
  return first.at
}
