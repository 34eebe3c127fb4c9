import { partyDays } from '@atermtrack/domain'
import { type RawBuilder, sql } from 'kysely'
import type { Db } from '../platform/client.ts'
import { visitOrder } from '../terminals/terminal-visits.ts'
import { insertParties, lockParties, nobody, somebody } from './parties.ts'
import { selectRow } from '../platform/statements/typed-rows.ts'

/** The fields in which the railway names the parties of a position, or gives their codes. */
export const partyColumns: readonly string[] = `consignee consignee_short consignee_okpo consignee_tgnl
  consignor consignor_short consignor_okpo consignor_tgnl`.split(/\s+/)

/**
 * Stores the parties of the containers that `asked` selects: `partiesOfContainer` of the domain for all of them at once, from
 * their positions, visits and train lists. Returns how many rows it changed.
 */
export async function resolveContainers(tx: Db, asked: RawBuilder<unknown>): Promise<number> {
  await lockParties(tx)
  await sql.raw(resolvedTables).execute(tx)
  await insertResolvedContainers(tx, asked)
  await insertResolvedParties(tx)
  await insertParties(tx, sql`select form, key, inn from resolved_party`)
  return storeResolved(tx)
}

/** The containers that are being resolved are in two tables of the session. A transaction may resolve several times. */
const resolvedTables = `
  drop table if exists pg_temp.resolved_container, pg_temp.resolved_party;
  create temporary table resolved_container (
    container text, is_live boolean, list_id bigint, consignee text, consignor text, trip_started_at timestamptz,
    is_named boolean, is_known boolean, has_visit boolean
  ) on commit drop;
  create temporary table resolved_party (container text, form text, key text, inn text) on commit drop`

/** The planner takes a table that it knows nothing about for a small one. */
const mostWithoutStatistics = 1_000

async function insertResolvedContainers(tx: Db, asked: RawBuilder<unknown>): Promise<void> {
  const partyFields = sql.raw(partyColumns.map((name) => `position.${name}`).join(', '))
  const { numAffectedRows = 0n } = await sql`
    with asked as materialized (select distinct container from (${asked}) as given (container)),
    visit as (
      select container, bool_or(client is not null or inn is not null) as is_named from terminal_visit
      where container in (select container from asked) group by container
    ), roster as (
      select container, bool_or(client is not null) as is_named, max(workbook_id) filter (where is_newest) as list_id
      from train_roster_row
      where container in (select container from asked) group by container
    )
    insert into resolved_container
      (container, is_live, list_id, consignee, consignor, trip_started_at, is_named, is_known, has_visit)
    select asked.container, coalesce(position.is_live, false), roster.list_id,
      coalesce(position.consignee, position.consignee_short), coalesce(position.consignor, position.consignor_short),
      position.trip_started_at,
      num_nonnulls(${partyFields}) > 0 or coalesce(visit.is_named, false) or coalesce(roster.is_named, false),
      num_nonnulls(position.container, visit.container, roster.container) > 0, visit.container is not null
    from asked
    left join position on position.container = asked.container
    left join visit on visit.container = asked.container
    left join roster on roster.container = asked.container`.execute(tx)
  if (numAffectedRows > mostWithoutStatistics) await sql`analyze resolved_container`.execute(tx)
}

async function insertResolvedParties(tx: Db): Promise<void> {
  const { afterDispatch, afterLastReport, afterRoster } = partyDays
  await sql`
    insert into resolved_party (container, form, key, inn)
    select distinct named.container, coalesce(spelling.form, ''), spelling.key, coalesce(named.inn, '')
    from (
      select container, consignee as name, null as inn from resolved_container where consignee is not null
      union all
      select container, consignor, null from resolved_container where consignor is not null
      union all
      select asked.container, visit.client, substring(visit.inn from '^(?:[0-9]{10}|[0-9]{12})$')
      from resolved_container as asked
      join lateral (
        select * from terminal_visit where container = asked.container
        order by ${visitOrder('terminal_visit')} desc limit 1
      ) as visit on true
      where asked.has_visit and (asked.trip_started_at is null or asked.trip_started_at
        <= coalesce(visit.dispatched_at + ${days(afterDispatch)}, visit.stamp + ${days(afterLastReport)}))
      union all
      select asked.container, line.client, null
      from resolved_container as asked
      join train_roster_row as line on line.container = asked.container and line.workbook_id = asked.list_id
      join train_roster as list on list.workbook_id = asked.list_id
      where asked.trip_started_at is null or asked.trip_started_at <= list.sent_at + ${days(afterRoster)}
    ) as named
    left join client_spelling as spelling on spelling.spelling = named.name
    where spelling.form is not null or named.inn is not null`.execute(tx)
}

function days(count: number): RawBuilder<unknown> {
  return sql`make_interval(days => ${sql.lit(count)})`
}

async function storeResolved(tx: Db): Promise<number> {
  const columns = {
    changed: sql<number>`(select count(*) from gone) + (select count(*) from marked) + (select count(*) from stored)`,
  }
  const row = await selectRow(
    tx,
    columns,
    (list) => sql`
    with resolved as materialized (
      select asked.container, party.id as party_id, asked.is_live, asked.list_id
      from resolved_container as asked join resolved_party using (container) join party using (form, inn)
      union all
      select container, case when is_named then ${sql.lit(somebody)} else ${sql.lit(nobody)} end, is_live, list_id
      from resolved_container
      where is_known and container not in (select container from resolved_party)
    ), known as materialized (
      select * from container_party where container in (select container from resolved_container)
    ), gone as (
      delete from container_party using (
        select container, party_id from known except select container, party_id from resolved
      ) as former
      where container_party.container = former.container and container_party.party_id = former.party_id
      returning 1
    ), marked as (
      update container_party set is_live = resolved.is_live, list_id = resolved.list_id
      from resolved join known using (container, party_id)
      where (resolved.is_live, resolved.list_id) is distinct from (known.is_live, known.list_id)
        and container_party.container = resolved.container and container_party.party_id = resolved.party_id
      returning 1
    ), stored as (
      insert into container_party (container, party_id, is_live, list_id)
      select container, party_id, is_live, list_id from resolved
      where not exists (
        select from known where known.container = resolved.container and known.party_id = resolved.party_id)
      order by container, party_id
      returning 1
    )
    select ${list}`,
  )
  return row?.changed ?? 0
}
