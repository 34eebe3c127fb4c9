import { isDeepStrictEqual } from 'node:util'
import { Queue } from 'bullmq'
import type { Logger } from 'pino'
import { closeQueues, type QueueConnection, producerConnection, whenReady } from '../connection.ts'
import type { QueueSettings } from '../contracts/define-queue.ts'
import { defaultJobOptions } from '../job.ts'

/** A pattern or interval by which a queue gets a job. */
export interface Schedule {
  /** Stable name; the scheduler in Redis is known by it. */
  readonly id: string
  readonly queue: QueueSettings
  readonly payload: object
  readonly rhythm: Rhythm
}

/** A cron pattern of five fields in a zone of its own, or a span; a span's first run is at once when it is new. */
export type Rhythm = { readonly pattern: string; readonly zone: string } | { readonly everyMs: number }

export interface Scheduler extends AsyncDisposable {
  /** Resolves after the first reconciliation that reached Redis. */
  readonly ready: () => Promise<void>
}

/**
 * Keeps the schedules in Redis as they are given: at start and every half minute, since a flushed Redis loses them without an
 * error, and a function may give others for the same queues. Unknown schedulers are reported and left alone: another release may run beside this one.
 */
export function keepSchedules(
  schedules: readonly Schedule[] | (() => readonly Schedule[]),
  connection: QueueConnection,
  everyMs = 30_000,
): Scheduler {
  const current = typeof schedules === 'function' ? schedules : () => schedules
  const redis = producerConnection(connection)
  const names = [...new Set(current().map(({ queue }) => queue.name))]
  const queues = new Map(names.map((name) => [name, openQueue(name, redis, connection.prefix)]))
  let markReady: () => void
  const ready = new Promise<void>((resolve) => (markReady = resolve))
  let busy: Promise<void> = Promise.resolve()
  let closed = false

  async function reconcile(): Promise<void> {
    try {
      await whenReady(redis)
      for (const queue of queues.values()) {
        const own = current().filter((entry) => entry.queue.name === queue.name)
        for (const entry of own) await keep(queue, entry)
        await reportUnknown(queue, own, connection.logger)
      }
      markReady()
    } catch (error) {
      if (!closed) connection.logger.warn({ err: error }, 'schedules could not be reconciled')
    }
  }
  const tick = () => (busy = busy.then(reconcile))
  const onReady = () => void tick()
  redis.on('ready', onReady)
  const timer = setInterval(() => void tick(), everyMs)
  return {
    ready: async () => ready,
    async [Symbol.asyncDispose]() {
      closed = true
      clearInterval(timer)
      redis.off('ready', onReady)
      await busy
      await closeQueues(queues.values(), redis)
    },
  }
}

function openQueue(name: string, redis: ReturnType<typeof producerConnection>, prefix: string): Queue {
  const queue = new Queue(name, { connection: redis, prefix, skipVersionCheck: true })
  queue.on('error', () => undefined) // The connection logs it already.
  return queue
}

/**
 * Upserts only what is missing or different. An upsert takes the next job away and, for a pattern, plans the one after now in its
 * place: a run that fell due a moment ago and that no worker has claimed yet would be lost.
 */
async function keep(queue: Queue, entry: Schedule): Promise<void> {
  if (await isKept(queue, entry)) return
  const { id, rhythm, payload, queue: settings } = entry
  await queue.upsertJobScheduler(id, repeatOf(rhythm), {
    name: settings.name,
    data: payload,
    opts: defaultJobOptions(settings),
  })
}

async function isKept(queue: Queue, { id, rhythm, payload, queue: settings }: Schedule): Promise<boolean> {
  const found = await queue.getJobScheduler(id)
  if (!found?.next) return false
  const { every, pattern, tz, template } = found
  const wanted = { every: undefined, pattern: undefined, tz: undefined, ...repeatOf(rhythm) }
  if (!isDeepStrictEqual({ every, pattern, tz }, wanted)) return false
  if (!isDeepStrictEqual({ data: {}, ...template }, { data: payload, opts: defaultJobOptions(settings) })) return false
  // BullMQ names the job of a run so, and plans the next run before this one ends.
  const job = await queue.getJob(`repeat:${id}:${found.next}`)
  return job !== undefined && job.finishedOn === undefined
}

function repeatOf(rhythm: Rhythm) {
  return 'everyMs' in rhythm ? { every: rhythm.everyMs } : { pattern: rhythm.pattern, tz: rhythm.zone }
}

async function reportUnknown(queue: Queue, schedules: readonly Schedule[], logger: Logger): Promise<void> {
  const known = new Set(schedules.map(({ id }) => id))
  const unknown = (await queue.getJobSchedulers()).map(({ key }) => key).filter((key) => !known.has(key))
  if (unknown.length > 0) logger.warn({ queue: queue.name, unknown }, 'schedulers that this release does not know')
}
