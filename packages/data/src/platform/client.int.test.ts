import { expect, test } from '@atermtrack/testkit'
import { sql } from 'kysely'
import { openDb } from './client.ts'

test('a statement that is repeated is prepared once, and answers as before', async ({ databaseUrl }) => {
  await using db = openDb({ url: databaseUrl, poolSize: 1, isPreparing: true })
  const answers: number[] = []
  for (let n = 0; n < 10; n += 1) {
    answers.push(
      await db.transaction().execute(async (tx) => {
        const { rows } = await sql<{ double: number }>`select 2 * ${n}::integer as double`.execute(tx)
        return rows[0]?.double ?? Number.NaN
      }),
    )
  }
  expect(answers).toEqual([0, 2, 4, 6, 8, 10, 12, 14, 16, 18])
  const { rows } = await sql<{ statement: string }>`select statement from pg_prepared_statements`.execute(db)
  expect(rows).toEqual([{ statement: 'select 2 * $1::integer as double' }])
})

test('a statement that fails stays prepared and harms no other', async ({ databaseUrl }) => {
  await using db = openDb({ url: databaseUrl, poolSize: 1, isPreparing: true })
  const divide = async (by: number) => (await sql<{ n: number }>`select 6 / ${by}::integer as n`.execute(db)).rows[0]?.n
  expect([await divide(1), await divide(2), await divide(3)]).toEqual([6, 3, 2])
  await expect(divide(0)).rejects.toThrow('division by zero')
  expect(await divide(6)).toBe(1)
})
