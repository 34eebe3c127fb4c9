import { expect, test } from '@atermtrack/testkit'
import { sql } from 'kysely'
import { compileOnce } from './compile-once.ts'

interface Given {
  readonly texts: readonly string[]
  readonly moment: Date | null
  readonly limit?: number | undefined
}

interface Row {
  readonly texts: string
  readonly moment: Date | null
}

/** The statement, and how often it was put together. */
function countBuilds() {
  const builds: string[] = []
  const run = compileOnce((db, { texts, moment, limit }: Given, shape: { readonly separator: string }) => {
    builds.push(shape.separator)
    return sql<Row>`
      select array_to_string(array[${sql.join(texts)}]::text[], ${sql.lit(shape.separator)}) as texts,
        ${moment}::timestamptz as moment
      ${limit === undefined ? sql`` : sql`limit ${limit}`}`.compile(db)
  })
  return { run, builds }
}

test('runs one text with the values of each call', async ({ db }) => {
  const { run, builds } = countBuilds()
  const moment = new Date('2026-03-01T10:00:00Z')
  const first = await run(db, { texts: ['a', 'b'], moment }, { separator: '+' })
  const second = await run(db, { texts: ["it's", 'null'], moment: null }, { separator: '+' })
  expect([first.rows, second.rows]).toEqual([[{ texts: 'a+b', moment }], [{ texts: "it's+null", moment: null }]])
  expect(builds).toEqual(['+'])
})

test('another length of a list, another shape and a value that is not there have texts of their own', async ({
  db,
}) => {
  const { run, builds } = countBuilds()
  const ask = async (given: Given, separator: string) => (await run(db, given, { separator })).rows[0]?.texts
  const texts = ['a', 'b', 'c']
  expect(await ask({ texts, moment: null }, '+')).toBe('a+b+c')
  expect(await ask({ texts: ['a'], moment: null }, '+')).toBe('a')
  expect(await ask({ texts, moment: null }, '-')).toBe('a-b-c')
  expect(await ask({ texts, moment: null, limit: 0 }, '+')).toBeUndefined()
  expect(await ask({ texts: ['x', 'y', 'z'], moment: null, limit: 1 }, '+')).toBe('x+y+z')
  expect(builds).toEqual(['+', '+', '-', '+'])
})

test('a long list is put together each time', async ({ db }) => {
  const { run, builds } = countBuilds()
  const texts = Array.from({ length: 11 }, (_, index) => String(index))
  for (const _ of texts.slice(0, 2)) {
    const { rows } = await run(db, { texts, moment: null }, { separator: ',' })
    expect(rows[0]?.texts).toBe(texts.join())
  }
  expect(builds).toHaveLength(2)
})

test('a statement that looks into its values instead of binding them is refused', async ({ db }) => {
  const peeking = compileOnce((on, { text }: { readonly text: string }) =>
    (text === 'a' ? sql`select 1` : sql`select 2`).compile(on),
  )
  await expect(peeking(db, { text: 'a' })).rejects.toThrow('does not bind text')
})
