import { accessOf, type Access, type AccessPolicy } from '@atermtrack/domain'
import { sql } from 'kysely'
import { factColumns, isCompanyRemoved } from '../people/access/allowed-people.ts'
import { languageColumns } from '../people/person-language.ts'
import type { Db } from '../platform/client.ts'
import { insertOnce } from '../reports/insert-once.ts'

export {
  type LateTrip,
  type LateTripsAsked,
  listArrivedLate,
  listOverdue,
  listProofs,
  type Proof,
} from './late-trips.ts'
export { findSourceRows, type SourceRow } from './row-numbers.ts'

/** The subject of a register. */
export interface RegisterAsk {
  readonly personId: number
  readonly chatId: number
  /** The topic of a group. */
  readonly threadId?: number | undefined
  readonly name: string
  /** First day of the month, `YYYY-MM-01`; undefined for a train in all months. */
  readonly month: string | undefined
  readonly trainCode?: string | undefined
  /** Of those whose containers the reader sees. */
  readonly companyId?: number | undefined
}

/** Asks for a register. A repeated update gets the row that it made the first time. */
export async function insertAsked(
  db: Db,
  { month, ...ask }: RegisterAsk & { readonly updateId: number },
): Promise<{ readonly id: number }> {
  return insertOnce(db, { ...ask, kind: 'late_register', localDate: month ?? null })
}

/** Writes a register that nobody asked for at this moment; who calls it sees to it that it is written once. */
export async function insertPlanned(db: Db, { month, ...ask }: RegisterAsk): Promise<{ readonly id: number }> {
  return db
    .insertInto('report')
    .values({ ...ask, kind: 'late_register', containers: [], localDate: month ?? null, plannedAt: sql<Date>`now()` })
    .returning('id')
    .executeTakeFirstOrThrow()
}

/** The wishes of a person for registers without asking. */
export interface RegisterWishes {
  readonly isMonthly: boolean
  readonly isWarned: boolean
}

export async function findWishes(db: Db, personId: number): Promise<RegisterWishes> {
  const row = await db
    .selectFrom('lateRegisterReader')
    .select(['isMonthly', 'isWarned'])
    .where('personId', '=', personId)
    .executeTakeFirst()
  return row ?? { isMonthly: false, isWarned: false }
}

/**
 * Changes what somebody gets without asking. `sentMonth` is the newest month that could be sent now: who begins to want the register gets the
 * one after it first.
 */
export async function setWishes(
  db: Db,
  personId: number,
  { isMonthly, isWarned, sentMonth }: RegisterWishes & { readonly sentMonth: string },
): Promise<void> {
  await db
    .insertInto('lateRegisterReader')
    .values({ personId, isMonthly, isWarned, sentMonth })
    .onConflict((conflict) =>
      conflict.column('personId').doUpdateSet({
        isMonthly,
        isWarned,
        sentMonth: sql<string>`case when late_register_reader.is_monthly then late_register_reader.sent_month
          else excluded.sent_month end`,
      }),
    )
    .execute()
}

/** Somebody who wants the register without asking. */
export interface RegisterReader extends RegisterWishes {
  readonly personId: number
  readonly chatId: number
  readonly language: string
  readonly zone: string | undefined
  readonly sentMonth: string | undefined
  readonly warnedUntil: Date | undefined
  readonly access: Access
  readonly now: Date
}

/** Those who want something without asking, after a person's id, in its order. */
export async function listReaders(
  db: Db,
  { after, limit, policy }: { readonly after: number; readonly limit: number; readonly policy: AccessPolicy },
): Promise<readonly RegisterReader[]> {
  const rows = await db
    .selectFrom('lateRegisterReader as reader')
    .innerJoin('person', 'person.id', 'reader.personId')
    .select(['reader.personId', 'reader.isMonthly', 'reader.isWarned', 'reader.warnedUntil'])
    .select(sql<string | null>`reader.sent_month::text`.as('sentMonth'))
    .select(['person.telegramId as chatId', 'person.zone', ...languageColumns, ...factColumns])
    .select(isCompanyRemoved('person').as('isCompanyRemoved'))
    .select(sql<Date>`now()`.as('now'))
    .where((eb) => eb.or([eb('reader.isMonthly', '=', true), eb('reader.isWarned', '=', true)]))
    .where('reader.personId', '>', after)
    .orderBy('reader.personId')
    .limit(limit)
    .execute()
  return rows.map((row) => ({
    personId: row.personId,
    chatId: row.chatId,
    isMonthly: row.isMonthly,
    isWarned: row.isWarned,
    now: row.now,
    language: row.chosenLanguage ?? row.language,
    zone: row.zone ?? undefined,
    sentMonth: row.sentMonth ?? undefined,
    warnedUntil: row.warnedUntil ?? undefined,
    access: accessOf(row, policy),
  }))
}

/** Records that somebody's register of a month is sent; false when another process was first. */
export async function claimMonth(db: Db, personId: number, month: string): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('lateRegisterReader')
    .set({ sentMonth: month })
    .where('personId', '=', personId)
    .where('isMonthly', '=', true)
    .where((eb) => eb.or([eb('sentMonth', 'is', null), eb('sentMonth', '<', month)]))
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/** Records that somebody is warned of the periods that end before `until`; false when another process was first. */
export async function claimWarning(
  db: Db,
  personId: number,
  { from, until }: { readonly from: Date | undefined; readonly until: Date },
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('lateRegisterReader')
    .set({ warnedUntil: until })
    .where('personId', '=', personId)
    .where('isWarned', '=', true)
    .where(sql<boolean>`warned_until is not distinct from ${from ?? null}::timestamptz`)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}
