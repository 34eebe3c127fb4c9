import { type RawBuilder, sql } from 'kysely'
import type { Db } from '../platform/client.ts'
import { selectRows } from '../platform/statements/typed-rows.ts'

/** A day of a calendar, `YYYY-MM-DD`, from midnight to midnight of the zone. */
export interface CountedDay {
  readonly day: string
  readonly zone: string
}

/** A delivery ends within so many days, or counts for no day. */
const daysToEnd = 3
/** Containers that are remembered of a day. */
const mostContainers = 200

const begin = ({ day, zone }: CountedDay, days = 0) =>
  sql<Date>`((${day}::date + ${sql.lit(days)})::timestamp at time zone ${zone})`

function isWithin(column: RawBuilder<Date | null>, day: CountedDay): RawBuilder<boolean> {
  return sql<boolean>`(${column} >= ${begin(day)} and ${column} < ${begin(day, 1)})`
}

/** The number of each thing that happened on a day, under its name. Reads the rows of that day alone. */
export function totalsOf(day: CountedDay): RawBuilder<unknown> {
  const on = (column: string) => isWithin(sql.ref(column), day)
  return sql`
    select 'people_new' as name, count(*) as amount from person where ${on('created_at')} and erased_at is null
    union all select 'people_blocked', count(*) from person where ${on('unreachable_since')} and erased_at is null
    union all select 'people_active', count(*) from (${activePeople(day)}) as active
    union all select 'lookups', count(*) from lookup where ${on('created_at')}
    union all select 'not_understood', count(*) from not_understood where ${on('asked_at')}
    union all select 'updates_failed', count(*) from telegram_update where ${on('received_at')} and outcome = 'failed'
    union all select 'reports_failed', count(*) from report where ${on('created_at')} and status = 'failed'
    union all select 'import_' || status::text, count(*) from workbook where ${on('created_at')} group by status
    union all select 'send_' || status::text, count(*) from delivery
      where created_at >= ${begin(day, -daysToEnd)} and created_at < ${begin(day, 1)} and ${on('finished_at')} group by status`
}

/** The ids of those who wrote or pressed anything on a day. In a group the chat does not say who it was. */
export function activePeople(day: CountedDay): RawBuilder<unknown> {
  return sql`
    select distinct person.id as person_id from telegram_update
    join person on person.telegram_id = case when chat_id > 0 then chat_id else sender_of_update(payload)::bigint end
    where ${isWithin(sql.ref('received_at'), day)}`
}

/** The containers that were asked about most on a day, with how often. */
export function topContainers(day: CountedDay): RawBuilder<unknown> {
  return sql`
    select container, count(*)::integer as amount from lookup, unnest(containers) as container
    where ${isWithin(sql.ref('lookup.created_at'), day)}
    group by container order by amount desc, container limit ${sql.lit(mostContainers)}`
}

/** Counts a day that is over and stores what it found, unless that is stored. */
async function storeDay(tx: Db, day: CountedDay): Promise<void> {
  await sql`insert into daily_total (day, name, amount)
    select ${day.day}::date, name, amount from (${totalsOf(day)}) as total where amount > 0
    union all select ${day.day}::date, 'counted', 1
    on conflict do nothing`.execute(tx)
  await sql`insert into daily_container (day, container, amount)
    select ${day.day}::date, container, amount from (${topContainers(day)}) as top on conflict do nothing`.execute(tx)
  await sql`insert into person_day (day, person_id)
    select ${day.day}::date, person_id from (${activePeople(day)}) as active on conflict do nothing`.execute(tx)
}

/** Days before today that a statistic can show; older ones are not counted any more. */
const reachDays = 62

/** Stores the totals of days that are over and not counted, the newest first. Returns how many days those were. */
export async function countDays(db: Db, { zone, signal }: { readonly zone: string; readonly signal: AbortSignal }) {
  const days = await listUncounted(db, { zone, limit: reachDays })
  for (const day of days) {
    signal.throwIfAborted()
    await db.transaction().execute((tx) => storeDay(tx, { day, zone }))
  }
  return days.length
}

/** Days that are over and not counted yet, the newest first. */
export async function listUncounted(
  db: Db,
  { zone, limit }: { readonly zone: string; readonly limit: number },
): Promise<readonly string[]> {
  const rows = await selectRows(
    db,
    { day: sql<string>`day` },
    (list) => sql`
    select ${list} from (
      select (now() at time zone ${zone})::date - ago as day from generate_series(1, ${limit}::integer) as ago
    ) as past
    where not exists (select from daily_total where daily_total.day = past.day and name = 'counted')
    order by day desc`,
  )
  return rows.map(({ day }) => day)
}
