import { partyDays } from '@atermtrack/domain'
import { type RawBuilder, sql } from 'kysely'
import type { Db } from '../platform/client.ts'
import { visitOrder } from '../terminals/terminal-visits.ts'
import { insertParties, lockParties, nobody, somebody } from './parties.ts'

const days = (count: number) => sql`make_interval(days => ${sql.lit(count)})`
const { afterDispatch, afterLastReport, afterRoster } = partyDays

/** The fields in which the railway names the parties of a position, or gives their codes. */
export const partyColumns: readonly string[] = `consignee consignee_short consignee_okpo consignee_tgnl
  consignor consignor_short consignor_okpo consignor_tgnl`.split(/\s+/)
const partyFields = sql.raw(partyColumns.map((name) => `position.${name}`).join(', '))

/**
 * Stores the parties of the containers that `asked` selects: `partiesOfContainer` of the domain for all of them at once, from
 * their positions, visits and train lists. Returns how many rows it changed.
 */
export async function resolveContainers(tx: Db, asked: RawBuilder<unknown>): Promise<number> {
  await lockParties(tx)
  await sql`create temporary table if not exists resolved_container
    (container text primary key, is_live boolean, is_listed boolean, is_named boolean, is_known boolean) on commit drop`.execute(
    tx,
  )
  await sql`create temporary table if not exists resolved_party (container text, form text, key text, inn text) on commit drop`.execute(
    tx,
  )
  await sql`truncate resolved_container, resolved_party`.execute(tx)
  await insertResolvedContainers(tx, asked)
  await sql`analyze resolved_container (container)`.execute(tx)
  await insertResolvedParties(tx)
  await insertParties(tx, sql`select form, key, inn from resolved_party`)
  return storeResolved(tx)
}

async function insertResolvedContainers(tx: Db, asked: RawBuilder<unknown>): Promise<void> {
  await sql`
    insert into resolved_container (container, is_live, is_listed, is_named, is_known)
    select asked.container, coalesce(position.is_live, false), coalesce(roster.is_listed, false),
      num_nonnulls(${partyFields}) > 0 or coalesce(visit.is_named, false) or coalesce(roster.is_named, false),
      num_nonnulls(position.container, visit.container, roster.container) > 0
    from (select distinct container from (${asked}) as given (container)) as asked
    left join position on position.container = asked.container
    left join lateral (
      select container, bool_or(client is not null or inn is not null) as is_named from terminal_visit
      where container = asked.container group by container
    ) as visit on true
    left join lateral (
      select container, bool_or(client is not null) as is_named, bool_or(is_newest) as is_listed from train_roster_row
      where container = asked.container group by container
    ) as roster on true`.execute(tx)
}

async function insertResolvedParties(tx: Db): Promise<void> {
  await sql`
    insert into resolved_party (container, form, key, inn)
    select distinct named.container, coalesce(spelling.form, ''), spelling.key, coalesce(named.inn, '')
    from (
      select position.container, party.name, null as inn
      from resolved_container join position using (container)
      cross join lateral (values (coalesce(consignee, consignee_short)), (coalesce(consignor, consignor_short))) as party (name)
      where party.name is not null
      union all
      select visit.container, visit.client, substring(visit.inn from '^(?:[0-9]{10}|[0-9]{12})$')
      from resolved_container
      join lateral (
        select * from terminal_visit where container = resolved_container.container order by ${visitOrder('terminal_visit')} desc limit 1
      ) as visit on true
      where not ${startsAfter(
        sql`case when visit.dispatched_at is null then visit.stamp + ${days(afterLastReport)}
          else visit.dispatched_at + ${days(afterDispatch)} end`,
      )}
      union all
      select line.container, line.client, null
      from resolved_container
      join train_roster_row as line on line.container = resolved_container.container and line.is_newest
      join train_roster as list on list.workbook_id = line.workbook_id
      where not ${startsAfter(sql`list.sent_at + ${days(afterRoster)}`)}
    ) as named
    left join client_spelling as spelling on spelling.spelling = named.name
    where spelling.form is not null or named.inn is not null`.execute(tx)
}

/** The trip that a container is on has started after `moment`. */
function startsAfter(moment: RawBuilder<unknown>): RawBuilder<boolean> {
  return sql`exists (
    select from position where position.container = resolved_container.container and position.trip_started_at > ${moment})`
}

async function storeResolved(tx: Db): Promise<number> {
  const resolved = sql`
    select distinct container, party.id as party_id, is_live, is_listed
    from resolved_container join resolved_party using (container) join party using (form, inn)
    union all
    select container, case when is_named then ${sql.lit(somebody)} else ${sql.lit(nobody)} end, is_live, is_listed
    from resolved_container
    where is_known and container not in (select container from resolved_party)`
  const gone = await sql`
    with resolved as materialized (${resolved})
    delete from container_party as known using resolved_container
    where known.container = resolved_container.container and not exists (
      select from resolved where resolved.container = known.container and resolved.party_id = known.party_id)`.execute(
    tx,
  )
  const stored = await sql`
    insert into container_party as known (container, party_id, is_live, is_listed)
    select container, party_id, is_live, is_listed from (${resolved}) as resolved
    where not exists (
      select from container_party as same
      where (same.container, same.party_id, same.is_live, same.is_listed)
        = (resolved.container, resolved.party_id, resolved.is_live, resolved.is_listed))
    on conflict (container, party_id) do update set is_live = excluded.is_live, is_listed = excluded.is_listed`.execute(
    tx,
  )
  return Number(gone.numAffectedRows ?? 0n) + Number(stored.numAffectedRows ?? 0n)
}
