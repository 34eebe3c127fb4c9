import { type NotNull, sql } from 'kysely'
import type { Db } from './client.ts'
import { revive } from './live-positions.ts'

/** Locks a workbook that is part of the picture for the rest of the transaction; undefined when it is none. */
export async function claimAccepted(tx: Db, id: number) {
  return tx
    .selectFrom('workbook')
    .select(['id', 'kind', 'sourceId', 'fileName'])
    .where('id', '=', id)
    .where('status', 'in', ['imported', 'history_only'])
    .where('kind', 'is not', null)
    .$narrowType<{ kind: NotNull }>()
    .forUpdate()
    .executeTakeFirst()
}

/** Who asked last for an import to be undone; undefined when it was somebody on the command line. */
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

/** Notes why an undo does not succeed; undefined when that was noted before, or nobody waits for it any more. */
export async function noteFailure(tx: Db, id: number, detail: string) {
  return tx
    .updateTable('workbook')
    .set({ reasonDetail: detail })
    .where('id', '=', id)
    .where('status', 'in', ['imported', 'history_only'])
    .where('reason', '=', 'undo_requested')
    .where('reasonDetail', 'is', null)
    .where('kind', 'is not', null)
    .returning(['id', 'kind', 'fileName'])
    .$narrowType<{ kind: NotNull }>()
    .executeTakeFirst()
}

/** The other accepted dislocation reports that hold a container of this one, oldest first. */
export async function listSharing(db: Db, id: number) {
  return db
    .selectFrom('workbook')
    .select(['workbook.id', 'fileName', 'stamp', 'contentHash', 'sha256', 'size', 'receivedAt'])
    .where('kind', '=', 'dislocation')
    .where('status', 'in', ['imported', 'history_only'])
    .where('workbook.id', '!=', id)
    .where(sql<boolean>`containers && (select undone.containers from workbook as undone where undone.id = ${id})`)
    .orderBy('stamp')
    .orderBy('workbook.id')
    .execute()
}

/**
 * Takes a workbook out of the picture: it waits for an admin again, and reports of its source that were history only because
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
