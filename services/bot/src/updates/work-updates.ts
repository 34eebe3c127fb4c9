import { once, setMaxListeners } from 'node:events'
import { setTimeout as delay } from 'node:timers/promises'
import { type ArrivedUpdate, type ClaimedUpdate, type Db, telegramUpdates } from '@atermtrack/data'
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
  /** Updates handled at once; those whose answers are being sent do not count. */
  readonly concurrency?: number
  /** How long a closing worker waits for the updates in hand before it gives them back. */
  readonly graceMs?: number
  /** A claim that is not renewed for so long lapses. */
  readonly claimSeconds?: number
}

export interface UpdateWork extends AsyncDisposable {
  /**
   * Stores what came in. Who alone stores (`isAlone`) has those that are free begun at once; the others wait to be claimed, by
   * this process or another.
   */
  store(updates: readonly ArrivedUpdate[], options: { readonly isAlone: boolean }): Promise<void>
  /** Rejects while updates cannot be claimed. */
  check(): Promise<void>
}

/** A claim that takes so long is as good as none. */
const silenceLimitMs = 10_000
/** Updates that another process has stored are found after so long. */
const pollMs = 250
const pollAfterErrorMs = 1_000
const handBackMs = 1_000

/**
 * Stores updates, claims stored ones and handles them, different chats at once and each chat in order. No handler stops
 * another.
 */
export function startUpdateWork(options: UpdateWorkOptions): UpdateWork {
  const { db, holder, ready, graceMs = 10_000, claimSeconds = 15 } = options
  const stop = new AbortController()
  const handBack = new AbortController()
  // Every update in hand listens to it, and so does every call that one makes.
  setMaxListeners(0, handBack.signal)
  const bell = createBell()
  const claims = createClaims({ ...options, claimSeconds })
  const waiting = createWaiting()
  const onEnd = () => {
    if (waiting.isAny()) bell.ring()
  }
  const hands = createHands({ ...options, signal: handBack.signal, onEnd })
  let isReady = false
  let turnedAt = performance.now()

  async function loop(): Promise<void> {
    await Promise.race([ready, once(stop.signal, 'abort')])
    isReady = true
    while (!stop.signal.aborted) {
      turnedAt = performance.now()
      const isIdle = hands.works.size === 0
      waiting.noteClaimed(await hands.fill((room) => claims.take(room)), isIdle)
      await bell.wait(claims.failure === undefined ? pollMs : pollAfterErrorMs)
    }
  }

  async function store(updates: readonly ArrivedUpdate[], { isAlone }: { readonly isAlone: boolean }): Promise<void> {
    // Whoever has waited longer comes first, and is found by the loop.
    const mayBegin = isAlone && isReady && !stop.signal.aborted && !waiting.isAny()
    await hands.fill(
      async (limit) => {
        const { claimed, left } = await telegramUpdates.insertClaimed(db, updates, {
          holder,
          limit,
          seconds: claimSeconds,
        })
        if (waiting.noteStored(left)) bell.ring()
        return claimed
      },
      mayBegin ? updates.length : 0,
    )
  }

  const renewal = setInterval(() => void claims.renew([...hands.works.keys()]), (claimSeconds * 1000) / 3)
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
      bell.ring()
      await looping
      await settleWithin(graceMs, [...hands.works.values()])
      handBack.abort()
      await settleWithin(handBackMs, [...hands.works.values()])
      clearInterval(renewal)
    },
  }
}

interface HandsOptions extends Pick<UpdateWorkOptions, 'handle' | 'logger' | 'concurrency'> {
  readonly signal: AbortSignal
  /** An update has ended, and there is room for another. */
  readonly onEnd: () => void
}

/** The updates that are claimed, by id; never more of them are handled than there is room for. */
function createHands({ handle, logger, concurrency = 16, signal, onEnd }: HandsOptions) {
  const works = new Map<number, Promise<void>>()
  const handled = new Set<number>()
  let reserved = 0

  function begin(update: ClaimedUpdate): void {
    const { updateId } = update
    const makeRoom = () => {
      if (handled.delete(updateId)) onEnd()
    }
    handled.add(updateId)
    const work = handle(update, signal, makeRoom)
      .catch((error: unknown) => logger.error({ err: error, updateId }, 'the update stays open'))
      .finally(() => {
        works.delete(updateId)
        handled.delete(updateId)
        onEnd()
      })
    works.set(updateId, work)
  }

  /** Begins what `take` claims within the room that there is, `most` of it kept for that; tells how many those were. */
  async function fill(
    take: (room: number) => Promise<readonly ClaimedUpdate[]>,
    most: number = concurrency,
  ): Promise<number> {
    const room = Math.min(most, concurrency - handled.size - reserved)
    reserved += room
    try {
      const claimed = await take(room)
      claimed.forEach(begin)
      return claimed.length
    } finally {
      reserved -= room
    }
  }

  return { works, fill }
}

async function settleWithin(ms: number, works: readonly Promise<void>[]): Promise<void> {
  const settled = new AbortController()
  const late = delay(ms, undefined, { signal: settled.signal }).catch(() => undefined)
  await Promise.race([Promise.all(works), late])
  settled.abort()
}

/**
 * Whether stored updates may wait here for an earlier one of their chat or for room. Only then the end of one is a reason to
 * look for the next; what others have stored or handed back is found in time.
 */
function createWaiting() {
  let count = 0
  return {
    isAny: () => count > 0,
    noteStored(left: number): boolean {
      count += left
      return left > 0
    },
    noteClaimed(claimed: number, isIdle: boolean): void {
      // Where some were found there may be more behind them.
      if (claimed > 0) count = Math.max(1, count - claimed)
      else if (isIdle) count = 0
    },
  }
}

/** The claims of one process. The database being away is told once, and is no error of who asks. */
function createClaims({ db, holder, logger, claimSeconds }: UpdateWorkOptions & { readonly claimSeconds: number }) {
  let failure: unknown
  return {
    get failure() {
      return failure
    },
    async take(limit: number): Promise<readonly ClaimedUpdate[]> {
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
