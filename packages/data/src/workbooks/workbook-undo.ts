import { type NotNull, sql } from 'kysely'
import type { Db } from '../platform/client.ts'
import { revive } from '../positions/live-positions.ts'
import { acceptedStatuses } from './accepted.ts'
import { selectRow } from '../platform/statements/typed-rows.ts'

/** A workbook whose import can be undone; undefined when it is not accepted. */
export async function findAccepted(db: Db, id: number) {
  return accepted(db, id).executeTakeFirst()
}

/** Locks an accepted workbook for the rest of the transaction; undefined when it is none. */
export async function claimAccepted(tx: Db, id: number) {
  return accepted(tx, id).forUpdate().executeTakeFirst()
}

function accepted(db: Db, id: number) {
  return db
    .selectFrom('workbook')
    .select(['id', 'kind', 'sourceId', 'fileName', 'stamp'])
    .where('id', '=', id)
    .where('status', 'in', acceptedStatuses)
    .where('kind', 'is not', null)
    .$narrowType<{ kind: NotNull }>()
}

/** The person who asked last for an import to be undone; undefined when it was somebody on the command line. */
export async function findRequester(db: Db, id: number) {
  return db
    .selectFrom('audit')
    .innerJoin('person', 'person.id', 'audit.actorId')
    .select('person.telegramId')
    .where('object', '=', `workbook:${id}`)
    .where('action', '=', 'workbook.undo_requested')
    .orderBy('audit.id', 'desc')
    .limit(1)
    .executeTakeFirst()
}

/** Records why an undo does not succeed; undefined when that was recorded before, or nobody waits for it any more. */
export async function recordFailure(tx: Db, id: number, detail: string) {
  return tx
    .updateTable('workbook')
    .set({ reasonDetail: detail })
    .where('id', '=', id)
    .where('status', 'in', acceptedStatuses)
    .where('reason', '=', 'undo_requested')
    .where('reasonDetail', 'is', null)
    .where('kind', 'is not', null)
    .returning(['id', 'kind', 'fileName'])
    .$narrowType<{ kind: NotNull }>()
    .executeTakeFirst()
}

/**
 * Marks an import as undone: the workbook waits for an admin again, and reports of its source that were history only because
 * of it count as new ones.
 */
export async function markUndone(
  tx: Db,
  { id, sourceId }: { readonly id: number; readonly sourceId: number | null },
): Promise<void> {
  await tx
    .updateTable('workbook')
    .set({ status: 'quarantined', reason: 'undone', reasonDetail: null })
    .where('id', '=', id)
    .execute()
  if (sourceId === null) return
  await sql`
    update workbook as report set status = 'imported', reason = null
    where source_id = ${sourceId} and status = 'history_only' and reason = 'older_stamp' and not exists (
      select 1 from workbook as earlier
      where earlier.source_id = report.source_id and earlier.status = 'imported'
        and earlier.stamp > report.stamp and earlier.id < report.id
    )`.execute(tx)
  await revive(tx, sourceId)
}

/** The containers of an undone report, by what became of them. */
export interface Withdrawal {
  /** Those that other reports mention. */
  readonly restored: number
  readonly forgotten: number
}

/** Counts the containers of an undone report that other reports still mention, and the rest. */
export async function countLeft(tx: Db, id: number): Promise<Withdrawal> {
  const columns = {
    restored: sql<number>`count(position.container)::int`,
    forgotten: sql<number>`count(*)::int - count(position.container)::int`,
  }
  const left = await selectRow(
    tx,
    columns,
    (list) => sql`
      select ${list} from (select unnest(containers) as container from workbook where id = ${id}) as undone
      left join position using (container)`,
  )
  return left ?? { restored: 0, forgotten: 0 }
}
