import { type JobsOptions, Queue } from 'bullmq'
import { closeQueues, type QueueConnection, producerConnection, whenReady } from './connection.ts'
import type { QueueContract, QueueSettings } from './define-queue.ts'

export interface EnqueueOptions {
  /** Lower leaves sooner; without it a job stands before all that have one. */
  readonly priority?: number
  readonly delayMs?: number
}

export interface Entry<Payload> extends EnqueueOptions {
  readonly payload: Payload
}

/** The enqueueing side of one queue. */
export interface Producer<Payload> extends AsyncDisposable {
  /**
   * Adds a job, or does nothing while its twin is there. Throws within 2 s when Redis is away, and at once when the payload
   * is not of the contract.
   */
  readonly enqueue: (payload: Payload, options?: EnqueueOptions) => Promise<void>
  readonly enqueueAll: (entries: readonly Entry<Payload>[]) => Promise<void>
  /**
   * Like `enqueue`, but only rings the bell: without Redis it returns, and rings again when Redis is back. What a process that
   * ends meanwhile had to ring for, the sweep enqueues.
   */
  readonly ring: (payload: Payload, options?: EnqueueOptions) => Promise<void>
}

const dayInSeconds = 86_400

/** Opens the enqueueing side of a queue. It does not wait for Redis. */
export function openProducer<Payload>(
  contract: QueueContract<Payload>,
  connection: QueueConnection,
): Producer<Payload> {
  const redis = producerConnection(connection)
  const queue = new Queue(contract.name, { connection: redis, prefix: connection.prefix, skipVersionCheck: true })
  queue.on('error', () => undefined) // Told by the connection already.
  const unheard = createUnheardBells<Payload>()

  async function enqueueAll(entries: readonly Entry<Payload>[]): Promise<void> {
    const jobs = entries.map(({ payload, ...options }) => {
      const data = contract.payload.parse(payload)
      return { name: contract.name, data, opts: jobOptions(contract, data, options) }
    })
    // BullMQ would wait for ever for a Redis that was never there.
    await whenReady(redis)
    await queue.addBulk(jobs)
  }
  async function enqueue(payload: Payload, options: EnqueueOptions = {}): Promise<void> {
    await enqueueAll([{ payload, ...options }])
  }
  async function ring(payload: Payload, options?: EnqueueOptions): Promise<void> {
    try {
      await enqueue(payload, options)
    } catch (error) {
      connection.logger.warn(
        { err: error, queue: contract.name, payload },
        'could not enqueue, it will be when redis is back',
      )
      unheard.keep(contract.dedupId(payload), { payload, ...options })
    }
  }
  redis.on('ready', () => {
    const entries = unheard.takeAll()
    if (entries.length === 0) return
    enqueueAll(entries).catch((error: unknown) =>
      connection.logger.warn({ err: error }, 'could not enqueue, the sweep will'),
    )
  })
  return {
    enqueue,
    enqueueAll,
    ring,
    async [Symbol.asyncDispose]() {
      await closeQueues([queue], redis)
    },
  }
}

const unheardKept = 1_000

/** Bells that nobody heard, one per identity; of very many the newest are left to the sweep. */
function createUnheardBells<Payload>() {
  const entries = new Map<string, Entry<Payload>>()
  return {
    keep(id: string, entry: Entry<Payload>): void {
      if (entries.size < unheardKept) entries.set(id, entry)
    },
    takeAll(): readonly Entry<Payload>[] {
      const all = [...entries.values()]
      entries.clear()
      return all
    },
  }
}

function jobOptions<Payload>(contract: QueueContract<Payload>, payload: Payload, options: EnqueueOptions): JobsOptions {
  return {
    ...defaultJobOptions(contract),
    deduplication: { id: contract.dedupId(payload), ...(contract.lookAgain && { keepLastIfActive: true }) },
    ...(options.priority !== undefined && { priority: options.priority }),
    ...(options.delayMs !== undefined && { delay: options.delayMs }),
  }
}

/** What every job of a queue has, scheduled ones too. Old jobs are evidence, bounded by age and number. */
export function defaultJobOptions({ attempts }: QueueSettings) {
  return {
    attempts,
    backoff: { type: 'exponential', delay: 2_000, jitter: 0.5 },
    removeOnComplete: { age: 3_600, count: 1_000 },
    removeOnFail: { age: 7 * dayInSeconds, count: 5_000 },
  } satisfies JobsOptions
}
