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
