import { expect, onTestFinished, openHealth, test, waitUntil } from '@atermtrack/testkit'
import { createLogger, renderMetrics } from '@atermtrack/runtime'
import { importWorkbook, sendTelegram } from './contracts.ts'
import { PermanentError } from './errors.ts'
import { openQueueStates } from './queue-counts.ts'
import { openQueues } from './queues.ts'
import { startWorker } from './worker.ts'

const logger = createLogger({ service: 'test', level: 'silent' })

test('counts the jobs of each queue and finds the oldest, and a worker measures them', async ({
  redisUrl,
  queuePrefix,
}) => {
  const connection = { url: redisUrl, prefix: queuePrefix, logger }
  await using queues = openQueues(connection)
  await using states = openQueueStates(connection)
  const stateOf = async (name: string) => (await states.read()).find(({ queue }) => queue === name)
  const before = Date.now()
  await waitUntil(
    async () =>
      queues.enqueue(importWorkbook, { workbookId: 1 }).then(
        () => true,
        () => false,
      ),
    {
      what: 'redis',
    },
  )
  await queues.enqueue(sendTelegram, { deliveryId: 1 }, { priority: 5 })
  expect(await stateOf('import-workbook')).toEqual({
    queue: 'import-workbook',
    jobs: { waiting: 1, active: 0, delayed: 0, failed: 0 },
    oldest: { waiting: expect.any(Date) },
  })
  expect((await stateOf('import-workbook'))?.oldest.waiting?.getTime()).toBeGreaterThanOrEqual(before)
  expect(await stateOf('send-telegram')).toMatchObject({ jobs: { waiting: 1 }, oldest: { waiting: expect.any(Date) } })
  const fail = async () => Promise.reject(new PermanentError('never'))
  const worker = startWorker(importWorkbook, fail, { ...connection, health: openHealth() })
  onTestFinished(async () => worker[Symbol.asyncDispose]())
  const failed = async () => (await stateOf('import-workbook'))?.jobs.failed === 1
  await waitUntil(failed, { what: 'the job to fail' })
  expect(await stateOf('import-workbook')).toMatchObject({ jobs: { waiting: 0 }, oldest: { failed: expect.any(Date) } })
  expect((await renderMetrics()).body).toMatch(
    /^atermtrack_job_duration_seconds_count\{queue="import-workbook",outcome="failed"\} [1-9]/m,
  )
})
