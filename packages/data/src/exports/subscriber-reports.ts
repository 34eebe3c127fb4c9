import { sql } from 'kysely'
import { fullName } from '../people/names.ts'
import type { Db } from '../platform/client.ts'
import { insertOnce } from '../reports/insert-once.ts'
import * as reports from '../reports/reports.ts'
import type { WaitingReport } from '../reports/waiting-report.ts'

/** The name under which an export is stored that is one workbook with a sheet for each report of somebody. */
const kind = 'subscriber_reports'

/** Asks for the workbook with the present reports of all subscribers. A repeated update gets the row that it made the first time. */
export async function insertAsked(
  db: Db,
  {
    zone,
    ...ask
  }: {
    readonly personId: number
    readonly chatId: number
    readonly updateId: number
    readonly name: string
    readonly zone: string
  },
): Promise<{ readonly id: number }> {
  return insertOnce(db, { ...ask, kind: 'export', exportKind: kind, exportZone: zone })
}

/** Whether a report that waits is such a workbook. */
export async function isAsked(db: Db, id: number): Promise<boolean> {
  const row = await db.selectFrom('report').select('exportKind').where('id', '=', id).executeTakeFirst()
  return row?.exportKind === kind
}

/** A subscription whose report somebody would get. */
export interface SubscribedReport {
  readonly subscriptionId: number
  readonly name: string
  readonly personId: number
  /** The private chat of its owner. */
  readonly chatId: number
  readonly ownerName: string
  /** The owner gets the report in a workbook of their own. */
  readonly hasTemplate: boolean
}

/** Subscriptions that are not paused, watch lists among them, those of one person together, at most `limit`. */
export async function listSubscribed(
  db: Db,
  { limit }: { readonly limit: number },
): Promise<readonly SubscribedReport[]> {
  return db
    .selectFrom('subscription')
    .innerJoin('person', 'person.id', 'subscription.personId')
    .select(['subscription.id as subscriptionId', 'subscription.name', 'person.id as personId', 'telegramId as chatId'])
    .select(sql<string>`coalesce(${fullName()}, username, telegram_id::text)`.as('ownerName'))
    .select(
      sql<boolean>`exists (select from subscription_template where subscription_id = subscription.id)`.as(
        'hasTemplate',
      ),
    )
    .where('subscription.deletedAt', 'is', null)
    .where('subscription.pausedAt', 'is', null)
    .orderBy('ownerName')
    .orderBy('person.id')
    .orderBy('subscription.id')
    .limit(limit)
    .execute()
}

/**
 * Reads the report that a subscription would send now, as a report that waits. Whatever builds a report reads its row, so it has one until
 * `forget`, and nobody outside this transaction sees it.
 */
export async function begin(tx: Db, subscribed: SubscribedReport): Promise<WaitingReport | undefined> {
  const { ownerName: _ownerName, hasTemplate: _hasTemplate, ...asked } = subscribed
  const { id } = await reports.insertUnsentRehearsal(tx, { ...asked, slotAt: new Date() })
  return reports.beginBuilding(tx, id)
}

/** Deletes what `begin` has made. */
export async function forget(tx: Db, { id }: Pick<WaitingReport, 'id'>): Promise<void> {
  await tx.deleteFrom('report').where('id', '=', id).where('isUnsent', '=', true).execute()
}
