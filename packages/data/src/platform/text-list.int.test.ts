import { expect, test } from '@atermtrack/testkit'
import { sql } from 'kysely'
import { isOneOf, textList } from './text-list.ts'

test.for([0, 1, 2, 10, 11, 200])('finds each of %d texts and nothing else', async (count, { db }) => {
  const texts = Array.from({ length: count }, (_, n) => `text ${n}`)
  const { rows } = await sql<{ text: string }>`
    select text from unnest(${[...texts, 'other']}::text[]) as given (text)
    where text = any(${textList(texts)})`.execute(db)
  expect(rows.map(({ text }) => text)).toEqual(texts)
})

test('makes one statement of short lists', ({ db }) => {
  const statements = [2, 5, 10].map((count) => {
    const texts = Array.from({ length: count }, (_, n) => `text ${n}`)
    return sql`select ${textList(texts)}`.compile(db).sql
  })
  expect(new Set(statements).size).toBe(1)
})

test.for([0, 1, 2, 10, 11])('finds the rows that are one of %d texts', async (count, { db }) => {
  const texts = Array.from({ length: count }, (_, n) => `text ${n}`)
  const { rows } = await sql<{ text: string }>`
    select text from unnest(${[...texts, 'other']}::text[]) as given (text)
    where ${isOneOf(sql.ref('given.text'), texts)}`.execute(db)
  expect(rows.map(({ text }) => text)).toEqual(texts)
})

test('a list of two is expected to find as many rows as one of ten', async ({ db }) => {
  await sql`create temporary table word (text text primary key)`.execute(db)
  await sql`insert into word select n::text from generate_series(1, 1000) as n`.execute(db)
  await sql`analyze word`.execute(db)
  const expected = async (count: number) => {
    const texts = Array.from({ length: count }, (_, n) => `${n}`)
    const { rows } = await sql<Record<'QUERY PLAN', string>>`
      explain select from word where ${isOneOf(sql.ref('word.text'), texts)}`.execute(db)
    return /rows=(\d+)/.exec(rows[0]?.['QUERY PLAN'] ?? '')?.[1]
  }
  expect(await expected(2)).toBe('10')
  expect(await expected(10)).toBe('10')
})
