import { once, setMaxListeners } from 'node:events'
import { setTimeout as delay } from 'node:timers/promises'
import { type ClaimedUpdate, type Db, telegramUpdates } from '@atermtrack/data'
import type { Logger } from 'pino'
import { createBell } from './bell.ts'
import type { HandleUpdate } from './handle-update.ts'

export interface UpdateWorkOptions {
  readonly db: Db
  readonly handle: HandleUpdate
  readonly holder: string
  readonly logger: Logger
  /** Nothing is claimed before it resolves. */
  readonly ready: Promise<unknown>
  /** Chats answered at once. */
  readonly concurrency?: number
  /** How long a closing worker waits for the updates in hand before it gives them back. */
  readonly graceMs?: number
  /** A claim that is not renewed for so long lapses. */
  readonly claimSeconds?: number
}

export interface UpdateWork extends AsyncDisposable {
  /** Look for updates at once. */
  wake(): void
  /** Rejects while updates cannot be claimed. */
  check(): Promise<void>
}

/** Updates that another process has stored are found after so long. */
const pollMs = 250
const pollAfterErrorMs = 1_000
const handBackMs = 1_000

/** Claims stored updates and handles them, different chats at once and each chat in order. No handler stops another. */
export function startUpdateWork(options: UpdateWorkOptions): UpdateWork {
  const { handle, logger, ready, concurrency = 16, graceMs = 10_000, claimSeconds = 15 } = options
  const inHand = new Map<number, Promise<void>>()
  const stop = new AbortController()
  const handBack = new AbortController()
  // Every update in hand listens to it, and so does every call that one makes.
  setMaxListeners(0, handBack.signal)
  const bell = createBell()
  const claims = createClaims({ ...options, claimSeconds })

  async function loop(): Promise<void> {
    await Promise.race([ready, once(stop.signal, 'abort')])
    while (!stop.signal.aborted) {
      const free = concurrency - inHand.size
      if (free > 0) for (const update of await claims.take(free)) start(update)
      await bell.wait(claims.failure === undefined ? pollMs : pollAfterErrorMs)
    }
  }

  function start(update: ClaimedUpdate): void {
    const work = handle(update, handBack.signal)
      .catch((error: unknown) => logger.error({ err: error, updateId: update.updateId }, 'the update stays open'))
      .finally(() => {
        inHand.delete(update.updateId)
        bell.ring()
      })
    inHand.set(update.updateId, work)
  }

  const renewal = setInterval(() => void claims.renew([...inHand.keys()]), (claimSeconds * 1000) / 3)
  const looping = loop()
  return {
    wake: () => bell.ring(),
    check: async () => {
      if (claims.failure !== undefined) throw new Error('updates cannot be claimed', { cause: claims.failure })
    },
    async [Symbol.asyncDispose]() {
      stop.abort()
      bell.ring()
      await looping
      await settleWithin(graceMs, [...inHand.values()])
      handBack.abort()
      await settleWithin(handBackMs, [...inHand.values()])
      clearInterval(renewal)
    },
  }
}

async function settleWithin(ms: number, works: readonly Promise<void>[]): Promise<void> {
  const settled = new AbortController()
  const late = delay(ms, undefined, { signal: settled.signal }).catch(() => undefined)
  await Promise.race([Promise.all(works), late])
  settled.abort()
}

/** The claims of one process. The database being away is told once, and is no error of who asks. */
function createClaims({ db, holder, logger, claimSeconds }: UpdateWorkOptions & { readonly claimSeconds: number }) {
  let failure: unknown
  return {
    get failure() {
      return failure
    },
    async take(limit: number): Promise<readonly ClaimedUpdate[]> {
      try {
        const claimed = await telegramUpdates.claim(db, { holder, limit, seconds: claimSeconds })
        if (failure !== undefined) logger.info('updates are claimed again')
        failure = undefined
        return claimed
      } catch (error) {
        if (failure === undefined) logger.warn({ err: error }, 'could not claim updates')
        failure = error
        return []
      }
    },
    async renew(updateIds: readonly number[]): Promise<void> {
      if (updateIds.length === 0) return
      await telegramUpdates
        .renew(db, updateIds, { holder, seconds: claimSeconds })
        .catch((error: unknown) => logger.warn({ err: error }, 'could not renew claims'))
    },
  }
}
