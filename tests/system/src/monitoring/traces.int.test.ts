import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { json } from 'node:stream/consumers'
import type { Db } from '@atermtrack/data'
import { openQueues, sendTelegram, sweepPending } from '@atermtrack/queue'
import { createLogger } from '@atermtrack/runtime'
import { expect, type Fixtures, test, waitUntil } from '@atermtrack/testkit'
import { Redis } from 'ioredis'
import { sql } from 'kysely'
import { z } from 'zod'
import { untilCompleted } from '../conditions.ts'
import { drop, openDropFolder } from '../drop-folder.ts'
import { containers, subscribe } from '../main-job.ts'
import { createSystem, openSandbox } from '../system.ts'
import { textOf } from '../talk.ts'
import { aTrainReport } from '../train-report.ts'

// Takes up to 60 s: three services, two reports, and the time after which spans are exported.

const logger = createLogger({ service: 'test', level: 'silent' })

test('one trace leads from the look for files to the message in the chat, also when its job was lost and the sweep found the row', async ({
  db,
  databaseUrl,
  redisUrl,
  queuePrefix,
}) => {
  await using collector = await startCollector()
  await using sandbox = await openSandbox()
  const inbox = await openDropFolder()
  const person = sandbox.person(1001)
  await using queues = openQueues({ url: redisUrl, prefix: queuePrefix, logger })
  const env = { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url, OTEL_BSP_SCHEDULE_DELAY: '500' }
  await using system = createSystem({ databaseUrl, redisUrl, queuePrefix, sandbox, env })
  await drop(inbox, [await aTrainReport({ minutesAgo: 300, operation: 'Отправление вагона со станции (2)' })])
  const [bot] = await Promise.all([
    system.start('bot'),
    system.start('ingester', { INBOX_DIR: inbox }),
    system.start('reporter'),
  ])
  await untilCompleted(db, 1)
  await person.say('/menu')
  await subscribe(person, 'Мои', containers(3))
  expect(await bot.sigterm()).toMatchObject({ code: 0 })
  await drop(inbox, [await aTrainReport({ minutesAgo: 60, operation: 'Бросание поезда (92)' })])
  await untilAlertWaits(db)
  await loseJobs({ redisUrl, queuePrefix })
  await sql`update delivery set enqueued_at = now() - interval '2 minutes' where status = 'pending'`.execute(db)
  await queues.enqueue(sweepPending, {})
  await system.start('bot')
  await person.waitForReply({ where: (seen) => textOf(seen).includes('Поезд брошен'), timeoutMs: 60_000 })

  const steps = [
    ['ingester', 'poll-mailbox'],
    ['ingester', 'import-workbook'],
    ['ingester', 'detect-events'],
    ['reporter', 'raise-alerts'],
    ['bot', 'send-telegram'],
  ] as const
  const isWhole = (spans: readonly Span[]) =>
    steps.every(([service, queue]) => spans.some((span) => span.service === service && span.name.includes(queue)))
  const trace = await waitUntil(async () => collector.traces().find(isWhole), { what: 'a trace over three services' })
  const [{ traceId } = { traceId: '' }] = trace
  const logged = system.services.filter(({ lines }) => lines.some((line) => line.includes(traceId)))
  expect(logged.map(({ name }) => name)).toContain('ingester')
})

async function untilAlertWaits(db: Db): Promise<void> {
  const query = db.selectFrom('delivery').select('id').where('kind', '=', 'alert').where('status', '=', 'pending')
  await waitUntil(async () => (await query.execute()).length > 0, { what: 'the alert', timeoutMs: 60_000 })
}

/** As a flushed Redis loses the jobs that wait for the bot. */
async function loseJobs({ redisUrl, queuePrefix }: Pick<Fixtures, 'redisUrl' | 'queuePrefix'>): Promise<void> {
  const redis = new Redis(redisUrl)
  const keys = await redis.keys(`${queuePrefix}:${sendTelegram.name}:*`)
  expect(keys.length).toBeGreaterThan(0)
  await redis.del(keys)
  redis.disconnect()
}

interface Span {
  readonly service: string
  readonly name: string
  readonly traceId: string
}

const exported = z.object({
  resourceSpans: z.array(
    z.object({
      resource: z.object({
        attributes: z.array(
          z.object({ key: z.string(), value: z.looseObject({ stringValue: z.string().optional() }) }),
        ),
      }),
      scopeSpans: z.array(z.object({ spans: z.array(z.object({ traceId: z.string(), name: z.string() })) })),
    }),
  ),
})

/** Takes spans as a collector does, in the JSON of OTLP over HTTP. */
async function startCollector() {
  const spans: Span[] = []
  const server = createServer((request, response) => {
    void json(request).then((body) => {
      for (const { resource, scopeSpans } of exported.parse(body).resourceSpans) {
        const service = resource.attributes.find(({ key }) => key === 'service.name')?.value.stringValue ?? ''
        for (const span of scopeSpans.flatMap((scope) => scope.spans)) spans.push({ service, ...span })
      }
      response.writeHead(200, { 'content-type': 'application/json' }).end('{}')
    })
  })
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    /** The spans of each trace. */
    traces(): readonly (readonly Span[])[] {
      const ids = new Set(spans.map(({ traceId }) => traceId))
      return [...ids].map((id) => spans.filter(({ traceId }) => traceId === id))
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => void server.close(resolve))
    },
  }
}
