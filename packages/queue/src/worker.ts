import { metrics, resolvesWithin } from '@atermtrack/runtime'
import { DelayedError, type Job, UnrecoverableError, Worker } from 'bullmq'
import type { Redis } from 'ioredis'
import type { Logger } from 'pino'
import { type QueueConnection, workerConnection } from './connection.ts'
import { type ConsumptionLimits, createJobCount, watchConsumption } from './consumption.ts'
import type { QueueContract } from './contracts/define-queue.ts'
import { JobDelayed, PermanentError, QueuePaused } from './errors.ts'
import { startMeasuring } from './measure-job.ts'
import { tracedOptions } from './tracing/telemetry.ts'

/** How long cancelled jobs may take to end. */
const cancelMs = 500

export interface JobContext {
  /** Carries the queue and the job id. */
  readonly logger: Logger
  /** 1 for the first start. */
  readonly attempt: number
  /** Aborted when the worker must abandon the job: shutdown, or its lock was lost. */
  readonly signal: AbortSignal
}

export type Handler<Payload> = (payload: Payload, context: JobContext) => Promise<void>

/** The health of the process, which every worker is part of. */
export interface WorkerHealth {
  /** Makes the worker count, by the name of its queue. */
  readonly add: (name: string, check: () => Promise<void>) => void
  /** Says that the worker can never work again in this process. */
  readonly fail: (error: Error) => void
}

export interface WorkerOptions<Payload> extends QueueConnection {
  readonly health: WorkerHealth
  readonly concurrency?: number
  readonly consumption?: Partial<ConsumptionLimits>
  /** Called once when a job has failed for good, with its payload. */
  readonly onFailed?: (payload: Payload, error: Error) => Promise<void>
  /** How long a closing worker waits for the jobs it holds. */
  readonly graceMs?: number
}

export interface RunningWorker extends AsyncDisposable {
  /** Resolves when the worker is connected and takes jobs. */
  readonly ready: () => Promise<void>
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
  const { concurrency = 1 } = options
  const jobs = createJobCount()
  const run: typeof process = async (...started) => jobs.during(process(...started))
  const worker = new Worker<unknown>(contract.name, run, {
    connection: redis,
    prefix: options.prefix,
    concurrency,
    lockDuration: 15_000,
    stalledInterval: 5_000,
    maxStalledCount: contract.mostStalls ?? 3,
    skipVersionCheck: true,
    ...tracedOptions(),
    ...(contract.pace && { limiter: { max: contract.pace.max, duration: contract.pace.durationMs } }),
  })

  async function process(job: Job, token: string | undefined, signal?: AbortSignal): Promise<void> {
    const log = logger.child({ jobId: job.id, attempt: job.attemptsMade + 1 })
    const parsed = contract.payload.safeParse(job.data)
    if (!parsed.success) {
      log.error('the payload is not of the contract')
      throw new UnrecoverableError('the payload is not of the contract')
    }
    const measured = startMeasuring(contract, job)
    try {
      await handler(parsed.data, {
        logger: log,
        attempt: job.attemptsMade + 1,
        signal: signal ?? new AbortController().signal,
      })
      measured.end()
    } catch (error) {
      measured.end(error)
      throw await asBullError(error, { worker, job, token, logger: log })
    }
  }

  watch(worker, contract, options, logger)
  insertOnce(worker, redis, logger)
  const consumption = watchConsumption({ ...options, name: contract.name, worker, redis, jobs, concurrency, logger })
  options.health.add(contract.name, consumption.check)
  return handle({ worker, hangUp, consumption, graceMs: options.graceMs ?? 10_000, logger })
}

interface Failing {
  readonly worker: Worker
  readonly job: Job
  readonly token: string | undefined
  readonly logger: Logger
}

async function asBullError(error: unknown, { worker, job, token, logger }: Failing): Promise<unknown> {
  if (error instanceof JobDelayed) {
    await job.moveToDelayed(Date.now() + error.delayMs, token)
    return new DelayedError()
  }
  if (error instanceof QueuePaused) {
    await worker.rateLimit(error.pauseMs)
    return Worker.RateLimitError()
  }
  if (error instanceof PermanentError) {
    logger.error({ err: error }, 'job cannot succeed')
    return new UnrecoverableError(error.message)
  }
  return error
}

function watch<Payload>(
  worker: Worker,
  contract: QueueContract<Payload>,
  options: WorkerOptions<Payload>,
  logger: Logger,
): void {
  worker.on('stalled', (jobId) => {
    metrics.jobsStalled.add({ queue: contract.name })
    logger.warn({ jobId }, 'job stalled, it will run again')
  })
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

/** While Redis is away every attempt to reconnect is an error of the worker; only the first of them is logged. */
function insertOnce(worker: Worker, redis: Redis, logger: Logger): void {
  let isLogged = false
  worker.on('error', (error) => {
    if (!isLogged) logger.warn({ err: error }, 'worker error')
    isLogged ||= redis.status !== 'ready'
  })
  redis.on('ready', () => {
    isLogged = false
  })
}

/** BullMQ duplicates the given connection and hides the copy; the returned function ends both, whatever their state. */
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
  readonly hangUp: () => void
  readonly consumption: Disposable
  readonly graceMs: number
  readonly logger: Logger
}

function handle({ worker, hangUp, consumption, graceMs, logger }: Running): RunningWorker {
  return {
    async ready() {
      await worker.waitUntilReady()
    },
    async [Symbol.asyncDispose]() {
      consumption[Symbol.dispose]()
      const closing = worker.close()
      if (await resolvesWithin(closing, graceMs)) return hangUp()
      logger.warn('unfinished jobs are returned to the queue')
      worker.cancelAllJobs()
      await resolvesWithin(closing, cancelMs)
      // While Redis is away BullMQ waits for it without end: its open commands must fail.
      hangUp()
      await resolvesWithin(closing, cancelMs)
    },
  }
}
