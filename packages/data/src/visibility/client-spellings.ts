import { type RawBuilder, sql } from 'kysely'
import type { Db } from '../platform/client.ts'

/** Learns how the rows of a dislocation report, staged in this transaction, write their consignees and consignors. */
export async function learnFromDislocation(tx: Db): Promise<void> {
  await learn(
    tx,
    sql`select name
      from (select distinct consignee, consignee_short, consignor, consignor_short from dislocation_row) as party
      cross join lateral (values (consignee), (consignee_short), (consignor), (consignor_short)) as named (name)`,
  )
}

/**
 * Learns how the visits that a terminal report has just touched write their clients, and which ИНН they have. True when an ИНН is
 * known for a name that was not, or is not known any more.
 */
export async function learnFromTerminal(tx: Db): Promise<boolean> {
  await learn(tx, sql`select visit.client from terminal_visit as visit join touched_visit using (container, visit_key)`)
  const hasForgotten = await forgetInns(tx)
  const { numAffectedRows = 0n } = await sql`
    insert into client_inn (form, inn)
    select distinct spelling.form, visit.inn
    from touched_visit
    join terminal_visit as visit using (container, visit_key)
    join client_spelling as spelling on spelling.spelling = visit.client
    where spelling.form is not null and visit.inn ~ '^([0-9]{10}|[0-9]{12})$'
    on conflict do nothing`.execute(tx)
  return hasForgotten || numAffectedRows > 0n
}

/** Forgets the ИНН that no visit names any more, since a later report corrected it or its report was undone. True when there are any. */
async function forgetInns(tx: Db): Promise<boolean> {
  const { numAffectedRows = 0n } = await sql`
    delete from client_inn as known where not exists (
      select 1 from client_spelling as spelling
      join terminal_visit as visit on visit.client = spelling.spelling and visit.inn = known.inn
      where spelling.form = known.form
    )`.execute(tx)
  return numAffectedRows > 0n
}

/** Learns how a train's list writes its clients. */
export async function learnFromRoster(tx: Db, workbookId: number): Promise<void> {
  await learn(tx, sql`select client from train_roster_row where workbook_id = ${workbookId}`)
}

/** In one order for everybody, or two imports could wait for each other. */
async function learn(tx: Db, names: RawBuilder<unknown>): Promise<void> {
  await sql`
    insert into client_spelling (spelling)
    select distinct named.name from (${names}) as named (name)
    where length(named.name) <= 500
      and not exists (select 1 from client_spelling as known where known.spelling = named.name)
    order by named.name
    on conflict do nothing`.execute(tx)
}
