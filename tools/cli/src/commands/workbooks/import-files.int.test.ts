import { mkdtemp, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { workbooks } from '@atermtrack/data'
import { importWorkbook, startWorker } from '@atermtrack/queue'
import { createLogger } from '@atermtrack/runtime'
import { expect, onTestFinished, openHealth, test } from '@atermtrack/testkit'
import { auditOf, cli, nowhere } from '../../cli.test-helper.ts'

async function aFolder(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'import-'))
  onTestFinished(() => rm(path, { recursive: true }))
  return path
}

async function aFile(name: string, content = 'any bytes'): Promise<string> {
  const path = join(await aFolder(), name)
  await writeFile(path, content)
  return path
}

test('hands files in as the command line, follows them with what is unpacked, and says what became of them', async ({
  db,
  databaseUrl,
  redisUrl,
  queuePrefix,
}) => {
  const logger = createLogger({ service: 'test', level: 'silent' })
  const connection = { url: redisUrl, prefix: queuePrefix, logger, health: openHealth() }
  await using _worker = startWorker(
    importWorkbook,
    async ({ workbookId }) => {
      const file = await db.selectFrom('workbook').selectAll().where('id', '=', workbookId).executeTakeFirstOrThrow()
      const { fileName, origin, sha256, receivedAt } = file
      const isArchive = fileName === 'пакет.zip'
      if (isArchive) {
        const arrival = { origin, sha256, size: 3, receivedAt, fileName: 'внутри.xlsx', parentId: workbookId }
        await workbooks.finish(db, (await workbooks.insertStored(db, arrival)) ?? 0, {
          status: 'imported',
          rowCount: 7,
        })
      }
      await workbooks.finish(
        db,
        workbookId,
        isArchive ? { status: 'imported' } : { status: 'refused', reason: 'no_rows' },
      )
    },
    connection,
  )
  const env = { DATABASE_URL: databaseUrl, REDIS_URL: redisUrl, QUEUE_PREFIX: queuePrefix }
  const archive = await cli(`import ${await aFile('пакет.zip')} --json`, env)
  expect(archive.code).toBe(0)
  expect(JSON.parse(archive.text)).toMatchObject({
    ok: true,
    tables: [
      [
        { file: 'пакет.zip', status: 'imported' },
        { file: 'внутри.xlsx', status: 'imported', rows: 7 },
      ],
    ],
  })
  const bad = await cli(`import ${await aFile('плохой.xlsx')}`, env)
  expect(bad.code).toBe(1)
  expect(bad.text).toMatch(/плохой\.xlsx +refused[^]*failed: not all files are in the data$/)
  expect(await db.selectFrom('workbook').select(['origin', 'sender']).distinct().execute()).toEqual([
    { origin: 'command_line', sender: null },
  ])
  expect(await auditOf(db)).toMatchObject([
    { action: 'workbook.added', object: 'workbook:1', command: 'import' },
    { action: 'workbook.added', object: 'workbook:3', command: 'import' },
  ])
})

test('a file waits for the sweep while Redis is away, and a command that waits in vain says so', async ({
  db,
  databaseUrl,
}) => {
  const env = { DATABASE_URL: databaseUrl, REDIS_URL: nowhere }
  const path = await aFile('отчёт.xlsx')
  const writtenAt = new Date('2026-01-02T03:04:05Z')
  await utimes(path, writtenAt, writtenAt)
  expect(await cli(`import ${path} --no-wait`, env)).toEqual({
    code: 0,
    text: `${path} is workbook 1, which waits for the sweep, Redis does not answer`,
  })
  const { code, text } = await cli(`import ${path} --wait 1`, env)
  expect([code, text]).toEqual([1, expect.stringContaining('failed: not all files are read yet')])
  expect(await workbooks.listPendingIds(db, 9)).toEqual([1, 2])
  expect(await db.selectFrom('workbook').select('receivedAt').distinct().execute()).toEqual([{ receivedAt: writtenAt }])
})

test('nothing is stored where one of the files cannot be read', async ({ db, databaseUrl }) => {
  const env = { DATABASE_URL: databaseUrl, REDIS_URL: nowhere }
  const good = await aFile('отчёт.xlsx')
  expect(await cli(`import ${good} /nowhere.xlsx`, env)).toMatchObject({ code: 1 })
  expect((await cli(`import ${good} ${await aFile('пусто.xlsx', '')}`, env)).text).toContain('пусто.xlsx is empty')
  expect((await cli(`import ${good} ${await aFolder()}`, env)).text).toMatch(/is not a file$/)
  expect((await cli(`import ${good} /dev/zero`, env)).text).toBe('failed: /dev/zero is not a file')
  expect(await cli('import', env)).toMatchObject({ code: 2 })
  expect(await workbooks.listPendingIds(db, 9)).toEqual([])
})
