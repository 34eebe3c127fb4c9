import { once, setMaxListeners } from 'node:events'
import { type ClaimedUpdate, type Db, telegramUpdates } from '@atermtrack/data'
import { createWake, waitAtMost } from '@atermtrack/runtime'
import type { Logger } from 'pino'
import type { StoreUpdates } from '../receiving/arrived-update.ts'
import type { AnswerUpdate } from './answer-update.ts'

export interface UpdateWorkerOptions {
  readonly db: Db
  readonly answer: AnswerUpdate
  readonly holder: string
  readonly logger: Logger
  /** Nothing is claimed before it resolves. */
  readonly ready: Promise<unknown>
  /** Updates handled at once; those with answers on their way do not count. */
  readonly concurrency?: number
  /** How long a closing worker waits for its claimed updates before it releases them. */
  readonly graceMs?: number
  /** A claim that is not renewed for so long lapses. */
  readonly claimSeconds?: number
}

export interface UpdateWorker extends AsyncDisposable {
  readonly store: StoreUpdates
  /** Rejects while updates cannot be claimed. */
  check(): Promise<void>
}

/** A longer claim counts as a failure. */
const silenceLimitMs = 10_000
/** Interval of the search for updates that another process has stored. */
const pollMs = 250
const pollAfterErrorMs = 1_000
const releaseMs = 1_000

/**
 * Stores updates, claims stored ones and handles them, different chats at once and each chat in order. No handler stops
 * another.
 */
export function startUpdateWorker(options: UpdateWorkerOptions): UpdateWorker {
  const { db, holder, ready, graceMs = 10_000, claimSeconds = 15 } = options
  const stop = new AbortController()
  const release = new AbortController()
  // Every claimed update and every call of an answer listens to it.
  setMaxListeners(0, release.signal)
  const wake = createWake()
  const claims = createClaims({ ...options, claimSeconds })
  const waiting = createWaiting()
  const onEnd = () => {
    if (waiting.isAny()) wake.wake()
  }
  const running = createRunning({ ...options, signal: release.signal, onEnd })
  let isReady = false
  let turnedAt = performance.now()

  async function loop(): Promise<void> {
    await Promise.race([ready, once(stop.signal, 'abort')])
    isReady = true
    while (!stop.signal.aborted) {
      turnedAt = performance.now()
      const isIdle = running.works.size === 0
      waiting.recordClaimed(await running.fill((room) => claims.claim(room)), isIdle)
      await wake.wait(claims.failure === undefined ? pollMs : pollAfterErrorMs)
    }
  }

  const store: StoreUpdates = async (updates, { isAlone }) => {
    // Updates that have waited longer come first, and the loop finds them.
    const mayBegin = isAlone && isReady && !stop.signal.aborted && !waiting.isAny()
    await running.fill(
      async (limit) => {
        const { claimed, left } = await telegramUpdates.insertClaimed(db, updates, {
          holder,
          limit,
          seconds: claimSeconds,
        })
        if (waiting.recordStored(left)) wake.wake()
        return claimed
      },
      mayBegin ? updates.length : 0,
    )
  }

  const renewal = setInterval(() => void claims.renew([...running.works.keys()]), (claimSeconds * 1000) / 3)
  const looping = loop()
  return {
    store,
    check: async () => {
      if (claims.failure !== undefined) throw new Error('updates cannot be claimed', { cause: claims.failure })
      const silentMs = performance.now() - turnedAt
      if (isReady && silentMs > silenceLimitMs)
        throw new Error(`no updates were claimed for ${Math.round(silentMs)} ms`)
    },
    async [Symbol.asyncDispose]() {
      stop.abort()
      wake.wake()
      await looping
      await waitAtMost(graceMs, Promise.all(running.works.values()))
      release.abort()
      await waitAtMost(releaseMs, Promise.all(running.works.values()))
      clearInterval(renewal)
    },
  }
}

interface RunningOptions extends Pick<UpdateWorkerOptions, 'answer' | 'logger' | 'concurrency'> {
  readonly signal: AbortSignal
  /** An update has ended, and there is room for another. */
  readonly onEnd: () => void
}

/** The claimed updates, by id; `concurrency` limits those handled at once. */
function createRunning({ answer, logger, concurrency = 16, signal, onEnd }: RunningOptions) {
  const works = new Map<number, Promise<void>>()
  const handled = new Set<number>()
  let reserved = 0

  function begin(update: ClaimedUpdate): void {
    const { updateId } = update
    const makeRoom = () => {
      if (handled.delete(updateId)) onEnd()
    }
    handled.add(updateId)
    const work = answer(update, signal, makeRoom)
      .catch((error: unknown) => logger.error({ err: error, updateId }, 'the update stays open'))
      .finally(() => {
        works.delete(updateId)
        handled.delete(updateId)
        onEnd()
      })
    works.set(updateId, work)
  }

  /** Begins the updates that `claim` claims within the free room, of which it reserves `most`. Returns their number. */
  async function fill(
    claim: (room: number) => Promise<readonly ClaimedUpdate[]>,
    most: number = concurrency,
  ): Promise<number> {
    const room = Math.min(most, concurrency - handled.size - reserved)
    reserved += room
    try {
      const claimed = await claim(room)
      claimed.forEach(begin)
      return claimed.length
    } finally {
      reserved -= room
    }
  }

  return { works, fill }
}

/**
 * Knows whether stored updates may wait here for an earlier one of their chat or for room. Only then the end of an update starts
 * a search for the next one; the interval finds updates that other processes have stored or released.
 */
function createWaiting() {
  let count = 0
  return {
    isAny: () => count > 0,
    recordStored(left: number): boolean {
      count += left
      return left > 0
    },
    recordClaimed(claimed: number, isIdle: boolean): void {
      // Behind the updates that were found there may be more.
      if (claimed > 0) count = Math.max(1, count - claimed)
      else if (isIdle) count = 0
    },
  }
}

/** The claims of one process. An absent database is logged once, and is no error of the caller. */
function createClaims({ db, holder, logger, claimSeconds }: UpdateWorkerOptions & { readonly claimSeconds: number }) {
  let failure: unknown
  return {
    get failure() {
      return failure
    },
    async claim(limit: number): Promise<readonly ClaimedUpdate[]> {
      if (limit === 0) return []
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
