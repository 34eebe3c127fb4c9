import { type ExpressionBuilder, sql } from 'kysely'
import type { Db } from '../platform/client.ts'
import type { DB, PersonAccess } from '../schema.generated.ts'

/** Somebody turned down, or who has withdrawn a request by erasing their data, may ask so many hours later. */
export const askAgainAfterHours = 24

const waitBegan = sql<Date>`now() - make_interval(hours => ${sql.lit(askAgainAfterHours)})`

/** An open bot lets in everybody about whom no admin has decided: so long erasing one's data does not make such a person. */
const declineKeptDays = 365

const declineBegan = sql<Date>`now() - make_interval(days => ${sql.lit(declineKeptDays)})`

/** The wait before somebody may ask for access; `since` is when it began. */
export interface AccessWait {
  readonly access: 'requested' | 'denied'
  readonly since: Date
}

/** The wait of a person at `now`; undefined when nothing keeps them from asking. An open request counts too. */
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

/** The wait that stays when somebody erases their data now; undefined for none. Asking again does not undo a decline. */
export function keptOf(person: Parameters<typeof waitOf>[0], now: Date): AccessWait | undefined {
  const { access, accessDecidedAt, accessRequestedAt } = person
  if (access === 'granted' || accessDecidedAt === null) return waitOf(person, now)
  const since = access === 'denied' ? accessDecidedAt : (accessRequestedAt ?? accessDecidedAt)
  if (now.getTime() - since.getTime() >= declineKeptDays * 86_400_000) return undefined
  return { access: 'denied', since }
}

/** `waitOf` as a condition on the row of somebody who is not in and has no open request. */
export function isOver(eb: ExpressionBuilder<DB, 'person'>) {
  const began = sql<Date>`case when access = 'denied' then access_decided_at else access_requested_at end`
  return eb.or([eb(began, 'is', null), eb(began, '<=', waitBegan)])
}

/** Keeps that somebody who is about to be erased was declined or what they must wait for, and forgets an earlier wait of somebody who was let in since. */
export async function keep(tx: Db, personId: number): Promise<void> {
  await sql`
    with subject as (
      select telegram_id, access, access <> 'granted' and access_decided_at is not null as is_declined,
        case when access = 'denied' then access_decided_at else coalesce(access_requested_at, access_decided_at) end as since
      from person where id = ${personId}
    ), forgotten as (
      delete from access_wait using subject
      where access_wait.telegram_id = subject.telegram_id and subject.access = 'granted'
    )
    insert into access_wait (telegram_id, access, since)
    select telegram_id, case when is_declined then 'denied'::person_access else 'requested' end, since from subject
    where access <> 'granted' and since > case when is_declined then ${declineBegan} else ${waitBegan} end
    on conflict (telegram_id) do update set access = excluded.access, since = excluded.since`.execute(tx)
}

/** Columns of a new person that carry on an earlier wait of their account. */
export function startOf(telegramId: number) {
  const kept = (access: AccessWait['access']) => sql<Date | null>`(
    select since from access_wait where telegram_id = ${telegramId} and access = ${access}
      and since > ${access === 'denied' ? declineBegan : waitBegan})`
  return {
    access: sql<PersonAccess>`coalesce((
      select access from access_wait
      where telegram_id = ${telegramId} and access = 'denied' and since > ${declineBegan}), 'none')`,
    accessRequestedAt: kept('requested'),
    accessDecidedAt: kept('denied'),
  }
}

/** Forgets waits that are over, and declines of long ago. Returns how many. */
export async function deleteOver(db: Db, { limit }: { readonly limit: number }): Promise<number> {
  const { numAffectedRows } = await sql`
    delete from access_wait where telegram_id in (
      select telegram_id from access_wait where since <= case when access = 'denied' then ${declineBegan} else ${waitBegan} end limit ${limit}
    )
  `.execute(db)
  return Number(numAffectedRows ?? 0n)
}
