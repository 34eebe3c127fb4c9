import { type RawBuilder, sql } from 'kysely'

/** Whether a visit, by its alias, is the last of its container. The order is the domain's: by arrival, then by the Id of it. */
export function isCurrent(visit: string): RawBuilder<boolean> {
  const isOther = (name: string) =>
    sql.raw(`${name}.container = ${visit}.container and ${name}.visit_key <> ${visit}.visit_key`)
  // Nearly every container has one visit, which the index alone shows.
  return sql`(not exists (select from terminal_visit as any_other where ${isOther('any_other')})
    or not exists (select from terminal_visit as other where ${isOther('other')} and ${visitOrder('other')} > ${visitOrder(visit)}))`
}

/** The order of the visits of one container. */
export function visitOrder(table: string): RawBuilder<unknown> {
  return sql.raw(`(coalesce(${table}.arrived_at, to_timestamp(0)),
    case when ${table}.fields ->> 'arrivalId' ~ '^[0-9]{1,15}$' then (${table}.fields ->> 'arrivalId')::bigint else -1 end,
    ${table}.visit_key)`)
}
