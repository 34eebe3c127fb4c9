import type { AccessPolicy, PersonFacts, Role } from '@atermtrack/domain'
import { type RawBuilder, sql } from 'kysely'
import type { Page, Paged } from '../../companies/companies.ts'
import type { Db } from '../../platform/client.ts'
import { wasActiveWithin } from '../../updates/chat-usage.ts'
import { hasRole, isAllowed, isCompanyRemoved } from '../access/allowed-people.ts'

/** The parts of the list of people that admins ask for; the last three are the days for which somebody has not written. */
export const peopleFilters = [
  'all',
  'waiting',
  'admin',
  'operator',
  'viewer',
  'closed',
  'stranded',
  'unreachable',
  'silent7',
  'silent30',
  'silent90',
] as const
export type PeopleFilter = (typeof peopleFilters)[number]

/** Somebody who has written to the bot, whatever their rights are. */
export interface ListedPerson extends PersonFacts {
  readonly id: number
  readonly firstName: string
  readonly lastName: string | null
  readonly username: string | null
  /** The name of a company that is removed, too. */
  readonly companyName: string | null
  readonly unreachableSince: Date | null
}

export interface PeopleSearch {
  readonly filter: PeopleFilter
  /** Beginnings of words of the name or of the company, a @username or a Telegram id. */
  readonly text?: string | undefined
  readonly companyId?: number | undefined
}

/** A page of the people who match, by name, and how many they are. */
export async function list(
  db: Db,
  { offset, limit, policy, ...search }: PeopleSearch & Page & { readonly policy: AccessPolicy },
): Promise<Paged<ListedPerson>> {
  const matching = select(db).where(matches(search, policy))
  const { total } = await db
    .selectFrom('person')
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .where(matches(search, policy))
    .executeTakeFirstOrThrow()
  const rows = await matching.orderBy('person.firstName').orderBy('person.id').offset(offset).limit(limit).execute()
  return { total, rows }
}

/** Undefined for somebody whose data are erased. */
export async function find(db: Db, id: number): Promise<ListedPerson | undefined> {
  return select(db).where('person.id', '=', id).where('person.erasedAt', 'is', null).executeTakeFirst()
}

function select(db: Db) {
  return db
    .selectFrom('person')
    .leftJoin('company', 'company.id', 'person.companyId')
    .select(['person.id', 'person.telegramId', 'person.firstName', 'person.lastName', 'person.username'])
    .select(['person.role', 'person.access', 'person.accessDecidedAt', 'person.companyId', 'person.unreachableSince'])
    .select('company.name as companyName')
    .select(isCompanyRemoved('person').as('isCompanyRemoved'))
}

function matches({ filter, text, companyId }: PeopleSearch, policy: AccessPolicy): RawBuilder<boolean> {
  const conditions = [
    sql<boolean>`person.erased_at is null`,
    ...(filter === 'all' ? [] : [isOf(filter, policy)]),
    ...(companyId === undefined ? [] : [sql<boolean>`person.company_id = ${companyId} and person.access = 'granted'`]),
    ...(text === undefined ? [] : [sql<boolean>`person.id = any(${found(text)})`]),
  ]
  return sql<boolean>`(${sql.join(conditions, sql` and `)})`
}

function isOf(filter: Exclude<PeopleFilter, 'all'>, policy: AccessPolicy): RawBuilder<boolean> {
  const has = (role: Role) => sql<boolean>`(${isAllowed(policy)} and ${hasRole(role, policy.adminChatIds)})`
  const isSilent = (days: number) => sql<boolean>`not ${wasActiveWithin(sql.ref('person.telegram_id'), days)}`
  const conditions = {
    waiting: sql<boolean>`person.access = 'requested'`,
    admin: has('admin'),
    operator: has('operator'),
    viewer: has('viewer'),
    closed: sql<boolean>`(person.access = 'denied' and not ${isAllowed(policy)})`,
    stranded: sql<boolean>`(person.access = 'granted' and ${isCompanyRemoved('person')})`,
    unreachable: sql<boolean>`person.unreachable_since is not null`,
    silent7: isSilent(7),
    silent30: isSilent(30),
    silent90: isSilent(90),
  }
  return conditions[filter]
}

/** The expression of an index, word by word. */
const wordsOfPerson = sql`array_to_tsvector(words_of_name(
  coalesce(first_name, '') || ' ' || coalesce(last_name, '') || ' ' || coalesce(username, '')))`

const asId = /^\d{1,15}$/

/**
 * The ids of the people whom a text names, each part by an index of its own. PostgreSQL expects few from an array and many from a
 * subquery, for which it would read everybody.
 */
function found(text: string): RawBuilder<number[]> {
  const words = sql`(select string_agg(quote_literal(word) || ':*', ' & ')::tsquery
    from unnest(words_of_name(${text})) as word)`
  const byId = asId.test(text.trim()) ? sql`union select id from person where telegram_id = ${Number(text)}` : sql``
  return sql`array(
    select id from person where ${wordsOfPerson} @@ ${words}
    union select id from person where company_id = any(array(
      select company.id from company where array_to_tsvector(words_of_name(company.name)) @@ ${words}))
    ${byId})`
}
