import { trainRosters, workbooks } from '@atermtrack/data'
import type { ContainerNumber } from '@atermtrack/domain'
import { expect, test } from '@atermtrack/testkit'
import { aWorkbook, auditOf, cli, nowhere } from '../../cli.test-helper.ts'

test('an undo shows what it takes back, and is asked for with --yes alone', async ({ db, databaseUrl }) => {
  const env = { DATABASE_URL: databaseUrl, REDIS_URL: nowhere }
  const id = await aWorkbook(db, 'КП К25-073.xlsx')
  await workbooks.finish(db, id, { status: 'imported', kind: 'train_roster' })
  const unnamed = {
    client: undefined,
    type: undefined,
    weightKg: undefined,
    wagon: undefined,
    waybill: undefined,
    destination: undefined,
  }
  const entry = { rowNumber: 1, container: 'CSQU3054383' as ContainerNumber, ...unnamed }
  const roster = { workbookId: id, trainCode: 'К25-073', destination: undefined, sentAt: new Date() }
  await db.transaction().execute((tx) => trainRosters.insert(tx, { ...roster, entries: [entry] }))
  const shown = await cli(`imports undo ${id}`, env)
  expect(shown.code).toBe(0)
  expect(shown.text).toMatch(/containers on the list of train К25-073 +1\n.*counts then +no/)
  expect(shown.text).toContain('nothing is undone yet: add --yes')
  expect(await auditOf(db)).toEqual([])
  expect(await cli(`imports undo ${id} --yes`, env)).toMatchObject({ code: 0 })
  expect(await auditOf(db)).toMatchObject([{ action: 'workbook.undo_requested', command: 'workbooks undo' }])
  expect(await cli(`imports undo ${id}`, env)).toMatchObject({ code: 1 })
})

test('the facts of a dislocation report are counted', async ({ db, databaseUrl }) => {
  const id = await aWorkbook(db)
  const containers = ['CSQU3054383']
  await workbooks.finish(db, id, { status: 'imported', kind: 'dislocation', stamp: new Date(), containers })
  const { text } = await cli(`workbooks undo ${id} --json`, { DATABASE_URL: databaseUrl })
  expect(JSON.parse(text)).toMatchObject({
    ok: true,
    tables: [
      [
        { what_an_undo_takes_back: 'positions worked out again from other reports', how_many: 0 },
        { what_an_undo_takes_back: 'containers that no other report names', how_many: 1 },
        { how_many: 0 },
        { how_many: 0 },
        { how_many: 0 },
      ],
    ],
  })
})
