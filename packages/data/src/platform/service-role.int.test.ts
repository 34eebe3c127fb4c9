import { expect, test } from '@atermtrack/testkit'
import { sql } from 'kysely'
import { checkDatabase } from './check-database.ts'
import { openDb } from './client.ts'
import { importReport } from '../positions/import/dislocation-reports.test-helper.ts'
import { listMissingMigrations } from './migrate.ts'
import { isSuperuser, prepareServiceRole } from './service-role.ts'

test('the role of services reads and writes rows, and knows what was migrated', async ({ serviceDb: db }) => {
  expect(await isSuperuser(db)).toBe(false)
  expect(await listMissingMigrations(db)).toEqual([])
  await sql`insert into audit (action, object) values ('tested', 'role')`.execute(db)
  await sql`update audit set action = 'tested twice'`.execute(db)
  expect((await sql`delete from audit`.execute(db)).numAffectedRows).toBe(1n)
})

test('the role of services imports a report: it may copy into tables of its own that go with the transaction', async ({
  serviceDb: db,
}) => {
  await importReport(db, { stamp: new Date('2025-09-01T01:00:00Z'), steps: [{ day: 1 }] })
  const { rows } = await sql`select 1 from position`.execute(db)
  expect(rows).toHaveLength(1)
})

test.for([
  'drop table audit',
  'alter table audit add column more text',
  'create table of_its_own (id int)',
  'truncate audit',
  `insert into kysely_migration (name, timestamp) values ('9999', 'now')`,
  'create role somebody superuser',
])('the role of services may not: %s', async (statement, { serviceDb }) => {
  await expect(sql.raw(statement).execute(serviceDb)).rejects.toMatchObject({ code: '42501' })
})

test('tables of later migrations are open to the role of services', async ({ db, serviceDb }) => {
  await sql`create table of_a_later_release (id bigint generated always as identity, name text)`.execute(db)
  await sql`insert into of_a_later_release (name) values ('new')`.execute(serviceDb)
  expect((await sql`select id, name from of_a_later_release`.execute(serviceDb)).rows).toEqual([{ id: 1, name: 'new' }])
})

test('a service that connects as a superuser says so, one with its own role does not', async ({ db, serviceDb }) => {
  const warnings: string[] = []
  const logger = { warn: (_details: object, message: string) => void warnings.push(message) }
  await checkDatabase(serviceDb, { poolSize: 5, logger })
  expect(warnings).toEqual([])
  await checkDatabase(db, { poolSize: 5, logger })
  expect(warnings).toEqual([expect.stringContaining('superuser')])
})

test('the role of the owner is not made into that of services', async ({ db }) => {
  await expect(prepareServiceRole(db, { name: 'postgres', password: 'x' })).rejects.toThrow(/another role/)
})

test('pools that may outgrow the server are reported with the numbers, and one that cannot fit ends the start', async ({
  ownPostgres,
}) => {
  const warnings: object[] = []
  const logger = { warn: (details: object) => void warnings.push(details) }
  await using bot = openDb({ url: ownPostgres.url, service: 'bot', poolSize: 120 })
  await using other = openDb({ url: ownPostgres.url, service: 'bot', poolSize: 120 })
  await checkDatabase(bot, { poolSize: 120, logger })
  expect(warnings).toEqual([{}])
  await checkDatabase(other, { poolSize: 120, logger })
  expect(warnings).toContainEqual(
    expect.objectContaining({ wanted: 240, allowed: 187, maxConnections: 200, pools: { bot: '2 × 120' } }),
  )
  await expect(checkDatabase(bot, { poolSize: 188, logger })).rejects.toThrow(/188 connections.*187/)
})
