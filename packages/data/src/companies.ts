import { sql } from 'kysely'
import type { Db } from './client.ts'
import { isPositionVisible, isVisible } from './visibility.ts'

export interface Company {
  readonly id: number
  readonly name: string
  /** Its clients are seen by the people of every company. */
  readonly isShared: boolean
  readonly clients: number
  readonly people: number
}

/** Known by either; at least one is there. */
export interface CompanyClient {
  readonly inn: string | null
  readonly name: string | null
}

export interface Page {
  readonly offset: number
  readonly limit: number
}

export interface Paged<T> {
  readonly total: number
  readonly rows: readonly T[]
}

/** The companies, by name. */
export async function list(db: Db, { offset, limit }: Page): Promise<Paged<Company>> {
  const rows = await selectCompanies(db)
    .select(sql<number>`count(*) over ()`.as('total'))
    .orderBy('company.name')
    .orderBy('company.id')
    .offset(offset)
    .limit(limit)
    .execute()
  return { total: rows[0]?.total ?? 0, rows: rows.map(({ total: _total, ...company }) => company) }
}

/** Undefined for one that is removed, too. */
export async function find(db: Db, id: number): Promise<Company | undefined> {
  return selectCompanies(db).where('company.id', '=', id).executeTakeFirst()
}

/** Undefined when a company has this name. */
export async function insert(db: Db, name: string): Promise<{ readonly id: number } | undefined> {
  return db
    .insertInto('company')
    .values({ name })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst()
}

/** False when the company is gone or another one has this name. */
export async function rename(db: Db, id: number, name: string): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('company')
    .set({ name })
    .where('id', '=', id)
    .where('deletedAt', 'is', null)
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('company as other')
            .select('other.id')
            .where('other.id', '!=', id)
            .where('other.deletedAt', 'is', null)
            .where(sql`lower(other.name)`, '=', sql`lower(${name})`),
        ),
      ),
    )
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/** Lets the people of every company see its clients, or no longer; false when the company is gone. */
export async function setShared(db: Db, id: number, isShared: boolean): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('company')
    .set({ isShared })
    .where('id', '=', id)
    .where('deletedAt', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/** Its people stay its people, and see nothing until they are moved. Returns its name, or undefined when it is gone already. */
export async function remove(db: Db, id: number): Promise<string | undefined> {
  const row = await db
    .updateTable('company')
    .set({ deletedAt: sql<Date>`now()` })
    .where('id', '=', id)
    .where('deletedAt', 'is', null)
    .returning('name')
    .executeTakeFirst()
  return row?.name
}

/** How many containers its people see, the shared ones included. Reads all that is known. */
export async function countVisible(db: Db, id: number): Promise<number> {
  const scope = { kind: 'company', companyId: id } as const
  const { rows } = await sql<{ n: number }>`
    with unseen as materialized (
      select container from terminal_visit where on_site
      union select line.container from train_roster_row as line
        join current_train_roster as roster on roster.workbook_id = line.workbook_id
      except select container from position
    )
    select (select count(*) from position where ${isPositionVisible(scope)})
      + (select count(*) from unseen where ${isVisible(scope, sql.ref('unseen.container'))}) as n`.execute(db)
  return rows[0]?.n ?? 0
}

/** The clients of a company, in the order in which they were added. */
export async function listClients(
  db: Db,
  companyId: number,
  { offset, limit }: Page,
): Promise<Paged<CompanyClient & { readonly id: number }>> {
  const rows = await db
    .selectFrom('companyClient')
    .select(['id', 'inn', 'name', sql<number>`count(*) over ()`.as('total')])
    .where('companyId', '=', companyId)
    .orderBy('id')
    .offset(offset)
    .limit(limit)
    .execute()
  return { total: rows[0]?.total ?? 0, rows: rows.map(({ total: _total, ...client }) => client) }
}

/** Undefined when the company has no such client. */
export async function findClient(db: Db, companyId: number, id: number): Promise<CompanyClient | undefined> {
  return db
    .selectFrom('companyClient')
    .select(['inn', 'name'])
    .where('id', '=', id)
    .where('companyId', '=', companyId)
    .executeTakeFirst()
}

/** False when the company has the client already, or when nothing of the name is left to compare. */
export async function addClient(db: Db, companyId: number, { inn, name }: CompanyClient): Promise<boolean> {
  const { rows } = await sql<{ id: number }>`
    insert into company_client (company_id, inn, name)
    select ${companyId}::bigint, ${inn}::text, ${name}::text
    where ${inn}::text is not null or client_key(${name}::text) is not null
    on conflict do nothing
    returning id`.execute(db)
  return rows.length > 0
}

/** Returns who it was, or undefined when the company has no such client. */
export async function removeClient(db: Db, companyId: number, id: number): Promise<CompanyClient | undefined> {
  return db
    .deleteFrom('companyClient')
    .where('id', '=', id)
    .where('companyId', '=', companyId)
    .returning(['inn', 'name'])
    .executeTakeFirst()
}

/** A client as the files name it. */
export interface KnownClient extends CompanyClient {
  readonly spellingId: number
}

/**
 * Whom the files name and the company does not have yet, by name; with `search`, those whose name or ИНН holds it. One row for
 * all spellings of a client; an ИНН stands beside the name where the terminal gives but one for it.
 */
export async function listKnownClients(
  db: Db,
  companyId: number,
  { offset, limit, search }: Page & { readonly search: string | undefined },
): Promise<Paged<KnownClient>> {
  const { rows } = await sql<KnownClient & { readonly total: number }>`
    with known as (${knownClients})
    select known.*, count(*) over () as total from known
    where not exists (
      select 1 from company_client as own
      where own.company_id = ${companyId} and (own.name_key = client_key(known.name) or own.inn = known.inn))
    and ${search === undefined ? sql`true` : sql`(client_key(known.name) like '%' || client_key(${search}) || '%' or known.inn like ${search} || '%')`}
    order by known.name
    offset ${offset} limit ${limit}`.execute(db)
  return { total: rows[0]?.total ?? 0, rows: rows.map(({ total: _total, ...client }) => client) }
}

export async function findKnownClient(db: Db, spellingId: number): Promise<KnownClient | undefined> {
  const { rows } = await sql<KnownClient>`
    with known as (${knownClients}) select * from known where spelling_id = ${spellingId}`.execute(db)
  return rows[0]
}

const knownClients = sql`
  select min(spelling.id) as spelling_id, min(spelling.spelling) as name,
    case when count(distinct visit.inn) = 1 then min(visit.inn) end as inn
  from client_spelling as spelling
  left join (select distinct client, inn from terminal_visit where inn ~ '^([0-9]{10}|[0-9]{12})$') as visit
    on visit.client = spelling.spelling
  where spelling.key is not null
  group by spelling.key`

function selectCompanies(db: Db) {
  return db
    .selectFrom('company')
    .select(['company.id', 'company.name', 'company.isShared'])
    .select((eb) => [
      eb
        .selectFrom('companyClient')
        .select(sql<number>`count(*)`.as('n'))
        .whereRef('companyClient.companyId', '=', 'company.id')
        .$asScalar()
        .$notNull()
        .as('clients'),
      eb
        .selectFrom('person')
        .select(sql<number>`count(*)`.as('n'))
        .whereRef('person.companyId', '=', 'company.id')
        .where('person.access', '=', 'granted')
        .$asScalar()
        .$notNull()
        .as('people'),
    ])
    .where('company.deletedAt', 'is', null)
}
