import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const folder = join(import.meta.dirname, '../../../../migrations')
const migrations = readdirSync(folder)
  .filter((name) => name.endsWith('.sql'))
  .toSorted((a, b) => a.localeCompare(b))
  .map((name) => ({ name, sql: readFileSync(join(folder, name), 'utf8') }))

test('no migration uses a value that another one adds to an enum: PostgreSQL 15 refuses that in one transaction', () => {
  const added = migrations.flatMap(({ name, sql }) =>
    [...sql.matchAll(/add value (?:if not exists )?('\w+')/g)].map(([, value = '']) => ({ name, value })),
  )
  expect(added.length).toBeGreaterThan(0)
  const uses = migrations.flatMap(({ name, sql }) =>
    added
      .filter((other) => other.name !== name)
      .flatMap(({ value }) => sql.split('\n').filter((line) => line.includes(value) && !line.includes('::text')))
      .map((line) => `${name}: ${line.trim()}`),
  )
  expect(uses).toEqual([])
})
