import { sql } from 'kysely'
import { Redis } from 'ioredis'
import { describe, expect, test } from './test.ts'

describe('a database of its own', () => {
  const seen = new Set<string>()

  for (const turn of ['first', 'second']) {
    test(`gives the ${turn} test a migrated database without the other's traces`, async ({ db, databaseUrl }) => {
      expect(seen).not.toContain(databaseUrl)
      seen.add(databaseUrl)
      const { rows } = await sql<{ n: number }>`select count(*)::int as n from kysely_migration`.execute(db)
      expect(rows[0]?.n).toBeGreaterThan(0)
      await sql`create table trace ()`.execute(db)
    })
  }
})

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
