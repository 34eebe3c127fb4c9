import { Queue } from 'bullmq'
import { closeQueues, type QueueConnection, producerConnection, whenReady } from './connection.ts'
import type { QueueContract } from './contracts/define-queue.ts'
import { type EnqueueOptions, jobOptions, type QueueJob, toJob } from './job.ts'
import { tracedOptions } from './tracing/telemetry.ts'

/** The enqueueing side of all queues, over one connection. */
export interface Queues extends AsyncDisposable {
  /**
   * Adds a job, or does nothing while a job with the same identity is there. Throws within 2 s when Redis is away, and at once when
   * the payload does not fit the contract.
   */
  readonly enqueue: <Payload>(
    queue: QueueContract<Payload>,
    payload: Payload,
    options?: EnqueueOptions,
  ) => Promise<void>
  /** As `enqueue`, for many jobs. */
  readonly enqueueAll: (jobs: readonly QueueJob[]) => Promise<void>
  /**
   * Enqueues jobs of committed rows and never throws. Jobs that Redis does not take are enqueued when it is back; if the process ends
   * before, the sweep enqueues them.
   */
  readonly wake: (jobs: readonly QueueJob[]) => Promise<void>
}

/** Opens the enqueueing side of all queues. It does not wait for Redis. */
export function openQueues(connection: QueueConnection): Queues {
  const { prefix, logger } = connection
  const redis = producerConnection(connection)
  const open = new Map<string, Queue>()
  const unsent = createUnsentJobs()

  function queueNamed(name: string): Queue {
    const known = open.get(name)
    if (known) return known
    const queue = new Queue(name, { connection: redis, prefix, skipVersionCheck: true, ...tracedOptions() })
    queue.on('error', () => undefined) // The connection reports it already.
    open.set(name, queue)
    return queue
  }
  async function enqueueAll(jobs: readonly QueueJob[]): Promise<void> {
    if (jobs.length === 0) return
    // BullMQ would wait for ever for a Redis that was never there.
    await whenReady(redis)
    for (const [name, ofQueue] of byQueue(jobs)) {
      await queueNamed(name).addBulk(ofQueue.map((job) => ({ name, data: job.payload, opts: jobOptions(job) })))
    }
  }
  async function wake(jobs: readonly QueueJob[]): Promise<void> {
    for (const [queue, ofQueue] of byQueue(jobs)) {
      try {
        await enqueueAll(ofQueue)
      } catch (error) {
        const payloads = ofQueue.slice(0, payloadsLogged).map(({ payload }) => payload)
        logger.warn({ err: error, queue, payloads }, 'could not enqueue, the jobs wait until redis is back')
        for (const job of ofQueue) unsent.keep(job)
      }
    }
  }
  redis.on('ready', () => {
    enqueueAll(unsent.takeAll()).catch((error: unknown) =>
      logger.warn({ err: error }, 'could not enqueue, the sweep will'),
    )
  })
  return {
    enqueue: async (queue, payload, options) => enqueueAll([toJob(queue, payload, options)]),
    enqueueAll,
    wake,
    async [Symbol.asyncDispose]() {
      await closeQueues(open.values(), redis)
    },
  }
}

const payloadsLogged = 10
const unsentKept = 5_000

/** Jobs that Redis did not take, one per identity; beyond the limit the newest are left to the sweep. */
function createUnsentJobs() {
  const jobs = new Map<string, QueueJob>()
  return {
    keep(job: QueueJob): void {
      if (jobs.size < unsentKept) jobs.set(`${job.queue.name} ${job.dedupId}`, job)
    },
    takeAll(): readonly QueueJob[] {
      const all = [...jobs.values()]
      jobs.clear()
      return all
    },
  }
}

function byQueue(jobs: readonly QueueJob[]): ReadonlyMap<string, readonly QueueJob[]> {
  const groups = new Map<string, QueueJob[]>()
  for (const job of jobs) {
    const { name } = job.queue
    const group = groups.get(name)
    if (group) group.push(job)
    else groups.set(name, [job])
  }
  return groups
}
