import { type RawBuilder, sql } from 'kysely'
import type { Db } from '../platform/client.ts'

/** The party of containers for which no file names anybody; it has no row in `party`. */
export const nobody = 0
/** The party of containers for which a file names somebody who has neither a name nor an ИНН; it has no row either. */
export const somebody = -1

/**
 * Waits until no other transaction resolves parties, and keeps them out for the rest of this one: the second of two transactions
 * sees what the first one has stored. Call it before the first `resolve…` of a transaction, after the files are stored.
 */
export async function lockParties(tx: Db): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended('parties', 0))`.execute(tx)
}

/** Inserts the parties that `named` selects (`form`, `key`, `inn`) and that no file has named before. */
export async function insertParties(tx: Db, named: RawBuilder<unknown>): Promise<void> {
  const { numAffectedRows = 0n } = await sql`
    insert into party (form, key, inn)
    select distinct named.form, named.key, named.inn from (${named}) as named
    where not exists (select from party as known where known.form = named.form and known.inn = named.inn)
    on conflict do nothing`.execute(tx)
  if (numAffectedRows > 0n) await resolveCompanies(tx)
}

/**
 * Stores which parties are clients of a company, or of all companies when the ИНН of a name has changed: `isSameParty` of the
 * domain for all of them at once. It takes milliseconds, so that a change of clients counts from its transaction on.
 */
export async function resolveCompanies(tx: Db, companyId?: number): Promise<void> {
  const isAsked = companyId === undefined ? sql`true` : sql`company_id = ${companyId}`
  await sql`
    with known as materialized (
      select form, min(inn) as inn from client_inn group by form having count(*) = 1
    ), client as materialized (
      select company_client.company_id, company_client.name_key as key, coalesce(company_client.inn, known.inn) as inn
      from company_client left join known using (form)
      where ${isAsked}
    ), named as materialized (
      select party.id, party.key, coalesce(nullif(party.inn, ''), known.inn) as inn from party left join known using (form)
    ), meant as materialized (
      select client.company_id, named.id as party_id from client join named on named.inn = client.inn
      union
      select client.company_id, named.id from client join named on named.key = client.key
      where client.inn is null or named.inn is null
    ), gone as (
      delete from company_party where ${isAsked} and not exists (
        select from meant where meant.company_id = company_party.company_id and meant.party_id = company_party.party_id)
    )
    insert into company_party (company_id, party_id) select company_id, party_id from meant on conflict do nothing`.execute(
    tx,
  )
}
