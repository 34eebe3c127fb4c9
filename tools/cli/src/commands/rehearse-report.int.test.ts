import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Db, people, reportBatches, reports, subscriptions } from '@atermtrack/data'
import { buildReport, startWorker } from '@atermtrack/queue'
import { createLogger } from '@atermtrack/runtime'
import { expect, onTestFinished, openHealth, test } from '@atermtrack/testkit'
import { aPerson, auditOf, cli, nowhere } from '../cli.test-helper.ts'

async function aSubscription(db: Db): Promise<number> {
  await aPerson(db, 77, 'viewer')
  const personId = (await people.findByTelegramId(db, 77))?.id ?? 0
  const times = { slots: ['09:00'], zone: 'UTC', nextDueAt: new Date() }
  const list = { personId, name: 'Мой список', items: [], createdUpdateId: 1, ...times }
  return (await db.transaction().execute((tx) => subscriptions.insert(tx, list))).id
}

async function aPath(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'rehearse-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  return join(folder, 'report.xlsx')
}

test('writes the workbook that the reporter builds for the owner of the subscription', async ({
  db,
  databaseUrl,
  redisUrl,
  queuePrefix,
}) => {
  const subscriptionId = await aSubscription(db)
  const logger = createLogger({ service: 'test', level: 'silent' })
  const built = { fileName: 'x.xlsx', content: Buffer.from('the workbook'), rowCount: 3, missing: [], asOf: undefined }
  await using _worker = startWorker(
    buildReport,
    async ({ reportId }) => {
      const report = await reports.beginBuilding(db, reportId)
      expect(report).toMatchObject({
        kind: 'rehearsal',
        isUnsent: true,
        chatId: 77,
        subscription: { id: subscriptionId },
      })
      await reportBatches.finish(db, [{ ...built, id: reportId, builtFor: '' }])
    },
    { url: redisUrl, prefix: queuePrefix, logger, health: openHealth() },
  )
  const env = { DATABASE_URL: databaseUrl, REDIS_URL: redisUrl, QUEUE_PREFIX: queuePrefix }
  const path = await aPath()
  expect(await cli(`report rehearse ${subscriptionId} --out ${path}`, env)).toEqual({
    code: 0,
    text: `3 rows are written to ${path}`,
  })
  expect(await readFile(path, 'utf8')).toBe('the workbook')
  expect(await cli(`report rehearse ${subscriptionId} --out ${path}`, env)).toMatchObject({ code: 1 })
  expect(await auditOf(db)).toMatchObject([
    { action: 'report.rehearsed', object: `subscription:${subscriptionId}`, command: 'report rehearse' },
    { action: 'report.rehearsed' },
  ])
})

test('says why there is no workbook', async ({ db, databaseUrl }) => {
  const env = { DATABASE_URL: databaseUrl, REDIS_URL: nowhere }
  const path = await aPath()
  expect(await cli(`report rehearse 5 --out ${path}`, env)).toEqual({
    code: 1,
    text: 'failed: there is no subscription 5',
  })
  const id = await aSubscription(db)
  expect((await cli(`report rehearse ${id} --out ${path} --wait 1`, env)).text).toContain('is the reporter running?')
  expect(await cli(`report rehearse ${id}`, env)).toMatchObject({ code: 2 })
})
