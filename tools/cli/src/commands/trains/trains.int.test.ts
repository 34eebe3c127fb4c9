import { writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Db, trainRosters, workbooks } from '@atermtrack/data'
import { parseTrainCode, type RosterEntry } from '@atermtrack/domain'
import { containerNumber, expect, test } from '@atermtrack/testkit'
import { auditOf, aWorkbook, cli, nowhere } from '../../cli.test-helper.ts'

const [first, second] = [0, 1].map(containerNumber) as [string, string]

async function aTrain(db: Db, code: string, containers: readonly string[]): Promise<void> {
  const workbookId = await aWorkbook(db, `${code}.xlsx`)
  const sentAt = new Date('2025-09-01T00:00:00Z')
  await workbooks.finish(db, workbookId, { status: 'imported', kind: 'train_roster' })
  const entries = containers.map((container, row) => ({ container, rowNumber: row + 2 }) as RosterEntry)
  const roster = { workbookId, trainCode: parseTrainCode(code)!, destination: 'Селятино', sentAt, entries }
  await db.transaction().execute((tx) => trainRosters.insert(tx, roster))
}

async function declaredOf(db: Db) {
  return db.selectFrom('workbook').select(['fileName', 'declared']).where('declared', 'is not', null).execute()
}

test('makes a train of numbers, and of a file that is called a roster', async ({ db, databaseUrl }) => {
  const env = { DATABASE_URL: databaseUrl, REDIS_URL: nowhere }
  await aTrain(db, 'К25-073', [first])
  for (const [line, why] of [
    ['trains create', 'expected the code of a train'],
    ['trains create К25-101', 'expected container numbers'],
    [`trains create К25-101 ${first} MSKU60116`, 'not a container number: MSKU60116'],
    [`trains create К25-101 ${first} --date 2999-01-01`, 'the date is in the future'],
    [`import /dev/null --as dislocation`, '--as takes "roster"'],
    [`import /dev/null --train К25-101`, 'go with --as roster'],
    [`import /dev/null --as roster`, 'expected the code of a train'],
  ] as const) {
    const refused = await cli(line, env)
    expect(refused.code, line).toBe(2)
    expect(refused.text).toContain(why)
  }
  expect((await cli(`trains create К25-073 ${second} --no-wait`, env)).text).toBe(
    'failed: train К25-073 is there already',
  )
  const made = await cli(
    `trains create k25101 ${first} ${second} --destination Тучково --date 2025-09-02 --no-wait`,
    env,
  )
  expect(made.code).toBe(0)
  const path = join(tmpdir(), `list-${process.pid}.csv`)
  await writeFile(path, first)
  expect((await cli(`import ${path} --as roster --train К25-102 --no-wait`, env)).code).toBe(0)
  expect(await declaredOf(db)).toEqual([
    {
      fileName: 'Поезд К25-101.csv',
      declared: {
        kind: 'train_roster',
        trainCode: 'К25-101',
        destination: 'Тучково',
        sentAt: '2025-09-02T00:00:00.000Z',
      },
    },
    { fileName: `list-${process.pid}.csv`, declared: { kind: 'train_roster', trainCode: 'К25-102' } },
  ])
  expect((await auditOf(db)).map(({ action, object }) => [action, object.split(':')[0]])).toEqual([
    ['train.created', 'train'],
    ['workbook.added', 'workbook'],
  ])
})

test('moves containers once it is asked to with --yes', async ({ db, databaseUrl }) => {
  const env = { DATABASE_URL: databaseUrl, REDIS_URL: nowhere }
  await aTrain(db, 'К25-073', [first])
  expect(await cli(`trains move К25-073 К25-074 ${first}`, env)).toMatchObject({ code: 1 })
  await aTrain(db, 'К25-074', [])
  const shown = await cli(`trains move К25-073 К25-074 ${first} ${second} --json`, env)
  expect(shown.code).toBe(0)
  expect(JSON.parse(shown.text).tables[0]).toEqual([
    { container: first, what_becomes_of_it: 'К25-073 → К25-074' },
    { container: second, what_becomes_of_it: 'stays: not on К25-073' },
  ])
  expect(await auditOf(db)).toEqual([])
  expect((await cli(`trains move К25-073 К25-074 ${first} --yes`, env)).code).toBe(0)
  expect(await cli(`trains move К25-073 К25-074 ${first} --yes`, env)).toMatchObject({ code: 1 })
  expect(JSON.parse((await cli('trains list --json', env)).text).tables[0]).toMatchObject([
    { train: 'К25-074', containers: 1 },
    { train: 'К25-073', containers: 0 },
  ])
  expect(await auditOf(db)).toMatchObject([
    { action: 'train.containers_moved', object: 'train:К25-073', command: 'trains move' },
  ])
})
