import { sql } from 'kysely'
import { Redis } from 'ioredis'
import { cleaningName } from './database/worker-database.ts'
import { describe, expect, test } from './test.ts'

describe('a clean database', () => {
  for (const turn of ['first', 'second', 'third']) {
    test(`is migrated for the ${turn} test and holds nothing that the others left`, async ({ db }) => {
      const { rows } = await sql<{ n: number }>`select count(*)::int as n from kysely_migration`.execute(db)
      expect(rows[0]?.n).toBeGreaterThan(0)
      const left = sql<Traces>`
        select (select count(*)::int from company) as companies, (select count(*)::int from broadcast) as broadcasts,
          to_regclass('trace')::text as made`
      const traces = { companies: 0, broadcasts: 0, made: null }
      expect((await left.execute(db)).rows[0]).toMatchObject(traces)

      const inserted = await db.insertInto('company').values({ name: turn }).returning('id').executeTakeFirstOrThrow()
      expect(inserted.id).toBe(1)
      // A test that changes the schema gets a new database made for the next one.
      if (turn === 'first') await sql`create table trace ()`.execute(db)
    })
  }

  test('ends the sessions that the test before it left open', async ({ db }) => {
    const { rows } = await sql<{ n: number }>`
      select count(*)::int as n from pg_stat_activity
      where datname = current_database() and backend_type = 'client backend' and pid <> pg_backend_pid()
        and application_name <> ${cleaningName}`.execute(db)
    expect(rows[0]?.n).toBe(0)
  })
})

interface Traces {
  readonly companies: number
  readonly broadcasts: number
  readonly made: string | null
}

describe('a queue prefix', () => {
  let left: string | undefined

  test('lets a test write keys', async ({ redisUrl, queuePrefix }) => {
    const redis = new Redis(redisUrl)
    await redis.set(`${queuePrefix}:x`, '1')
    redis.disconnect()
    left = queuePrefix
  })

  test('whose keys are gone afterwards', async ({ redisUrl, queuePrefix }) => {
    const redis = new Redis(redisUrl)
    expect(await redis.keys(`${left}*`)).toEqual([])
    redis.disconnect()
    expect(queuePrefix).not.toBe(left)
  })
})

test('gives a test mail servers of its own', async ({ mailServer, smtpServer }) => {
  expect(await mailServer.append(Buffer.from('Subject: Hello\r\n\r\n'))).toBe(1)
  expect(smtpServer.messages).toEqual([])
})
