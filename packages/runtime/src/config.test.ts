import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { ConfigError, port, readConfig } from './config.ts'

const schema = z.object({ DB_HOST: z.string(), DB_PORT: port.default(5432), DB_PASS: z.string().optional() })

test('an empty variable is an unset one', () => {
  expect(readConfig(schema, { DB_HOST: 'db', DB_PORT: '' })).toEqual({ DB_HOST: 'db', DB_PORT: 5432 })
})

test('a value may stand in a file, and the variable itself wins', () => {
  const file = join(mkdtempSync(join(tmpdir(), 'atermtrack-')), 'secret')
  writeFileSync(file, 'from the file\n')
  expect(readConfig(schema, { DB_HOST: 'db', DB_PASS_FILE: file })).toMatchObject({ DB_PASS: 'from the file' })
  const both = { DB_HOST: 'db', DB_PASS: 'from the variable', DB_PASS_FILE: file }
  expect(readConfig(schema, both)).toMatchObject({ DB_PASS: 'from the variable' })
})

test("other programs' variables that name files are left alone", () => {
  expect(readConfig(schema, { DB_HOST: 'db', SOME_TOOL_FILE: '/nowhere' })).toEqual({ DB_HOST: 'db', DB_PORT: 5432 })
})

test('all problems are named at once, and no value', () => {
  const read = () => readConfig(schema, { DB_PORT: 'secret', DB_PASS_FILE: '/nowhere' })
  expect(read).toThrow(ConfigError)
  expect(read).toThrow(/DB_PASS_FILE: the file cannot be read[\s\S]*DB_HOST[\s\S]*DB_PORT/)
  expect(read).not.toThrow(/secret/)
})
