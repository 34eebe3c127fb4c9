import { setTimeout as delay } from 'node:timers/promises'
import { type Db, leases } from '@atermtrack/data'
import type { Logger } from 'pino'

export interface HoldOptions {
  readonly db: Db
  readonly name: string
  readonly holder: string
  readonly seconds: number
  readonly logger: Logger
  /** Ends it all. */
  readonly signal: AbortSignal
  /** Another process holds the lease, and that is well. */
  readonly onStandby: () => void
}

const standbyMs = 1_000

/** Runs `work` whenever this process holds the lease, until the signal. The work's own signal also ends when the lease is lost. */
export async function whileHolding(work: (signal: AbortSignal) => Promise<void>, options: HoldOptions): Promise<void> {
  const { db, name, holder, seconds, logger, signal, onStandby } = options
  while (!signal.aborted) {
    const isHeld = await leases.hold(db, name, { holder, seconds }).catch((error: unknown) => {
      logger.warn({ err: error, lease: name }, 'could not ask for the lease')
      return undefined
    })
    if (isHeld === true) await workWithLease(work, options)
    if (isHeld === false) onStandby()
    await delay(standbyMs, undefined, { signal }).catch(() => undefined)
  }
  await leases
    .release(db, name, holder)
    .catch((error: unknown) => logger.warn({ err: error, lease: name }, 'could not give up the lease'))
}

async function workWithLease(work: (signal: AbortSignal) => Promise<void>, options: HoldOptions): Promise<void> {
  const lost = new AbortController()
  const renewal = keepRenewing(lost, options)
  options.logger.info({ lease: options.name }, 'holding the lease')
  try {
    await work(AbortSignal.any([options.signal, lost.signal]))
  } finally {
    clearInterval(renewal)
  }
  if (lost.signal.aborted) options.logger.warn({ lease: options.name }, 'lost the lease')
}

/** Three times within its length. When the database has been silent for most of that, the lease counts as lost. */
function keepRenewing(lost: AbortController, { db, name, holder, seconds, logger }: HoldOptions): NodeJS.Timeout {
  let renewedAt = performance.now()
  return setInterval(
    () => {
      const askedAt = performance.now()
      if (askedAt - renewedAt > seconds * 800) return lost.abort()
      leases.hold(db, name, { holder, seconds }).then(
        (isHeld) => {
          renewedAt = askedAt
          if (!isHeld) lost.abort()
        },
        (error: unknown) => logger.warn({ err: error, lease: name }, 'could not renew the lease'),
      )
    },
    (seconds * 1000) / 3,
  )
}
