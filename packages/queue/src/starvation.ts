/** The state of a queue and of its worker at one moment. */
export interface QueueLook {
  /** On any clock that only goes forward. */
  readonly atMs: number
  /** Whether jobs wait that may start now: the queue is neither paused nor rate-limited. */
  readonly isWaiting: boolean
  /** Jobs that the worker has started so far. */
  readonly started: number
  /** Whether the worker could take one more. */
  readonly hasRoom: boolean
}

/** How long jobs have waited while the worker started none. */
export interface Starvation {
  readonly waitingMs: number
  /** The part of it in which the worker had room all the time. */
  readonly idleMs: number
}

export const noStarvation: Starvation = { waitingMs: 0, idleMs: 0 }

export interface StarvationWatch {
  /** Adds an observation, and returns what all observations so far show. */
  readonly note: (look: QueueLook) => Starvation
  /** Restarts the count: nothing could be observed meanwhile. */
  readonly reset: () => void
}

/** Distinguishes a worker that takes no jobs from one that has nothing to do. */
export function createStarvationWatch(): StarvationWatch {
  let waiting: { readonly sinceMs: number; readonly started: number; idleSinceMs: number | undefined } | undefined
  return {
    note({ atMs, isWaiting, started, hasRoom }) {
      if (!isWaiting) waiting = undefined
      else if (waiting?.started !== started) waiting = { sinceMs: atMs, started, idleSinceMs: undefined }
      if (!waiting) return noStarvation
      if (!hasRoom) waiting.idleSinceMs = undefined
      else waiting.idleSinceMs ??= atMs
      return { waitingMs: atMs - waiting.sinceMs, idleMs: atMs - (waiting.idleSinceMs ?? atMs) }
    },
    reset() {
      waiting = undefined
    },
  }
}
