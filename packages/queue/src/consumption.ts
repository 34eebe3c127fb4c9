import { Queue, type Worker } from 'bullmq'
import type { Redis } from 'ioredis'
import type { Logger } from 'pino'
import { createStarvationWatch, noStarvation } from './starvation.ts'

export interface ConsumptionLimits {
  /** How often the queue is checked. */
  readonly lookMs: number
  /** A worker with room that takes no job for so long, while jobs wait, does not work. */
  readonly idleMs: number
  /** The same for a worker without room: a job that hangs. */
  readonly busyMs: number
  /** A worker with room that takes no job for so long will never take one again in this process. */
  readonly wedgedMs: number
  /** The same for a worker without room. */
  readonly hungMs: number
}

const minute = 60_000
const defaults: ConsumptionLimits = {
  lookMs: 5_000,
  idleMs: 30_000,
  busyMs: 15 * minute,
  wedgedMs: 3 * minute,
  hungMs: 60 * minute,
}

/** A check that takes longer says more about Redis than about the worker. */
const slowCheckMs = 2_000

/** The jobs of one worker, by its own count. */
export interface JobCount {
  readonly started: () => number
  readonly running: () => number
}

/** Counts jobs; `during` receives each of them. */
export function createJobCount(): JobCount & { readonly during: (job: Promise<void>) => Promise<void> } {
  let started = 0
  let running = 0
  return {
    started: () => started,
    running: () => running,
    async during(job) {
      started += 1
      running += 1
      try {
        await job
      } finally {
        running -= 1
      }
    },
  }
}

export interface ConsumptionOptions {
  readonly name: string
  readonly prefix: string
  readonly worker: Worker
  readonly redis: Redis
  readonly concurrency: number
  readonly jobs: JobCount
  readonly consumption?: Partial<ConsumptionLimits>
  readonly health: { readonly fail: (error: Error) => void }
  readonly logger: Logger
}

export interface Consumption extends Disposable {
  /** Rejects while the worker cannot take jobs, or does not although some wait. */
  readonly check: () => Promise<void>
}

/**
 * Watches whether a worker takes the jobs that wait for it: a connection is not enough, since BullMQ stops taking jobs after
 * some outages. Only checks that Redis answers count, so an outage is never mistaken for it.
 */
export function watchConsumption(options: ConsumptionOptions): Consumption {
  const { name, prefix, worker, redis, health, logger } = options
  const limits = { ...defaults, ...options.consumption }
  const queue = new Queue(name, { connection: redis, prefix, skipVersionCheck: true })
  queue.on('error', () => undefined) // The connection logs it already.
  const watch = createStarvationWatch()
  let starvation = noStarvation
  let isLooking = false

  async function look(): Promise<void> {
    if (!worker.isRunning()) {
      clearInterval(timer)
      return health.fail(new Error(`the worker of ${name} has stopped`))
    }
    const startedAt = performance.now()
    const isWaiting = redis.status === 'ready' && (await hasWork(queue).catch(() => undefined))
    const atMs = performance.now()
    if (redis.status !== 'ready' || isWaiting === undefined || atMs - startedAt > slowCheckMs) {
      watch.reset()
      starvation = noStarvation
      return
    }
    const hasRoom = options.jobs.running() < options.concurrency
    starvation = watch.note({ atMs, isWaiting, hasRoom, started: options.jobs.started() })
    if (starvation.idleMs < limits.wedgedMs && starvation.waitingMs < limits.hungMs) return
    clearInterval(timer)
    logger.fatal({ queue: name, ...starvation }, 'the worker takes no jobs')
    health.fail(new Error(`the worker of ${name} takes no jobs`))
  }
  const timer = setInterval(() => {
    if (isLooking) return
    isLooking = true
    void look().finally(() => (isLooking = false))
  }, limits.lookMs)
  return {
    async check() {
      if (redis.status !== 'ready') throw new Error(`redis is ${redis.status}`)
      await redis.ping()
      if (!worker.isRunning()) throw new Error('the worker does not run')
      const { idleMs, waitingMs } = starvation
      if (idleMs >= limits.idleMs || waitingMs >= limits.busyMs)
        throw new Error(`no job was started for ${Math.round(waitingMs / 1_000)} s while some wait`)
    },
    [Symbol.dispose]() {
      clearInterval(timer)
    },
  }
}

/** Whether jobs wait that may start now. */
async function hasWork(queue: Queue): Promise<boolean> {
  const [waiting, prioritized, isPaused, pacedMs] = await Promise.all([
    queue.getWaitingCount(),
    queue.getPrioritizedCount(),
    queue.isPaused(),
    queue.getRateLimitTtl(),
  ])
  return waiting + prioritized > 0 && !isPaused && pacedMs <= 0
}
