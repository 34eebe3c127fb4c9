import { expect, test } from '@atermtrack/testkit'
import { sql } from 'kysely'
import { textList } from './text-list.ts'

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
