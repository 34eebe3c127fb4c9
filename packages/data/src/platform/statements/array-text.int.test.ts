import { expect, test } from '@atermtrack/testkit'
import { sql } from 'kysely'
import { arrayText } from './array-text.ts'

test('PostgreSQL reads the text of an array as its values', async ({ db }) => {
  const texts = [
    'CSQU3054383',
    '',
    ' ',
    'null',
    'NULL',
    'a,b',
    '{}',
    'кавычка " и \\ черта',
    '{"days":2}',
    'a\nb\t',
    null,
  ]
  const moment = new Date('2026-11-22T05:00:00.123Z')
  const { rows } = await sql<Record<string, unknown>>`
    select ${arrayText([...texts, undefined])}::text[] as texts, ${arrayText([1, -2.5, null])}::float8[] as numbers,
      ${arrayText([true, false])}::boolean[] as flags, ${arrayText([])}::text[] as none,
      (${arrayText([moment])}::timestamptz[])[1] as moment`.execute(db)
  expect(rows).toEqual([{ texts: [...texts, null], numbers: [1, -2.5, null], flags: [true, false], none: [], moment }])
})
