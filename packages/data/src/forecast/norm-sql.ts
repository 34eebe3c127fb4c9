import type { NormCondition } from '@atermtrack/domain'
import { type RawBuilder, sql } from 'kysely'
import { mayArriveWithin } from './forecast-sql.ts'

/** `endOfNorm` of the domain for a row of `position`. */
export const endOfNorm: RawBuilder<Date> = sql`(position.delivery_due_at + interval '1 day')`

/** `normStateOf` of the domain for a row of `position`, as far as columns allow: true wherever the rule gives the state. */
export function mayKeepNorm({ state, overDays }: NormCondition, measuredAt: RawBuilder<Date>): RawBuilder<boolean> {
  const limit = sql<Date>`${endOfNorm} + make_interval(days => ${overDays})`
  if (state === 'late') return sql`${limit} < ${measuredAt}`
  // The railway can end a trip elsewhere after an arrival, which counts then.
  if (state === 'in_time') return sql`${endOfNorm} >= least(position.arrived_at, ${measuredAt})`
  return sql`(${endOfNorm} >= position.stamp and ${mayArriveWithin(limit, sql`'infinity'::timestamptz`)})`
}
