import { type RawBuilder, sql } from 'kysely'

/** Whether a visit, by its alias, is the last of its container. The order is the domain's: by arrival, then by the Id of it. */
export function isCurrent(visit: string): RawBuilder<boolean> {
  return sql`not exists (
    select 1 from terminal_visit as other
    where other.container = ${sql.ref(`${visit}.container`)} and other.visit_key <> ${sql.ref(`${visit}.visit_key`)}
      and ${visitOrder('other')} > ${visitOrder(visit)}
  )`
}

/** The order of the visits of one container. */
export function visitOrder(table: string): RawBuilder<unknown> {
  return sql.raw(`(coalesce(${table}.arrived_at, to_timestamp(0)),
    case when ${table}.fields ->> 'arrivalId' ~ '^[0-9]{1,15}$' then (${table}.fields ->> 'arrivalId')::bigint else -1 end,
    ${table}.visit_key)`)
}
