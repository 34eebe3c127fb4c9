import { DelayedError, type Job, UnrecoverableError, Worker } from 'bullmq'
import type { Redis } from 'ioredis'
import type { Logger } from 'pino'
import { type QueueConnection, workerConnection } from './connection.ts'
import type { QueueContract } from './define-queue.ts'
import { JobDelayed, PermanentError, QueuePaused } from './errors.ts'

/** How long cancelled jobs may take to let go. */
const handBackMs = 500

export interface JobContext {
  /** Carries the queue and the job id. */
  readonly logger: Logger
  /** 1 for the first start. */
  readonly attempt: number
  /** Aborted when the worker must let go of the job: shutdown, or its lock was lost. */
  readonly signal: AbortSignal
}

export type Handler<Payload> = (payload: Payload, context: JobContext) => Promise<void>

export interface WorkerOptions<Payload> extends QueueConnection {
  readonly concurrency?: number
  /** Called once when a job has failed for good, with what it was to do. */
  readonly onFailed?: (payload: Payload, error: Error) => Promise<void>
  /** How long a closing worker waits for the jobs it holds. */
  readonly graceMs?: number
}

export interface RunningWorker extends AsyncDisposable {
  /** Resolves when the worker is connected and takes jobs. */
  readonly ready: () => Promise<void>
  /** Rejects while the worker cannot take jobs. */
  readonly check: () => Promise<void>
}

/**
 * Runs `handler` for the jobs of a queue. A throw is a retry, PermanentError is the end, JobDelayed and QueuePaused come
 * again. Handlers must be idempotent: a job may run twice when its worker dies or loses Redis.
 */
export function startWorker<Payload>(
  contract: QueueContract<Payload>,
  handler: Handler<Payload>,
  options: WorkerOptions<Payload>,
): RunningWorker {
  const logger = options.logger.child({ queue: contract.name })
  const redis = workerConnection(options)
  const hangUp = keepTrack(redis)
  const worker = new Worker<unknown>(contract.name, (job, token, signal) => process(job, token, signal), {
    connection: redis,
    prefix: options.prefix,
    concurrency: options.concurrency ?? 1,
    lockDuration: 15_000,
    stalledInterval: 5_000,
    maxStalledCount: contract.mostStalls ?? 3,
    skipVersionCheck: true,
    ...(contract.pace && { limiter: { max: contract.pace.max, duration: contract.pace.durationMs } }),
  })

  async function process(job: Job, token: string | undefined, signal?: AbortSignal): Promise<void> {
    const log = logger.child({ jobId: job.id, attempt: job.attemptsMade + 1 })
    const parsed = contract.payload.safeParse(job.data)
    if (!parsed.success) {
      log.error('the payload is not of the contract')
      throw new UnrecoverableError('the payload is not of the contract')
    }
    try {
      await handler(parsed.data, {
        logger: log,
        attempt: job.attemptsMade + 1,
        signal: signal ?? new AbortController().signal,
      })
    } catch (error) {
      throw await asBullError(error, job, token)
    }
  }

  async function asBullError(error: unknown, job: Job, token: string | undefined): Promise<unknown> {
    if (error instanceof JobDelayed) {
      await job.moveToDelayed(Date.now() + error.delayMs, token)
      return new DelayedError()
    }
    if (error instanceof QueuePaused) {
      await worker.rateLimit(error.pauseMs)
      return Worker.RateLimitError()
    }
    if (error instanceof PermanentError) {
      logger.error({ err: error, jobId: job.id }, 'job cannot succeed')
      return new UnrecoverableError(error.message)
    }
    return error
  }

  watch(worker, contract, options, logger)
  tellOnce(worker, redis, logger)
  return handle({ worker, redis, hangUp, graceMs: options.graceMs ?? 10_000, logger })
}

function watch<Payload>(
  worker: Worker,
  contract: QueueContract<Payload>,
  options: WorkerOptions<Payload>,
  logger: Logger,
): void {
  worker.on('stalled', (jobId) => logger.warn({ jobId }, 'job stalled, it will run again'))
  // A worker that lost its lock must stop: somebody else may run the job already.
  worker.on('lockRenewalFailed', (ids: string[]) => ids.forEach((id) => worker.cancelJob(id)))
  worker.on('failed', (job, error) => {
    const final =
      !job ||
      error.name === 'UnrecoverableError' ||
      job.attemptsMade >= contract.attempts ||
      job.finishedOn !== undefined
    logger[final ? 'error' : 'warn'](
      { err: error, jobId: job?.id, attempt: job?.attemptsMade },
      final ? 'job failed' : 'job will be tried again',
    )
    const payload = contract.payload.safeParse(job?.data)
    if (!final || !payload.success || !options.onFailed) return
    options
      .onFailed(payload.data, error)
      .catch((failure: unknown) => logger.error({ err: failure }, 'could not record the failed job'))
  })
}

/** While Redis is away every attempt to reconnect is an error of the worker; the first of them tells it all. */
function tellOnce(worker: Worker, redis: Redis, logger: Logger): void {
  let told = false
  worker.on('error', (error) => {
    if (!told) logger.warn({ err: error }, 'worker error')
    told ||= redis.status !== 'ready'
  })
  redis.on('ready', () => {
    told = false
  })
}

/** BullMQ makes a second connection out of the given one and hides it; the returned function ends both, whatever their state. */
function keepTrack(redis: Redis): () => void {
  const all = [redis]
  const duplicate = redis.duplicate.bind(redis)
  redis.duplicate = (override) => {
    const copy = duplicate(override)
    all.push(copy)
    return copy
  }
  return () => all.forEach((connection) => connection.disconnect())
}

interface Running {
  readonly worker: Worker
  readonly redis: Redis
  readonly hangUp: () => void
  readonly graceMs: number
  readonly logger: Logger
}

function handle({ worker, redis, hangUp, graceMs, logger }: Running): RunningWorker {
  return {
    async ready() {
      await worker.waitUntilReady()
    },
    async check() {
      if (!worker.isRunning()) throw new Error('the worker does not run')
      if (redis.status !== 'ready') throw new Error(`redis is ${redis.status}`)
    },
    async [Symbol.asyncDispose]() {
      const closing = worker.close()
      if (await isDoneWithin(graceMs, closing)) return hangUp()
      logger.warn('jobs in hand are given back')
      worker.cancelAllJobs()
      await isDoneWithin(handBackMs, closing)
      // While Redis is away BullMQ waits for it without end: its open commands must fail.
      hangUp()
      await isDoneWithin(handBackMs, closing)
    },
  }
}

async function isDoneWithin(ms: number, work: Promise<void>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), ms)
  })
  try {
    return await Promise.race([work.then(() => true), late])
  } finally {
    clearTimeout(timer)
  }
}
