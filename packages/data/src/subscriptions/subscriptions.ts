import type { ListItem, SubscriptionSubject } from '@atermtrack/domain'
import { sql } from 'kysely'
import type { Db } from '../platform/client.ts'
import * as items from './subscription-items.ts'
import * as templates from './subscription-templates.ts'

/** The choices of a person about a subscription. */
export interface SubscriptionSettings {
  readonly name: string
  readonly subject: SubscriptionSubject
  /** The code of the train, the client, the station or the question; null for a list and a company. */
  readonly subjectText: string | null
  /** Of a subscription to a company; null for everything that its owner sees. */
  readonly companyId: number | null
  /** Local times `HH:MM` in `zone`. */
  readonly slots: readonly string[]
  /** ISO days, Monday is 1. */
  readonly weekdays: readonly number[]
  readonly zone: string
  readonly onlyChanges: boolean
  /** Whether a slot without a row sends a message. */
  readonly reportsEmpty: boolean
  /** Whether its workbooks hold a picture of where the containers are. */
  readonly showsPicture: boolean
  readonly pausedAt: Date | null
  /** Null while paused: until the person resumes it. */
  readonly pausedUntil: Date | null
  readonly rowOrder: 'own' | 'train'
  /** Names of the columns of its table in the person's order; null for the usual ones. */
  readonly columns: readonly string[] | null
  /** Null for the usual kinds of events. */
  readonly eventKinds: readonly string[] | null
  readonly eventTiming: 'at_once' | 'digest' | 'never'
  readonly digestSlots: readonly string[]
  /** Null: containers stay after their trips. */
  readonly leavesAfterDays: number | null
  readonly nextDueAt: Date
}

export interface Subscription extends SubscriptionSettings {
  readonly id: number
  readonly personId: number
  readonly isWatchList: boolean
  /** Of a subscription to a company; null for one that is removed, too. */
  readonly companyName: string | null
  /** Of a subscription to a destination that is stored by its code; null where nothing has named the station. */
  readonly stationName: string | null
  /** Containers on the list, those that have left it not counted; 0 for another subject. */
  readonly size: number
}

export interface NewSubscription
  extends
    Pick<SubscriptionSettings, 'name' | 'slots' | 'zone' | 'nextDueAt'>,
    Partial<Omit<SubscriptionSettings, 'name' | 'slots' | 'zone' | 'nextDueAt'>> {
  readonly personId: number
  /** In the person's order. */
  readonly items: readonly (Pick<ListItem, 'note' | 'orderNumber'> & { readonly container: string })[]
  readonly createdUpdateId: number
}

const columns = [
  'subscription.id',
  'personId',
  'name',
  'subject',
  'subjectText',
  'companyId',
  'slots',
  'weekdays',
  'zone',
  'onlyChanges',
  'reportsEmpty',
  'showsPicture',
  'pausedAt',
  'pausedUntil',
  'columns',
  'eventKinds',
  'digestSlots',
  'leavesAfterDays',
  'nextDueAt',
  'isWatchList',
] as const

/** Adds a subscription with its list; a repeated update gets the one that it made the first time. Needs a transaction. */
export async function insert(tx: Db, subscription: NewSubscription): Promise<{ readonly id: number }> {
  const { items: listed, ...row } = subscription
  const { id, isNew } = await tx
    .insertInto('subscription')
    .values(toRow(row))
    .onConflict((conflict) =>
      // Only an update returns the row that is there.
      conflict.column('createdUpdateId').doUpdateSet((eb) => ({ createdUpdateId: eb.ref('excluded.createdUpdateId') })),
    )
    .returning(['id', sql<boolean>`xmax = 0`.as('isNew')])
    .executeTakeFirstOrThrow()
  if (isNew) await items.add(tx, id, listed)
  return { id }
}

/** One page of a person's subscriptions, oldest first, and how many there are in all. */
export async function list(
  db: Db,
  personId: number,
  { offset, limit }: { readonly offset: number; readonly limit: number },
): Promise<{ readonly total: number; readonly rows: readonly Subscription[] }> {
  const rows = await select(db)
    .select(sql<number>`count(*) over ()`.as('total'))
    .where('personId', '=', personId)
    .orderBy('subscription.id')
    .offset(offset)
    .limit(limit)
    .execute()
  return { total: rows[0]?.total ?? 0, rows: rows.map(({ total: _total, ...row }) => row) }
}

/** A person's own subscription; undefined when it is somebody else's or deleted. */
export async function find(db: Db, id: number, personId: number): Promise<Subscription | undefined> {
  return select(db).where('subscription.id', '=', id).where('personId', '=', personId).executeTakeFirst()
}

/** A subscription of anybody; undefined when it is deleted. */
export async function findOfAnybody(db: Db, id: number): Promise<Subscription | undefined> {
  return select(db).where('subscription.id', '=', id).executeTakeFirst()
}

/** Changes what is named and leaves the rest; false when it is somebody else's or deleted. */
export async function change(
  db: Db,
  id: number,
  personId: number,
  settings: Partial<SubscriptionSettings>,
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('subscription')
    .set(toRow(settings))
    .where('id', '=', id)
    .where('personId', '=', personId)
    .where('deletedAt', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/** Adds a copy with the list and every choice; its reports go to its owner alone. Undefined when there is nothing to copy. */
export async function copy(
  tx: Db,
  id: number,
  personId: number,
  { name, createdUpdateId }: { readonly name: string; readonly createdUpdateId: number },
): Promise<{ readonly id: number } | undefined> {
  const original = await find(tx, id, personId)
  if (!original) return undefined
  const {
    id: _id,
    size: _size,
    isWatchList: _isWatchList,
    companyName: _companyName,
    stationName: _stationName,
    ...settings
  } = original
  const made = await insert(tx, { ...settings, name, items: [], createdUpdateId })
  await items.copy(tx, { from: id, to: made.id })
  await templates.copy(tx, { from: id, to: made.id })
  return made
}

/** Ends a person's own subscription; its reports stay. Returns its name, or undefined when there is none to end. */
export async function remove(db: Db, id: number, personId: number): Promise<string | undefined> {
  const row = await db
    .updateTable('subscription')
    .set({ deletedAt: sql<Date>`now()` })
    .where('id', '=', id)
    .where('personId', '=', personId)
    .where('deletedAt', 'is', null)
    .returning('name')
    .executeTakeFirst()
  return row?.name
}

/**
 * Takes back that a person ended their subscription, within a day. It goes on with `nextDueAt`; what it missed is missed. Undefined
 * when there is nothing to take back, or a watch list has begun since.
 */
export async function restore(db: Db, id: number, personId: number, nextDueAt: Date): Promise<string | undefined> {
  const row = await db
    .updateTable('subscription')
    .set({ deletedAt: null, nextDueAt })
    .where('id', '=', id)
    .where('personId', '=', personId)
    .where('deletedAt', '>', sql<Date>`now() - interval '1 day'`)
    .where((eb) =>
      eb.or([
        eb('isWatchList', '=', false),
        eb.not(
          eb.exists(
            eb
              .selectFrom('subscription as other')
              .select('other.id')
              .where('other.personId', '=', personId)
              .where('other.isWatchList', '=', true)
              .where('other.deletedAt', 'is', null),
          ),
        ),
      ]),
    )
    .returning('name')
    .executeTakeFirst()
  return row?.name
}

/** One that was ended within a day, for the choice of its next slot; without a person, anybody's. */
export async function findRemoved(db: Db, id: number, personId: number | undefined) {
  return db
    .selectFrom('subscription')
    .select(['slots', 'weekdays', 'zone', 'pausedUntil', 'personId'])
    .where('id', '=', id)
    .$if(personId !== undefined, (query) => query.where('personId', '=', personId ?? 0))
    .where('deletedAt', '>', sql<Date>`now() - interval '1 day'`)
    .executeTakeFirst()
}

/** How many subscriptions a person has. */
export async function count(db: Db, personId: number): Promise<number> {
  const { total } = await db
    .selectFrom('subscription')
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .where('personId', '=', personId)
    .where('deletedAt', 'is', null)
    .executeTakeFirstOrThrow()
  return total
}

function select(db: Db) {
  return db
    .selectFrom('subscription')
    .select(columns)
    .select([
      sql<SubscriptionSettings['rowOrder']>`row_order`.as('rowOrder'),
      sql<SubscriptionSettings['eventTiming']>`event_timing`.as('eventTiming'),
      sql<string | null>`(select company.name from company
        where company.id = subscription.company_id and company.deleted_at is null)`.as('companyName'),
      sql<string | null>`case when subject = 'destination' then (
        select station.name from station where station.code = subject_text limit 1) end`.as('stationName'),
      sql<number>`(select count(*) from subscription_item as item
        where item.subscription_id = subscription.id and item.left_at is null)`.as('size'),
    ])
    .where('deletedAt', 'is', null)
}

/** The database takes arrays that can be changed. */
function toRow<Settings extends Partial<SubscriptionSettings>>(settings: Settings) {
  const { slots, weekdays, eventKinds, digestSlots, columns: chosen, ...rest } = settings
  return {
    ...rest,
    ...(slots && { slots: [...slots] }),
    ...(weekdays && { weekdays: [...weekdays] }),
    ...(digestSlots && { digestSlots: [...digestSlots] }),
    ...(eventKinds !== undefined && { eventKinds: eventKinds && [...eventKinds] }),
    ...(chosen !== undefined && { columns: chosen && [...chosen] }),
  } as Omit<Settings, 'slots' | 'weekdays' | 'eventKinds' | 'digestSlots' | 'columns'> & {
    slots: string[]
    weekdays?: number[]
    digestSlots?: string[]
    eventKinds?: string[] | null
    columns?: string[] | null
  }
}
