import { type Db, leases } from '@atermtrack/data'
import { metrics, sleep, waitAtMost } from '@atermtrack/runtime'
import type { Logger } from 'pino'

export interface HoldOptions {
  readonly db: Db
  readonly name: string
  readonly holder: string
  readonly seconds: number
  readonly logger: Logger
  /** Ends the work and the lease. */
  readonly signal: AbortSignal
  /** Another process holds the lease, which is a healthy state. */
  readonly onStandby: () => void
}

/** The end of the work: its signal ended it, or it cannot go on here while another process perhaps can. */
export type WorkEnd = 'ended' | 'stuck'

const standbyMs = 1_000
const releaseMs = 2_000

/**
 * Runs `work` whenever this process holds the lease, until the signal. The work's own signal also ends when the lease is lost, at
 * the latest by the clock of this process: a silent database cannot prolong it. After stuck work other processes get the lease
 * first.
 */
export async function whileHolding(
  work: (signal: AbortSignal) => Promise<WorkEnd>,
  options: HoldOptions,
): Promise<void> {
  const { logger, name, seconds, signal, onStandby } = options
  while (!signal.aborted) {
    let pauseMs = standbyMs
    const askedAt = performance.now()
    const isHeld = await ask(options)
    if (isHeld === true && (await workWithLease(work, askedAt, options)) === 'stuck') {
      logger.warn({ lease: name }, 'the work is stuck, the lease goes to another process')
      await giveUp(options)
      pauseMs = seconds * 1_000
    }
    if (isHeld === false) onStandby()
    await sleep(pauseMs, signal)
  }
  await giveUp(options)
}

async function ask({ db, name, holder, seconds, logger }: HoldOptions): Promise<boolean | undefined> {
  return leases.hold(db, name, { holder, seconds }).catch((error: unknown) => {
    logger.warn({ err: error, lease: name }, 'could not ask for the lease')
    return undefined
  })
}

async function workWithLease(
  work: (signal: AbortSignal) => Promise<WorkEnd>,
  askedAt: number,
  options: HoldOptions,
): Promise<WorkEnd> {
  using lease = keepLease(askedAt, options)
  options.logger.info({ lease: options.name }, 'holding the lease')
  metrics.leaseHeld.set({ lease: options.name }, 1)
  try {
    return await work(AbortSignal.any([options.signal, lease.lost]))
  } finally {
    metrics.leaseHeld.set({ lease: options.name }, 0)
    if (lease.lost.aborted) options.logger.warn({ lease: options.name }, 'lost the lease')
  }
}

interface KeptLease extends Disposable {
  readonly lost: AbortSignal
}

/**
 * Renews the lease three times within its length. The length counts from the moment before the request to the database, and the
 * lease ends a fifth of its length before the database gives it to another process.
 */
function keepLease(askedAt: number, options: HoldOptions): KeptLease {
  const { seconds } = options
  const lost = new AbortController()
  let end: NodeJS.Timeout | undefined
  let heldSince = Number.NEGATIVE_INFINITY

  function countFrom(startedAt: number): void {
    // Answers may overtake each other.
    if (startedAt < heldSince || lost.signal.aborted) return
    heldSince = startedAt
    clearTimeout(end)
    end = setTimeout(() => lost.abort(), Math.max(0, startedAt + seconds * 800 - performance.now()))
  }
  async function renew(): Promise<void> {
    const startedAt = performance.now()
    const isHeld = await ask(options)
    if (isHeld === true) countFrom(startedAt)
    if (isHeld === false) lost.abort()
  }
  countFrom(askedAt)
  const renewal = setInterval(() => void renew(), (seconds * 1_000) / 3)
  return {
    lost: lost.signal,
    [Symbol.dispose]() {
      clearInterval(renewal)
      clearTimeout(end)
    },
  }
}

/** Releases the lease, so that the next holder need not wait for its lapse. Does not wait for a silent database. */
async function giveUp({ db, name, holder, logger }: HoldOptions): Promise<void> {
  const released = leases
    .release(db, name, holder)
    .catch((error: unknown) => logger.warn({ err: error, lease: name }, 'could not give up the lease'))
  await waitAtMost(releaseMs, released)
}
