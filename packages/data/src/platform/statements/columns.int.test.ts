import { expect, test } from '@atermtrack/testkit'
import { sql } from 'kysely'
import { selectColumns } from './columns.ts'

const columns = { n: sql`n`, name: sql`name`, isSmall: sql`n < 3` }

test('gives each column as texts in the order of the rows, with the empty text for null', async ({ db }) => {
  const rows = sql`(values (1, 'a, "b"'), (2, null), (3, e'two\nlines')) as listed (n, name)`
  expect(await selectColumns(db, columns, rows)).toEqual({
    n: ['1', '2', '3'],
    name: ['a, "b"', '', 'two\nlines'],
    isSmall: ['true', 'true', 'false'],
  })
})

test('gives empty columns without a row, and one empty text for one null', async ({ db }) => {
  const none = sql`(values (1, 'a')) as listed (n, name) where n > 1`
  expect(await selectColumns(db, columns, none)).toEqual({ n: [], name: [], isSmall: [] })
  expect((await selectColumns(db, columns, sql`(values (1, null)) as listed (n, name)`)).name).toEqual([''])
})
