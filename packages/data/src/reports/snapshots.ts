import type { StoredState } from '@atermtrack/domain'
import { sql } from 'kysely'
import type { Db } from '../platform/client.ts'

/** The statements of a slot's report to one reader of a subscription. */
export interface Snapshot {
  readonly subscriptionId: number
  readonly chatId: number
  readonly threadId: number | undefined
  readonly reportId: number
  readonly rows: readonly StoredState[]
}

/** The newest may be built again, and is then compared with the one before. */
const kept = 2

/** Stores what reports of slots say, in the transaction that stores them; older snapshots of the same readers are deleted. */
export async function store(tx: Db, snapshots: readonly Snapshot[]): Promise<void> {
  if (snapshots.length === 0) return
  await tx
    .insertInto('subscriptionSnapshot')
    .values(
      snapshots.map(({ rows, threadId, ...snapshot }) => ({
        ...snapshot,
        threadId: threadId ?? 0,
        rows: JSON.stringify(rows),
      })),
    )
    .onConflict((conflict) =>
      conflict
        .columns(['subscriptionId', 'chatId', 'threadId', 'reportId'])
        .doUpdateSet((eb) => ({ rows: eb.ref('excluded.rows'), takenAt: eb.ref('excluded.takenAt') })),
    )
    .execute()
  const ids = snapshots.map(({ subscriptionId }) => subscriptionId)
  await sql`
    delete from subscription_snapshot as old using (
      select subscription_id, chat_id, thread_id, report_id,
        row_number() over (partition by subscription_id, chat_id, thread_id order by taken_at desc, report_id desc) as age
      from subscription_snapshot where subscription_id = any(${ids}::bigint[])
    ) as ranked
    where ranked.age > ${kept} and (old.subscription_id, old.chat_id, old.thread_id, old.report_id)
      = (ranked.subscription_id, ranked.chat_id, ranked.thread_id, ranked.report_id)`.execute(tx)
}

/** Deletes at most `limit` snapshots of subscriptions that were deleted so many days ago; returns how many these were. */
export async function deleteOrphans(
  db: Db,
  { days, limit }: { readonly days: number; readonly limit: number },
): Promise<number> {
  const { numAffectedRows = 0n } = await sql`
    delete from subscription_snapshot where (subscription_id, chat_id, thread_id, report_id) in (
      select subscription_id, chat_id, thread_id, report_id
      from subscription_snapshot as said join subscription on subscription.id = said.subscription_id
      where subscription.deleted_at < now() - make_interval(days => ${days})
      limit ${limit})`.execute(db)
  return Number(numAffectedRows)
}
