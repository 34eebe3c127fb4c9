import { setTimeout as delay } from 'node:timers/promises'
import { buildReport, type Queues, toJob } from '@atermtrack/queue'
import { readProcessMemory } from '@atermtrack/testkit'
import type pg from 'pg'
import { readProcessorSeconds } from '../processor-time.ts'
import type { RunningService } from '../start-service.ts'

interface Place {
  readonly client: pg.Client
  readonly queues: Queues
}

const pollMs = 100
const limitMs = 600_000
/** As the dispatch enqueues them, a batch of subscriptions at a time. */
const jobsAtOnce = 100

/** Enqueues what waits, and ends the reporter once it is built. */
export async function measure({ client, queues }: Place, service: RunningService) {
  await using reporter = service
  const { rows } = await client.query<{ id: string }>(`select id from report where status = 'pending' order by id`)
  const cpuBefore = await readProcessorSeconds(reporter.pid)
  const startedAt = performance.now()
  for (let start = 0; start < rows.length; start += jobsAtOnce) {
    const batch = rows.slice(start, start + jobsAtOnce)
    await queues.enqueueAll(batch.map(({ id }) => toJob(buildReport, { reportId: Number(id) })))
  }
  await untilBuilt(client)
  const seconds = (performance.now() - startedAt) / 1_000
  const cpuSeconds = (await readProcessorSeconds(reporter.pid)) - cpuBefore
  const { peakMb } = await readProcessMemory(reporter.pid)
  return { seconds, cpuSeconds, peakMb }
}

async function untilBuilt(client: pg.Client): Promise<void> {
  const deadline = performance.now() + limitMs
  for (;;) {
    const { rows } = await client.query(`select from report where status = 'pending' limit 1`)
    if (rows.length === 0) return
    if (performance.now() > deadline) throw new Error(`the reports were not built within ${limitMs / 1_000} s`)
    await delay(pollMs)
  }
}
