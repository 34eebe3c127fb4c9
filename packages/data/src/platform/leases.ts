import { sql } from 'kysely'
import type { Db } from './client.ts'

/** Claims or renews a right for so many seconds; false while somebody else holds it. The database's clock decides. */
export async function hold(
  db: Db,
  name: string,
  { holder, seconds }: { readonly holder: string; readonly seconds: number },
): Promise<boolean> {
  const expiresAt = sql<Date>`now() + make_interval(secs => ${seconds})`
  const row = await db
    .insertInto('lease')
    .values({ name, holder, expiresAt })
    .onConflict((conflict) =>
      conflict
        .column('name')
        .doUpdateSet({ holder, expiresAt })
        .where((eb) => eb.or([eb('lease.holder', '=', holder), eb('lease.expiresAt', '<', sql<Date>`now()`)])),
    )
    .returning('name')
    .executeTakeFirst()
  return row !== undefined
}

/** Releases a right, so that the next holder need not wait for it to lapse. */
export async function release(db: Db, name: string, holder: string): Promise<void> {
  await db.deleteFrom('lease').where('name', '=', name).where('holder', '=', holder).execute()
}
