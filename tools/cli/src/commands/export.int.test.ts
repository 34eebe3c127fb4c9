import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from '@atermtrack/testkit'
import { sql } from 'kysely'
import { aPerson, auditOf, cli } from '../cli.test-helper.ts'

async function aFolder(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'export-'))
  onTestFinished(() => rm(path, { recursive: true }))
  return path
}

test('writes a workbook, overwrites none, and leaves a record', async ({ db, databaseUrl }) => {
  await aPerson(db, 77)
  const path = join(await aFolder(), 'people.xlsx')
  const env = { DATABASE_URL: databaseUrl }
  expect(await cli(`export people --from 2020-01-01 --out ${path}`, env)).toEqual({
    code: 0,
    text: `1 row is written to ${path}`,
  })
  expect((await readFile(path)).subarray(0, 2).toString()).toBe('PK')
  expect(await cli(`export people --out ${path}`, env)).toMatchObject({ code: 1 })
  expect(await auditOf(db)).toEqual([
    {
      action: 'export.written',
      object: 'export:people',
      command: 'export',
      details: { from: '2020-01-01', until: '', zone: 'Asia/Vladivostok' },
    },
  ])
})

test('shows statistics as JSON', async ({ db, databaseUrl }) => {
  await aPerson(db, 77)
  await sql`insert into delivery (channel, kind, chat_id, text, status, error, finished_at)
    values ('telegram', 'answer', 77, 'x', 'blocked', 'Forbidden: bot was blocked by the user', now())`.execute(db)
  const { code, text } = await cli('stats --json --period day', { DATABASE_URL: databaseUrl })
  expect(code).toBe(0)
  expect(JSON.parse(text)).toMatchObject({
    ok: true,
    tables: [
      expect.arrayContaining([{ what: 'people_new', how_many: 1 }]),
      [{ channel: 'telegram', refused_because: 'Forbidden: bot was blocked by the user', times: 1 }],
      [{ 'look-ups': 0, active_people: 0 }],
      [],
      [],
    ],
  })
})

test.each([
  ['export', 'expected a kind'],
  ['export cats --out x', 'expected a kind'],
  ['export people', 'expected --out'],
  ['export people --out x --from tomorrow', '--from is not a day until today: tomorrow'],
  ['export people --out x --from 2026-02-30', '--from is not a day'],
  ['export people --out x --from 2026-02-02 --to 2026-02-01', '--from is after --to'],
  ['export people --out x --language de', 'there is no language de'],
  ['stats --period year', 'expected a period'],
])('a command line that is not usable says why: %s', async (line, said) => {
  const { code, text } = await cli(line)
  expect([code, text]).toEqual([2, expect.stringContaining(said)])
})
