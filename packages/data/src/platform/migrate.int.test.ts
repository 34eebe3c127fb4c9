import { sql } from 'kysely'
import { expect, test } from '@atermtrack/testkit'
import { listMissingMigrations, migrate } from './migrate.ts'

test('an up-to-date database is left as it is', async ({ databaseUrl }) => {
  expect(await migrate({ url: databaseUrl })).toEqual([])
})

test('an older release takes the database of a newer one', async ({ db, databaseUrl }) => {
  await sql`insert into kysely_migration (name, timestamp) values ('9999_of_a_later_release', 'now')`.execute(db)
  expect(await listMissingMigrations(db)).toEqual([])
  expect(await migrate({ url: databaseUrl })).toEqual([])
})

test('two that start at once on an empty database do not collide', async ({ db, databaseUrl: url }) => {
  await sql`drop schema public cascade`.execute(db)
  await sql`create schema public`.execute(db)
  const applied = await Promise.all([migrate({ url }), migrate({ url })])
  expect(await listMissingMigrations(db)).toEqual([])
  expect(applied.flat().toSorted()).toEqual([...new Set(applied.flat())].toSorted())
})
