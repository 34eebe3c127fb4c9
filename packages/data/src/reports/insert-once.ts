import { type InsertObject, sql } from 'kysely'
import type { Db } from '../platform/client.ts'
import type { DB } from '../schema.generated.ts'

/** The row of a report to be built. Without containers the subject says what it is about; without `plannedAt` it is planned for now. */
type NewReport = Omit<InsertObject<DB, 'report'>, 'containers' | 'plannedAt'> &
  Partial<Pick<InsertObject<DB, 'report'>, 'containers' | 'plannedAt'>>

/** Asks for a report. A repeated update gets the row that it made the first time. */
export async function insertOnce(db: Db, report: NewReport): Promise<{ readonly id: number }> {
  return db
    .insertInto('report')
    .values({ ...report, containers: report.containers ?? [], plannedAt: report.plannedAt ?? sql<Date>`now()` })
    .onConflict((conflict) =>
      // Only an update returns the row that is there.
      conflict.column('updateId').doUpdateSet((eb) => ({ updateId: eb.ref('excluded.updateId') })),
    )
    .returning('id')
    .executeTakeFirstOrThrow()
}
