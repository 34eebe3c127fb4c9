import { type RawBuilder, sql } from 'kysely'
import type { Db } from '../platform/client.ts'
import { insertParties } from '../visibility/parties.ts'

/**
 * Stores, for the rows of train lists whose containers `asked` selects, which list of a container is the newest, and which party
 * a row names. Lists count that are the newest of their train.
 */
export async function resolveRosters(tx: Db, asked: RawBuilder<unknown>): Promise<void> {
  const rows = sql`train_roster_row where container in (${asked})`
  await insertParties(
    tx,
    sql`select form, key, '' as inn from client_spelling
      where form is not null and spelling in (select client from ${rows})`,
  )
  await sql`
    with list as materialized (select workbook_id, sent_at from current_train_roster),
    resolved as (
      select line.workbook_id, line.row_number, party.id as party_id, list.workbook_id is not null
        and rank() over (partition by line.container order by coalesce(line.moved_at, list.sent_at) desc nulls last, list.workbook_id desc nulls last) = 1
        as is_newest
      from (select * from ${rows}) as line
      left join list on list.workbook_id = line.workbook_id
      left join client_spelling as spelling on spelling.spelling = line.client
      left join party on party.form = spelling.form and party.inn = ''
    )
    update train_roster_row as line set is_newest = resolved.is_newest, party_id = resolved.party_id
    from resolved
    where resolved.workbook_id = line.workbook_id and resolved.row_number = line.row_number
      and (line.is_newest is distinct from resolved.is_newest or line.party_id is distinct from resolved.party_id)`.execute(
    tx,
  )
}
