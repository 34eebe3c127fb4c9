import { workbooks } from '@atermtrack/data'
import { expect, test } from '@atermtrack/testkit'
import { aWorkbook, auditOf, cli, nowhere } from '../../cli.test-helper.ts'

test.for(['show', 'accept', 'reject', 'replay', 'undo'])(
  'a workbook that is not there cannot be decided about: %s',
  async (verb, { databaseUrl, redisUrl, queuePrefix }) => {
    const env = { DATABASE_URL: databaseUrl, REDIS_URL: redisUrl, QUEUE_PREFIX: queuePrefix }
    expect(await cli(`workbooks ${verb} 5`, env)).toEqual({ code: 1, text: 'failed: there is no workbook 5' })
  },
)

test('a decision stands although Redis does not answer, and says that the sweep goes on with it', async ({
  db,
  databaseUrl,
}) => {
  const id = await aWorkbook(db)
  await workbooks.finish(db, id, { status: 'refused', reason: 'no_rows' })
  const env = { DATABASE_URL: databaseUrl, REDIS_URL: nowhere }
  expect(await cli(`workbooks replay ${id}`, env)).toEqual({
    code: 0,
    text: `workbook ${id} waits for the sweep, Redis does not answer`,
  })
  expect(await statusOf(db, id)).toBe('pending')
  expect(await auditOf(db)).toMatchObject([
    { action: 'workbook.replayed', command: 'workbooks replay', details: { from: 'refused' } },
  ])
})

test('only one of two decisions at once counts, and the other reports the state of the workbook', async ({
  db,
  databaseUrl,
  redisUrl,
  queuePrefix,
}) => {
  const env = { DATABASE_URL: databaseUrl, REDIS_URL: redisUrl, QUEUE_PREFIX: queuePrefix }
  const id = await aWorkbook(db)
  await workbooks.finish(db, id, { status: 'quarantined', kind: 'dislocation', rowCount: 5, reason: 'shrunk' })
  const decided = await Promise.all([cli(`workbooks accept ${id}`, env), cli(`workbooks reject ${id}`, env)])
  expect(decided.map(({ code }) => code).toSorted((a, b) => a - b)).toEqual([0, 1])
  expect(await auditOf(db)).toHaveLength(1)
  expect(await statusOf(db, id)).toBe(decided[0]?.code === 0 ? 'pending' : 'refused')
})

test('a workbook under way can neither be replayed nor undone', async ({ db, databaseUrl, redisUrl, queuePrefix }) => {
  const env = { DATABASE_URL: databaseUrl, REDIS_URL: redisUrl, QUEUE_PREFIX: queuePrefix }
  const id = await aWorkbook(db)
  for (const verb of ['replay', 'undo', 'accept', 'reject']) {
    const { code, text } = await cli(`workbooks ${verb} ${id}${verb === 'undo' ? ' --yes' : ''}`, env)
    expect([verb, code]).toEqual([verb, 1])
    expect(text).toContain(`workbook ${id} is pending`)
    expect(text).toContain('nothing can be done about it now')
  }
  expect(await auditOf(db)).toEqual([])
})

test('shows the facts of a workbook, and its rows with the letters of their columns', async ({ db, databaseUrl }) => {
  const id = await aWorkbook(db, 'сводка.xlsx')
  const head = [['Сводка', '', 'за\nсутки'], [], ['x'.repeat(400)]]
  await workbooks.finish(db, id, { status: 'quarantined', reason: 'unknown_layout', head })
  const { code, text } = await cli(`workbooks show ${id}`, { DATABASE_URL: databaseUrl })
  expect(code).toBe(0)
  expect(text).toMatch(/file +сводка\.xlsx/)
  expect(text).toMatch(/bytes +17/)
  expect(text).toMatch(/1 +A=Сводка \| C=за сутки/)
  expect(text).not.toContain('decided (UTC)')
  expect(Math.max(...text.split('\n').map(({ length }) => length))).toBeLessThan(320)
})

test('an unknown layout cannot be described by a row that is not there', async ({
  db,
  databaseUrl,
  redisUrl,
  queuePrefix,
}) => {
  const env = { DATABASE_URL: databaseUrl, REDIS_URL: redisUrl, QUEUE_PREFIX: queuePrefix }
  const id = await aWorkbook(db)
  await workbooks.finish(db, id, { status: 'quarantined', reason: 'unknown_layout', head: [['Ящик']] })
  const columns = 'A=container B=operationStation C=operation D=operatedAt'
  expect(await cli(`workbooks teach ${id} ${columns} --header 2`, env)).toEqual({
    code: 1,
    text: `failed: workbook ${id} has no such row, see "workbooks show ${id}"`,
  })
  expect(await cli(`workbooks teach ${id} ${columns} --header 0`, env)).toMatchObject({ code: 2 })
  expect(await statusOf(db, id)).toBe('quarantined')
})

test('lists the newest workbooks first, as many as asked for', async ({ db, databaseUrl }) => {
  const env = { DATABASE_URL: databaseUrl }
  expect(await cli('workbooks list', env)).toEqual({ code: 0, text: '(none)' })
  for (const name of ['a.xlsx', 'b.xlsx', 'c.xlsx']) await aWorkbook(db, name)
  const { text } = await cli('workbooks list --limit 2', env)
  expect(text.match(/[abc]\.xlsx/g)).toEqual(['c.xlsx', 'b.xlsx'])
  expect(await cli('workbooks list --status refused', env)).toEqual({ code: 0, text: '(none)' })
  expect(await cli('workbooks list --limit 0', env)).toMatchObject({ code: 2 })
})

test('an original that is not stored any more is not written', async ({ db, databaseUrl }) => {
  expect(await cli('workbooks save 5 /tmp/nothing.xlsx', { DATABASE_URL: databaseUrl })).toEqual({
    code: 1,
    text: 'failed: there is no workbook 5',
  })
  const id = await aWorkbook(db)
  await db
    .updateTable('blob')
    .set({ content: Buffer.alloc(0), emptiedAt: new Date() })
    .execute()
  const { code, text } = await cli(`workbooks save ${id} /tmp/nothing.xlsx`, { DATABASE_URL: databaseUrl })
  expect([code, text]).toEqual([1, expect.stringMatching(/^failed: /)])
  expect((await cli(`workbooks show ${id}`, { DATABASE_URL: databaseUrl })).text).toMatch(
    /original +not stored any more/,
  )
})

async function statusOf(db: Parameters<typeof aWorkbook>[0], id: number) {
  return (await db.selectFrom('workbook').select('status').where('id', '=', id).executeTakeFirst())?.status
}
