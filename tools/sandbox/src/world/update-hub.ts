import { ApiError } from '../methods/api-error.ts'
import { createSignal, deferred, type Deferred, type Signal } from './signal.ts'
import type { Update, UpdateKind } from './telegram-types.ts'

interface PollOptions {
  readonly offset: number
  readonly limit: number
  readonly timeoutMs: number
  /** Ends the poll when the client goes away. */
  readonly signal: AbortSignal
}

export interface UpdateHub {
  /** Queues an update for the bot and returns its id. */
  readonly push: (kind: UpdateKind, payload: unknown) => number
  /** A long poll. Throws ApiError 409 when a later poll takes over. */
  readonly poll: (options: PollOptions) => Promise<readonly Update[]>
  readonly pending: Map<number, Update>
  readonly pushed: Signal<Update>
  /** The id of the newest update. */
  readonly lastId: () => number
  /** Queues updates again that an earlier hub held; new ones get greater ids than all before. */
  readonly restore: (updates: readonly Update[], lastId: number) => void
  /** Which kinds reach the bot; undefined = all. */
  allowed: readonly string[] | undefined
  /** Ends a running poll with an empty answer. */
  readonly release: () => void
}

/** The queue of updates that the bot has not confirmed yet. */
export function createUpdateHub(firstId = 1): UpdateHub {
  const pending = new Map<number, Update>()
  const pushed = createSignal<Update>()
  let lastId = firstId - 1
  let waiting: Deferred<'update' | 'end'> | undefined

  async function waitForUpdate({ timeoutMs, signal }: PollOptions): Promise<void> {
    const turn = deferred<'update' | 'end'>()
    waiting = turn
    const end = () => turn.resolve('end')
    const timer = setTimeout(end, timeoutMs)
    signal.addEventListener('abort', end)
    try {
      await turn.promise
    } finally {
      clearTimeout(timer)
      signal.removeEventListener('abort', end)
      if (waiting === turn) waiting = undefined
    }
  }

  const hub: UpdateHub = {
    pending,
    pushed,
    allowed: undefined,
    push(kind, payload) {
      lastId += 1
      if (hub.allowed && !hub.allowed.includes(kind)) return lastId
      const update = { update_id: lastId, [kind]: payload }
      pending.set(lastId, update)
      pushed.emit(update)
      waiting?.resolve('update')
      return lastId
    },
    async poll(options) {
      waiting?.reject(conflict())
      confirm(pending, options.offset)
      if (pending.size === 0 && options.timeoutMs > 0) await waitForUpdate(options)
      return options.signal.aborted ? [] : firstOf(pending, options.limit)
    },
    release: () => waiting?.resolve('end'),
    lastId: () => lastId,
    restore(updates, id) {
      lastId = Math.max(lastId, id)
      for (const update of updates) pending.set(update.update_id, update)
    },
  }
  return hub
}

// A negative offset keeps only that many of the newest updates.
function confirm(pending: Map<number, Update>, offset: number): void {
  const keepFrom = offset < 0 ? ([...pending.keys()].at(offset) ?? 0) : offset
  for (const id of pending.keys()) {
    if (id >= keepFrom) return
    pending.delete(id)
  }
}

function firstOf(pending: ReadonlyMap<number, Update>, limit: number): readonly Update[] {
  const found: Update[] = []
  for (const update of pending.values()) {
    if (found.length >= limit) break
    found.push(update)
  }
  return found
}

function conflict(): ApiError {
  return new ApiError(
    409,
    'Conflict: terminated by other getUpdates request; make sure that only one bot instance is running',
  )
}
