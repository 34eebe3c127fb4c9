import { sql } from 'kysely'
import type { Db } from '../platform/client.ts'
import { selectRows } from '../platform/statements/typed-rows.ts'
import { sourceStates } from '../positions/live-positions.ts'
import { isAccepted } from '../workbooks/accepted.ts'

/** The newest source of what a subscription is about, and when it last arrived, unchanged copies included. */
export interface SourceFreshness {
  /** Undefined for a file that belongs to no source. */
  readonly sourceId: number | undefined
  readonly heardAt: Date
}

/** Of each list the source that was heard last among those of its containers. A list of unknown containers has no entry. */
export async function findOfLists(
  db: Db,
  subscriptionIds: readonly number[],
): Promise<ReadonlyMap<number, SourceFreshness>> {
  if (subscriptionIds.length === 0) return new Map()
  const columns = {
    subscriptionId: sql<number>`item.subscription_id`,
    sourceId: sql<number | null>`workbook.source_id`,
    heardAt: sql<Date>`coalesce(source_state.heard_at, workbook.stamp)`,
  }
  const rows = await selectRows(
    db,
    columns,
    (list) => sql`
    with ${sourceStates}
    select distinct on (item.subscription_id) ${list} from subscription_item as item
    join position on position.container = item.container
    join workbook on workbook.id = position.workbook_id
    left join source_state on source_state.source_id = workbook.source_id
    where item.subscription_id = any(${subscriptionIds}::bigint[]) and item.left_at is null
    order by item.subscription_id, ${columns.heardAt} desc`,
  )
  return new Map(
    rows.map(({ subscriptionId, sourceId, heardAt }) => [subscriptionId, { sourceId: sourceId ?? undefined, heardAt }]),
  )
}

/** The source of the railway's reports that was heard last; undefined when nothing ever came. */
export async function findNewest(db: Db): Promise<SourceFreshness | undefined> {
  const row = await db
    .selectFrom('workbook')
    .select('sourceId')
    .select(sql<Date>`greatest(stamp, confirmed_at)`.as('heardAt'))
    .where('kind', '=', 'dislocation')
    .where('stamp', 'is not', null)
    .where(isAccepted())
    .orderBy(sql`greatest(stamp, confirmed_at) desc`)
    .limit(1)
    .executeTakeFirst()
  return row && { sourceId: row.sourceId ?? undefined, heardAt: row.heardAt }
}
