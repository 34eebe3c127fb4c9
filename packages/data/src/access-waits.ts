import { type ExpressionBuilder, sql } from 'kysely'
import type { Db } from './client.ts'
import type { DB, PersonAccess } from './schema.generated.ts'

/** Who was turned down, or has taken a request back by erasing their data, may ask so many hours later. */
export const askAgainAfterHours = 24

const waitBegan = sql<Date>`now() - make_interval(hours => ${sql.lit(askAgainAfterHours)})`

/** What somebody still waits for before they may ask for access; `since` is when the wait began. */
export interface AccessWait {
  readonly access: 'requested' | 'denied'
  readonly since: Date
}

/** Of a person as they stand at `now`; undefined when nothing keeps them from asking. An open request counts too. */
export function waitOf(
  person: {
    readonly access: PersonAccess
    readonly accessRequestedAt: Date | null
    readonly accessDecidedAt: Date | null
  },
  now: Date,
): AccessWait | undefined {
  const isDenied = person.access === 'denied'
  const since = isDenied ? person.accessDecidedAt : person.accessRequestedAt
  if (person.access === 'granted' || since === null) return undefined
  if (now.getTime() - since.getTime() >= askAgainAfterHours * 3_600_000) return undefined
  return { access: isDenied ? 'denied' : 'requested', since }
}

/** The same as a condition on the row of somebody who is not in and has no open request. */
export function isOver(eb: ExpressionBuilder<DB, 'person'>) {
  const began = sql<Date>`case when access = 'denied' then access_decided_at else access_requested_at end`
  return eb.or([eb(began, 'is', null), eb(began, '<=', waitBegan)])
}

/** Keeps what somebody who is about to be erased must wait for, and forgets an earlier wait of somebody who was let in since. */
export async function keep(tx: Db, personId: number): Promise<void> {
  await sql`
    with subject as (
      select telegram_id, access, case when access = 'denied' then access_decided_at else access_requested_at end as since
      from person where id = ${personId}
    ), forgotten as (
      delete from access_wait using subject
      where access_wait.telegram_id = subject.telegram_id and subject.access = 'granted'
    )
    insert into access_wait (telegram_id, access, since)
    select telegram_id, case when access = 'denied' then access else 'requested' end, since from subject
    where access <> 'granted' and since > ${waitBegan}
    on conflict (telegram_id) do update set access = excluded.access, since = excluded.since`.execute(tx)
}

/** Columns of a new person that carry on an earlier wait of their account. */
export function startOf(telegramId: number) {
  const waits = (access: AccessWait['access']) => sql<Date | null>`(
    select since from access_wait where telegram_id = ${telegramId} and access = ${access} and since > ${waitBegan})`
  return {
    access: sql<PersonAccess>`coalesce((
      select access from access_wait
      where telegram_id = ${telegramId} and access = 'denied' and since > ${waitBegan}), 'none')`,
    accessRequestedAt: waits('requested'),
    accessDecidedAt: waits('denied'),
  }
}

/** Forgets waits that are over. Returns how many. */
export async function deleteOver(db: Db, { limit }: { readonly limit: number }): Promise<number> {
  const { numAffectedRows } = await sql`
    delete from access_wait where telegram_id in (
      select telegram_id from access_wait where since <= ${waitBegan} limit ${limit}
    )
  `.execute(db)
  return Number(numAffectedRows ?? 0n)
}
