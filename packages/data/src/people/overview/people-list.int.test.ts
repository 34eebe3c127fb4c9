import type { AccessPolicy } from '@atermtrack/domain'
import { describe, expect, test } from '@atermtrack/testkit'
import { sql } from 'kysely'
import * as companies from '../../companies/companies.ts'
import type { Db } from '../../platform/client.ts'
import * as people from '../people.ts'
import * as peopleList from './people-list.ts'
import * as personCard from './person-card.ts'

const policy: AccessPolicy = { mode: 'approval', adminChatIds: [7], unnamed: 'hidden' }
const page = { offset: 0, limit: 10, policy }

describe('a search for people', () => {
  test('finds the beginnings of words of names and companies, a username and an id', async ({ db }) => {
    await meet(db, 1001, 'Анна', { lastName: 'Петрова-Сёмина', username: 'anna_p' })
    await meet(db, 1002, '🚛 БОРИС')
    await meet(db, 1003, 'Вера')
    const company = await companies.insert(db, 'ООО «Ромашка»')
    await people.grant(db, 1003, 'viewer', company!.id)
    const found = async (text: string) => namesOf(await peopleList.list(db, { ...page, filter: 'all', text }))
    expect(await found('петр')).toEqual(['Анна'])
    expect(await found('семин АН')).toEqual(['Анна'])
    expect(await found('@Anna_P')).toEqual(['Анна'])
    expect(await found('борис')).toEqual(['🚛 БОРИС'])
    expect(await found('ромаш')).toEqual(['Вера'])
    expect(await found('1002')).toEqual(['🚛 БОРИС'])
    expect(await found("' | 'а':*")).toEqual(['Анна'])
    for (const nobody of ['етр', 'петр вера', '%', '\\', '&', '99999999999999999999'])
      expect([nobody, await found(nobody)]).toEqual([nobody, []])
  })
})

describe('a filter', () => {
  test('shows those of a role, who wait, are out, out of reach or silent', async ({ db }) => {
    for (const [id, name] of [
      [7, 'Я'],
      [1, 'А'],
      [2, 'Б'],
      [3, 'В'],
      [4, 'Г'],
      [5, 'Д'],
    ] as const)
      await meet(db, id, name)
    const company = await companies.insert(db, 'Ромашка')
    await people.grant(db, 1, 'operator')
    await people.grant(db, 2, 'viewer', company!.id)
    await companies.remove(db, company!.id)
    await people.requestAccess(db, (await people.findByTelegramId(db, 3))!.id, undefined)
    await db.updateTable('person').set({ access: 'denied' }).where('telegramId', '=', 4).execute()
    await people.markUnreachable(db, 5, 'blocked')
    await sql`insert into chat_usage (chat_id, questions, files, bytes, minute_from)
      values (1, 1, 0, 0, now()), (2, 1, 0, 0, now() - interval '8 days')`.execute(db)
    const shown = async (filter: peopleList.PeopleFilter) =>
      namesOf(await peopleList.list(db, { ...page, filter })).join('')
    expect(await shown('all')).toBe('АБВГДЯ')
    expect(await shown('admin')).toBe('Я')
    expect(await shown('operator')).toBe('А')
    expect(await shown('viewer')).toBe('Б')
    expect(await shown('waiting')).toBe('В')
    expect(await shown('closed')).toBe('Г')
    expect(await shown('stranded')).toBe('Б')
    expect(await shown('unreachable')).toBe('Д')
    expect(await shown('silent7')).toBe('БВГДЯ')
    expect(await shown('silent30')).toBe('ВГДЯ')
    const open = await peopleList.list(db, { ...page, filter: 'viewer', policy: { ...policy, mode: 'open' } })
    expect(namesOf(open).join('')).toBe('БВД')
  })
})

test('10,000 people with their history are searched and shown without reading all of it', async ({ db }) => {
  await storeMany(db)
  const found = await scansOf(db, async (tx) => {
    const { total, rows } = await peopleList.list(tx, { ...page, filter: 'all', text: 'фамилия777' })
    expect([total, rows[0]?.firstName]).toEqual([11, 'Имя777'])
  })
  expect(found).toEqual([])
  const { rows } = await peopleList.list(db, { ...page, filter: 'all', text: '777' })
  const shown = await scansOf(db, async (tx) => {
    expect(await personCard.load(tx, rows[0]!.id)).toMatchObject({ lookups: { ofWeek: 2, ofMonth: 2 } })
  })
  expect(shown).toEqual([])
})

async function storeMany(db: Db): Promise<void> {
  const add = async (statement: string) => sql.raw(statement).execute(db)
  await add(`insert into person (telegram_id, first_name, last_name, username)
    select n, 'Имя' || n, 'Фамилия' || n, 'user_' || n from generate_series(1, 10000) as n`)
  await add(`insert into chat_usage (chat_id, questions, files, bytes) select telegram_id, 1, 0, 0 from person`)
  await add(`insert into lookup (person_id, containers, found) select id, '{}', 0 from person, generate_series(1, 2)`)
  await add(`insert into audit (action, object) select 'access.granted', 'person:' || id from person`)
  await add(`insert into delivery (channel, kind, person_id, chat_id, status, text)
    select 'telegram', 'alert', id, telegram_id, 'sent', '' from person, generate_series(1, 3)`)
  await add(`insert into subscription (person_id, name, slots, zone, next_due_at)
    select id, '', '{09:00}', 'Europe/Moscow', now() from person`)
  await add(`insert into email_address (person_id, address) select id, id || '@example.com' from person`)
  await add(`insert into person_day (day, person_id) select '2026-01-01', id from person`)
  await add('analyze')
}

/** The tables that a piece of work reads from one end to the other, except for the few companies. */
async function scansOf(db: Db, work: (tx: Db) => Promise<void>): Promise<readonly string[]> {
  return db.transaction().execute(async (tx) => {
    // The counters of a transaction start with what its connection did before and has not reported yet.
    const before = new Map((await scanCounts(tx)).map(({ name, scans }) => [name, scans]))
    await work(tx)
    return (await scanCounts(tx)).filter(({ name, scans }) => scans > (before.get(name) ?? 0)).map(({ name }) => name)
  })
}

async function scanCounts(tx: Db) {
  const { rows } = await sql<{ name: string; scans: number }>`
    select relname as name, seq_scan as scans from pg_stat_xact_user_tables where relname <> 'company'`.execute(tx)
  return rows
}

function namesOf({ rows }: { readonly rows: readonly { readonly firstName: string }[] }): readonly string[] {
  return rows.map(({ firstName }) => firstName)
}

async function meet(
  db: Db,
  telegramId: number,
  firstName: string,
  { lastName = null, username = null }: { lastName?: string | null; username?: string | null } = {},
): Promise<void> {
  await people.ensure(db, { telegramId, firstName, lastName, username, language: 'ru' })
}
