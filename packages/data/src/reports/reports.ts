import { type InsertObject, sql } from 'kysely'
import { factColumns, isCompanyRemoved } from '../people/access/allowed-people.ts'
import * as groups from '../people/access/groups.ts'
import type { Db } from '../platform/client.ts'
import { begun, nobody, type Start } from '../platform/job-starts.ts'
import { receivesMail } from '../people/email-addresses.ts'
import { languageColumns, languageOf } from '../people/person-language.ts'
import type { DB } from '../schema.generated.ts'

export interface SlotReport {
  readonly subscriptionId: number
  readonly personId: number
  readonly chatId: number
  readonly name: string
  readonly containers: readonly string[]
  /** `YYYY-MM-DD` in the subscription's zone. */
  readonly localDate: string
  /** `HH:MM` in the subscription's zone. */
  readonly slot: string
  readonly plannedAt: Date
  readonly late: boolean
  /** Why this slot gets no report; undefined for one that is to be built. */
  readonly skippedBecause?: string
}

export interface BuiltReport {
  readonly fileName: string
  readonly content: Buffer
  readonly rowCount: number
  readonly missing: readonly string[]
  readonly asOf: Date | undefined
  /** The key of the scope that it covers. */
  readonly builtFor: string
}

/**
 * Asks for a subscription's workbook right now. A repeated update gets the row that it made the first time.
 */
export async function insertOnDemand(
  db: Db,
  ask: {
    readonly personId: number
    readonly chatId: number
    readonly subscriptionId: number
    readonly name: string
    readonly containers: readonly string[]
    readonly updateId: number
  },
): Promise<{ readonly id: number }> {
  return insertAsked(db, { ...ask, kind: 'on_demand' })
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
    readonly updateId: number
  },
): Promise<{ readonly id: number }> {
  return insertAsked(db, { ...ask, kind: 'lookup' })
}

/** A file that is built already, with all that is stored of a person. A repeated update gets the row that it made the first time. */
export async function insertPersonalData(
  db: Db,
  ask: {
    readonly personId: number
    readonly chatId: number
    readonly fileName: string
    readonly content: Buffer
    readonly updateId: number
  },
): Promise<{ readonly id: number }> {
  return insertOnce(db, { ...ask, kind: 'personal_data', containers: [], status: 'built', builtAt: sql<Date>`now()` })
}

/** Whether somebody has had a file of their data made within so many minutes. */
export async function hasPersonalData(
  db: Db,
  personId: number,
  { minutes }: { readonly minutes: number },
): Promise<boolean> {
  const row = await db
    .selectFrom('report')
    .select('id')
    .where('personId', '=', personId)
    .where('kind', '=', 'personal_data')
    .where('createdAt', '>', sql<Date>`now() - make_interval(mins => ${minutes})`)
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

async function insertAsked(
  db: Db,
  ask: {
    readonly kind: 'on_demand' | 'lookup'
    readonly personId: number
    readonly chatId: number
    readonly threadId?: number | undefined
    readonly subscriptionId?: number
    readonly name?: string
    readonly containers: readonly string[]
    readonly trainCode?: string
    readonly updateId: number
  },
): Promise<{ readonly id: number }> {
  return insertOnce(db, { ...ask, containers: [...ask.containers] })
}

async function insertOnce(
  db: Db,
  report: Omit<InsertObject<DB, 'report'>, 'plannedAt'>,
): Promise<{ readonly id: number }> {
  return db
    .insertInto('report')
    .values({ ...report, plannedAt: sql<Date>`now()` })
    .onConflict((conflict) =>
      // Only an update returns the row that is there.
      conflict.column('updateId').doUpdateSet((eb) => ({ updateId: eb.ref('excluded.updateId') })),
    )
    .returning('id')
    .executeTakeFirstOrThrow()
}

/** Records slots of subscriptions, each once for ever; returns the new ones that wait for their workbook. */
export async function insertSlots(
  db: Db,
  slots: readonly SlotReport[],
): Promise<readonly { readonly id: number; readonly subscriptionId: number | null }[]> {
  if (slots.length === 0) return []
  const rows = await db
    .insertInto('report')
    .values(
      slots.map(({ skippedBecause, containers, ...slot }) => ({
        ...slot,
        containers: [...containers],
        kind: 'slot' as const,
        status: skippedBecause === undefined ? ('pending' as const) : ('skipped' as const),
        reason: skippedBecause ?? null,
      })),
    )
    .onConflict((conflict) => conflict.columns(['subscriptionId', 'localDate', 'slot']).doNothing())
    .returning(['id', 'subscriptionId', 'status'])
    .execute()
  return rows.filter(({ status }) => status === 'pending').map(({ id, subscriptionId }) => ({ id, subscriptionId }))
}

/**
 * Writes down that building starts and returns what to build and for whom; undefined when the report does not wait any more.
 */
export async function beginBuilding(db: Db, id: number, start: Start = nobody) {
  const row = await db
    .updateTable('report')
    .set(begun(start))
    .where('id', '=', id)
    .where('status', '=', 'pending')
    .returning([
      'id',
      'kind',
      'personId',
      'chatId',
      'threadId',
      'subscriptionId',
      'name',
      'containers',
      'trainCode',
      'localDate',
      'companyId',
      'slot',
      'plannedAt',
      'late',
      'attempts',
    ])
    .returning(sql<Date>`now()`.as('now'))
    .executeTakeFirst()
  if (!row) return undefined
  const reader = await db
    .selectFrom('person')
    .leftJoin('subscription', (join) => join.on('subscription.id', '=', row.subscriptionId))
    .select([...languageColumns, ...factColumns])
    .select(isCompanyRemoved('person').as('isCompanyRemoved'))
    .select('subscription.zone as zone')
    .select(
      sql<number[]>`array(select id from email_address where person_id = person.id and ${receivesMail} order by id)`.as(
        'emailAddressIds',
      ),
    )
    .where('person.id', '=', row.personId)
    .executeTakeFirstOrThrow()
  return {
    ...row,
    threadId: row.threadId ?? undefined,
    name: row.name ?? undefined,
    trainCode: row.trainCode ?? undefined,
    localDate: row.localDate ?? undefined,
    companyId: row.companyId ?? undefined,
    slot: row.slot ?? undefined,
    language: languageOf(reader),
    emailAddressIds: reader.emailAddressIds,
    zone: reader.zone ?? undefined,
    reader,
    /** Undefined for a report that goes to its reader alone. */
    group: await groups.factsOf(db, row.chatId),
  }
}

/** Stores the workbook of a report that still waits; false when somebody else was first. */
export async function finishBuilding(db: Db, id: number, built: BuiltReport): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('report')
    .set({
      ...built,
      missing: [...built.missing],
      asOf: built.asOf ?? null,
      status: 'built',
      builtAt: sql<Date>`now()`,
    })
    .where('id', '=', id)
    .where('status', '=', 'pending')
    .executeTakeFirst()
  return numUpdatedRows > 0n
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
