import { expect, test } from '@atermtrack/testkit'
import { sql } from 'kysely'
import { selectColumns } from './columns.ts'

const columns = { n: sql`n`, name: sql`name`, isSmall: sql`n < 3` }

test('gives each column as texts in the order of the rows, with the empty text for null', async ({ db }) => {
  const from = sql`(values (1, 'a, "b"'), (2, null), (3, e'two\nlines')) as listed (n, name)`
  expect(await selectColumns(db, { listed: { columns, from } })).toEqual({
    listed: {
      n: ['1', '2', '3'],
      name: ['a, "b"', '', 'two\nlines'],
      isSmall: ['true', 'true', 'false'],
    },
  })
})

test('gives empty columns without a row, and one empty text for one null, whatever other sources have', async ({
  db,
}) => {
  const none = sql`(values (1, 'a')) as listed (n, name) where n > 1`
  const one = sql`(values (1, null)) as listed (n, name)`
  const found = await selectColumns(db, { none: { columns, from: none }, one: { columns, from: one } })
  expect(found.none).toEqual({ n: [], name: [], isSmall: [] })
  expect(found.one).toEqual({ n: ['1'], name: [''], isSmall: ['true'] })
})
