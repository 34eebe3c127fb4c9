import { sql } from 'kysely'
import { isCompanyRemoved } from '../people/access/allowed-people.ts'
import * as groups from '../people/access/groups.ts'
import type { Db } from '../platform/client.ts'
import { begun, nobody, type Start } from '../platform/job-starts.ts'
import { insertOnce } from './insert-once.ts'
import {
  readerColumns,
  receivingAddresses,
  toWaitingReport,
  waitingColumns,
  type WaitingReport,
} from './waiting-report.ts'

export { insertForTargets, insertSlots, type SlotReport, type TargetReport } from './slot-reports.ts'

export interface BuiltReport {
  readonly fileName: string
  readonly content: Buffer
  readonly rowCount: number
  readonly missing: readonly string[]
  readonly asOf: Date | undefined
  /** The key of the scope that it covers. */
  readonly builtFor: string
}

/** A subscription whose workbook somebody asks for, in their own chat. */
export interface AskedSubscription {
  readonly personId: number
  readonly chatId: number
  readonly subscriptionId: number
  readonly name: string
  readonly updateId: number
}

/** Asks for a subscription's workbook right now. A repeated update gets the row that it made the first time. */
export async function insertOnDemand(db: Db, ask: AskedSubscription): Promise<{ readonly id: number }> {
  return insertOnce(db, { ...ask, kind: 'on_demand', containers: listOf(ask.subscriptionId) })
}

/** Asks for the workbook as the next slot will send it, for oneself: it is no slot. */
export async function insertRehearsal(
  db: Db,
  ask: AskedSubscription & { readonly slotAt: Date },
): Promise<{ readonly id: number }> {
  const { slotAt: plannedAt, ...row } = ask
  return insertOnce(db, { ...row, kind: 'rehearsal', containers: listOf(ask.subscriptionId), plannedAt })
}

/** As `insertRehearsal`, for somebody on the command line: the workbook is stored, and neither it nor a notice is sent to anybody. */
export async function insertUnsentRehearsal(
  db: Db,
  ask: Omit<AskedSubscription, 'updateId'> & { readonly slotAt: Date },
): Promise<{ readonly id: number }> {
  const { slotAt: plannedAt, ...row } = ask
  return insertOnce(db, {
    ...row,
    kind: 'rehearsal',
    containers: listOf(ask.subscriptionId),
    plannedAt,
    isUnsent: true,
  })
}

/** How a report stands, with the size of its workbook where there is one. */
export async function findState(db: Db, id: number) {
  return db
    .selectFrom('report')
    .select(['id', 'status', 'reason', 'fileName', 'rowCount'])
    .select(sql<number>`coalesce(octet_length(content), 0)`.as('size'))
    .where('id', '=', id)
    .executeTakeFirst()
}

/**
 * Asks for the workbook of a past moment. It is about the containers of the slot that was sent then, where there was one, else about
 * those of today.
 */
export async function insertPast(
  db: Db,
  ask: AskedSubscription & { readonly stateAt: Date },
): Promise<{ readonly id: number }> {
  const { subscriptionId, stateAt } = ask
  const containers = sql<string[]>`coalesce((
    select containers from report
    where subscription_id = ${subscriptionId} and kind = 'slot' and planned_at = ${stateAt} and containers <> '{}'
    order by id limit 1
  ), ${listOf(subscriptionId)})`
  return insertOnce(db, { ...ask, kind: 'on_demand', containers, plannedAt: stateAt })
}

/** The list of a subscription, in the person's order; empty for another subject, which is resolved when the report is built. */
function listOf(subscriptionId: number) {
  return sql<string[]>`coalesce((
    select array_agg(item.container order by item.place, item.container)
    from subscription_item as item join subscription on subscription.id = item.subscription_id
    where item.subscription_id = ${subscriptionId} and item.left_at is null and subscription.subject = 'containers'
  ), '{}')`
}

/** Asks for a workbook that answers a question. A repeated update gets the row that it made the first time. */
export async function insertLookup(
  db: Db,
  ask: {
    readonly personId: number
    readonly chatId: number
    /** The topic of a group. */
    readonly threadId?: number | undefined
    readonly name?: string
    readonly containers: readonly string[]
    /** The train whose list names them. */
    readonly trainCode?: string
    /** It is passed on to somebody outside. */
    readonly isForClient?: boolean
    readonly updateId: number
  },
): Promise<{ readonly id: number }> {
  return insertOnce(db, { ...ask, kind: 'lookup', containers: [...ask.containers] })
}

/**
 * Writes down that building starts and returns what to build and for whom; undefined when the report does not wait any more.
 */
export async function beginBuilding(db: Db, id: number, start: Start = nobody): Promise<WaitingReport | undefined> {
  const row = await db
    .updateTable('report')
    .set(begun(start))
    .where('id', '=', id)
    .where('status', '=', 'pending')
    .returning(waitingColumns)
    .returning(['companyId', sql<Date>`now()`.as('now')])
    .executeTakeFirst()
  if (!row) return undefined
  const reader = await db
    .selectFrom('person')
    .leftJoin('subscription', (join) => join.on('subscription.id', '=', row.subscriptionId))
    .select(readerColumns)
    .select([isCompanyRemoved('person').as('isCompanyRemoved'), receivingAddresses.as('emailAddressIds')])
    .where('person.id', '=', row.personId)
    .executeTakeFirstOrThrow()
  return toWaitingReport(row, reader, await groups.factsOf(db, row.chatId))
}

/** Records what a report that still waits is about, once its subject is resolved. */
export async function recordContainers(db: Db, id: number, containers: readonly string[]): Promise<void> {
  await db
    .updateTable('report')
    .set({ containers: [...containers] })
    .where('id', '=', id)
    .where('status', '=', 'pending')
    .execute()
}

/** Gives up a report that still waits, or skips one that is for nobody; false when it does not wait any more. */
export async function end(
  db: Db,
  id: number,
  ending: { readonly status: 'failed' | 'skipped'; readonly reason: string },
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('report')
    .set(ending)
    .where('id', '=', id)
    .where('status', '=', 'pending')
    .executeTakeFirst()
  return numUpdatedRows > 0n
}
