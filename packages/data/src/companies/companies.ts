import type { CompanyScope } from '@atermtrack/domain'
import { sql } from 'kysely'
import type { Db } from '../platform/client.ts'
import { lockParties, resolveCompanies } from '../visibility/parties.ts'
import { partiesOf } from '../visibility/visibility.ts'
import { selectRow, selectRows } from '../platform/statements/typed-rows.ts'

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

/** Shows the clients of a company to the people of every company, or hides them again; false when the company is gone. */
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

/** How many containers the people of a company see, and whether there are more than were counted. */
export interface VisibleCount {
  readonly count: number
  readonly isCut: boolean
}

/** A larger number is of no more use to an admin, and costs more. */
const mostCounted = 5_000

/** How many containers its people see, the shared ones included; `isCut` when these are more than are counted. */
export async function countVisible(db: Db, scope: CompanyScope): Promise<VisibleCount> {
  const counted = await selectRow(
    db,
    { n: sql<number>`count(*)` },
    (list) => sql`
    with asking as materialized (select ${partiesOf(scope)} as parties)
    select ${list} from (
      select from asking
      join container_party as seen on seen.party_id = any(asking.parties)
      where (seen.list_id is not null
          or exists (select from position where position.container = seen.container)
          or exists (select from terminal_visit as visit where visit.container = seen.container and visit.on_site))
        -- Of several parties of one container one counts.
        and not exists (
          select from container_party as same
          where same.container = seen.container and same.party_id < seen.party_id and same.party_id = any(asking.parties))
      limit ${mostCounted + 1}
    ) as counted`,
  )
  const n = counted?.n ?? 0
  return { count: Math.min(n, mostCounted), isCut: n > mostCounted }
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

/**
 * False when the company has the client already, or when nothing of the name is left to compare. Its people see the containers of
 * the client from the transaction on.
 */
export async function addClient(db: Db, companyId: number, { inn, name }: CompanyClient): Promise<boolean> {
  await lockParties(db)
  const { numAffectedRows = 0n } = await sql`
    insert into company_client (company_id, inn, name)
    select ${companyId}::bigint, ${inn}::text, ${name}::text
    where ${inn}::text is not null or client_key(${name}::text) is not null
    on conflict do nothing`.execute(db)
  const isNew = numAffectedRows > 0n
  if (isNew) await resolveCompanies(db, companyId)
  return isNew
}

/** Returns who it was, or undefined when the company has no such client. */
export async function removeClient(db: Db, companyId: number, id: number): Promise<CompanyClient | undefined> {
  await lockParties(db)
  const client = await db
    .deleteFrom('companyClient')
    .where('id', '=', id)
    .where('companyId', '=', companyId)
    .returning(['inn', 'name'])
    .executeTakeFirst()
  if (client) await resolveCompanies(db, companyId)
  return client
}

/** A client as the files name it. */
export interface KnownClient extends CompanyClient {
  readonly spellingId: number
}

/**
 * Lists the clients that the files name and the company does not have yet, by name; with `search`, those whose name or ИНН holds it. One row for
 * all spellings of a client, with its ИНН where the terminal reports it. Spellings with an ИНН of their own are a client of their own.
 */
export async function listKnownClients(
  db: Db,
  companyId: number,
  { offset, limit, search }: Page & { readonly search: string | undefined },
): Promise<Paged<KnownClient>> {
  const rows = await selectRows(
    db,
    { ...knownClient, total: sql<number>`count(*) over ()` },
    (list) => sql`
    with known as (${knownClients})
    select ${list} from known
    where not exists (
      select 1 from company_client as own
      cross join lateral (select coalesce(own.inn, known_inn(own.form)) as inn) as its
      where own.company_id = ${companyId}
        and (its.inn = known.inn or own.name_key = client_key(known.name) and (its.inn is null or known.inn is null)))
    and ${search === undefined ? sql`true` : sql`(client_key(known.name) like '%' || client_key(${search}) || '%' or known.inn like ${search} || '%')`}
    order by known.name
    offset ${offset} limit ${limit}`,
  )
  return { total: rows[0]?.total ?? 0, rows: rows.map(({ total: _total, ...client }) => client) }
}

export async function findKnownClient(db: Db, spellingId: number): Promise<KnownClient | undefined> {
  return selectRow(
    db,
    knownClient,
    (list) => sql`with known as (${knownClients}) select ${list} from known where spelling_id = ${spellingId}`,
  )
}

const knownClient = {
  spellingId: sql<number>`known.spelling_id`,
  name: sql<string>`known.name`,
  inn: sql<string | null>`known.inn`,
}

const knownClients = sql`
  select min(id) as spelling_id, min(spelling) as name, min(inn) as inn
  from (
    select spelling.id, spelling.spelling, spelling.key, named.inn,
      min(named.inn) over (partition by spelling.key) is distinct from max(named.inn) over (partition by spelling.key) as are_many
    from client_spelling as spelling
    left join (select form, min(inn) as inn from client_inn group by form having count(*) = 1) as named
      on named.form = spelling.form
    where spelling.key is not null
  ) as named
  group by key, case when are_many then coalesce(inn, '') end`

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
