import type { StoredState } from '@atermtrack/domain'
import { sql } from 'kysely'
import type { Db } from '../platform/client.ts'

/** The choices of a subscription that its report follows, the person's own words, and what the last report said. */
export interface ReportChoices {
  readonly rowOrder: 'own' | 'train'
  /** Names of columns in the person's order; null for the usual ones. */
  readonly columns: readonly string[] | null
  /** Nothing is sent when nothing has changed. */
  readonly onlyChanges: boolean
  /** A report without a container is sent all the same. */
  readonly reportsEmpty: boolean
  /** The workbook holds a picture of where the containers are. */
  readonly showsPicture: boolean
  /** Of the containers that the person has written something about. */
  readonly items: readonly NotedItem[]
  /** The last report of a slot to the same reader; undefined before the first one. */
  readonly last: { readonly takenAt: Date; readonly rows: readonly StoredState[] } | undefined
}

export interface NotedItem {
  readonly container: string
  readonly note: string | null
  readonly orderNumber: string | null
}

/** The choices for those of `reportIds` that belong to a subscription, in one statement. */
export async function find(db: Db, reportIds: readonly number[]): Promise<ReadonlyMap<number, ReportChoices>> {
  if (reportIds.length === 0) return new Map()
  const rows = await db
    .selectFrom('report')
    .innerJoin('subscription', 'subscription.id', 'report.subscriptionId')
    .leftJoinLateral(
      (eb) =>
        eb
          .selectFrom('subscriptionSnapshot as said')
          .select(['said.takenAt', 'said.rows'])
          .whereRef('said.subscriptionId', '=', 'report.subscriptionId')
          .whereRef('said.chatId', '=', 'report.chatId')
          .where('said.threadId', '=', sql<number>`coalesce(report.thread_id, 0)`)
          .whereRef('said.reportId', '!=', 'report.id')
          .orderBy('said.takenAt', 'desc')
          .orderBy('said.reportId', 'desc')
          .limit(1)
          .as('last'),
      (join) => join.onTrue(),
    )
    .select(['report.id', 'rowOrder', 'columns', 'onlyChanges', 'reportsEmpty', 'showsPicture'])
    .select(['last.takenAt', 'last.rows'])
    .select(
      sql<readonly NotedItem[] | null>`(
        select jsonb_agg(jsonb_build_object('container', item.container, 'note', item.note, 'orderNumber', item.order_number))
        from subscription_item as item
        where item.subscription_id = subscription.id and coalesce(item.note, item.order_number) is not null
      )`.as('items'),
    )
    .where('report.id', '=', sql<number>`any(${reportIds}::bigint[])`)
    .execute()
  return new Map(
    rows.map(({ id, takenAt, rows: said, rowOrder, items, ...choices }) => [
      id,
      {
        ...choices,
        rowOrder: rowOrder === 'train' ? 'train' : 'own',
        items: items ?? [],
        last: takenAt === null ? undefined : { takenAt, rows: said as unknown as readonly StoredState[] },
      },
    ]),
  )
}
