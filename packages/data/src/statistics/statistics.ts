import { type RawBuilder, sql } from 'kysely'
import { findError } from '../forecast/forecast-lanes.ts'
import type { Db } from '../platform/client.ts'
import { selectRow, selectRows } from '../platform/statements/typed-rows.ts'
import { activePeople, type CountedDay, listUncounted, topContainers, totalsOf } from './count-day.ts'
import { readRefusals, type Refusals } from './refusals.ts'

export { countDays } from './count-day.ts'

/** What happened in a number of days that end today. */
export interface Statistics {
  /** From the oldest to today, `YYYY-MM-DD`. */
  readonly days: readonly string[]
  /** The number of each thing over all days, under the names of `totalsOf`; what did not happen is not there. */
  readonly totals: Readonly<Record<string, number>>
  /** The same for each day. */
  readonly byDay: ReadonlyMap<string, Readonly<Record<string, number>>>
  /** People who wrote or pressed anything in these days, each once. */
  readonly activePeople: number
  readonly topContainers: readonly { readonly container: string; readonly amount: number }[]
  /** Texts that were not understood, with how often, the most frequent first. */
  readonly topNotUnderstood: readonly { readonly text: string; readonly amount: number }[]
  /** Why messages did not arrive, the most frequent reason first. */
  readonly topRefusals: readonly Refusals[]
  /** The mean error of forecasts in the newest measurement, in minutes; undefined before the first one. */
  readonly forecastErrorMinutes: number | undefined
}

export interface StatisticsAsk {
  /** How many days, today included. */
  readonly days: number
  /** In which days begin; that of the schedule, in which they were counted. */
  readonly zone: string
}

const mostTop = 10
/** Days that are counted when they are asked for: today, and those of a night that failed. */
const mostLive = 3

/** Reads stored totals of days that are over, and counts what is not stored yet: today, and at most two days before. */
export async function readStatistics(db: Db, { days, zone }: StatisticsAsk): Promise<Statistics> {
  const today = await readToday(db, zone)
  const listed = Array.from({ length: days }, (_, place) => addDays(today, place - days + 1))
  const uncounted = (await listUncounted(db, { zone, limit: days })).filter((day) => listed.includes(day))
  const live = [today, ...uncounted].slice(0, mostLive).map((day) => ({ day, zone }))
  const byDay = await readDays(db, listed, live)
  return {
    days: listed,
    byDay,
    totals: sumOf([...byDay.values()]),
    activePeople: await countActive(db, listed, live),
    topContainers: await readTopContainers(db, listed, live),
    topNotUnderstood: await readNotUnderstood(db, { day: listed[0] ?? today, zone }),
    topRefusals: await readRefusals(db, { day: listed[0] ?? today, zone }),
    forecastErrorMinutes: await findError(db),
  }
}

async function readToday(db: Db, zone: string): Promise<string> {
  const row = await selectRow(
    db,
    { today: sql<string>`(now() at time zone ${zone})::date` },
    (list) => sql`select ${list}`,
  )
  if (!row) throw new Error('a row without a table is always there')
  return row.today
}

async function readDays(
  db: Db,
  listed: readonly string[],
  live: readonly CountedDay[],
): Promise<ReadonlyMap<string, Readonly<Record<string, number>>>> {
  const columns = { day: sql<string>`day`, name: sql<string>`name`, amount: sql<number>`amount` }
  const stored = sql`select day, name, amount from daily_total where day = any(${listed}::date[])`
  const counted = live.map((one) => sql`select ${one.day}::date as day, name, amount from (${totalsOf(one)}) as total`)
  const rows = await selectRows(
    db,
    columns,
    (list) => sql`select ${list} from (${sql.join([stored, ...counted], sql` union all `)}) as every where amount > 0`,
  )
  const byDay = new Map<string, Record<string, number>>(listed.map((day) => [day, {}]))
  for (const { day, name, amount } of rows) {
    const totals = byDay.get(day)
    if (totals) totals[name] = (totals[name] ?? 0) + amount
  }
  return byDay
}

async function countActive(db: Db, listed: readonly string[], live: readonly CountedDay[]): Promise<number> {
  const stored = sql`select person_id from person_day where day = any(${listed}::date[])`
  const every: readonly RawBuilder<unknown>[] = [stored, ...live.map((one) => sql`(${activePeople(one)})`)]
  const row = await selectRow(
    db,
    { active: sql<number>`count(distinct person_id)` },
    (list) => sql`select ${list} from (${sql.join(every, sql` union all `)}) as every`,
  )
  return row?.active ?? 0
}

async function readTopContainers(db: Db, listed: readonly string[], live: readonly CountedDay[]) {
  const stored = sql`select container, amount from daily_container where day = any(${listed}::date[])`
  const every: readonly RawBuilder<unknown>[] = [stored, ...live.map((one) => sql`(${topContainers(one)})`)]
  return selectRows(
    db,
    { container: sql<string>`container`, amount: sql<number>`sum(amount)::bigint` },
    (list) => sql`
      select ${list} from (${sql.join(every, sql` union all `)}) as every
      group by container order by sum(amount) desc, container limit ${sql.lit(mostTop)}`,
  )
}

async function readNotUnderstood(db: Db, { day, zone }: CountedDay) {
  return selectRows(
    db,
    { text: sql<string>`min(text)`, amount: sql<number>`count(*)` },
    (list) => sql`
      select ${list} from not_understood where asked_at >= (${day}::date::timestamp at time zone ${zone})
      group by lower(text) order by count(*) desc, max(asked_at) desc limit ${sql.lit(mostTop)}`,
  )
}

function sumOf(days: readonly Readonly<Record<string, number>>[]): Readonly<Record<string, number>> {
  const sums: Record<string, number> = {}
  for (const day of days) {
    for (const [name, amount] of Object.entries(day)) if (name !== 'counted') sums[name] = (sums[name] ?? 0) + amount
  }
  return sums
}

function addDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)
}
