export interface TimeLimit {
  /** Stops the clock until `resume`. */
  readonly pause: () => void
  readonly resume: () => void
  /** Ends it for good; without an effect once it has run out. */
  readonly clear: () => void
}

/** Calls `onEnd` after `limitMs` milliseconds in which the clock was not stopped. */
export function startTimeLimit(limitMs: number, onEnd: () => void): TimeLimit {
  let leftMs = limitMs
  let startedAt = 0
  let timer: NodeJS.Timeout | undefined
  let isOver = false

  function resume(): void {
    if (timer || isOver) return
    startedAt = performance.now()
    timer = setTimeout(onEnd, leftMs)
  }
  function pause(): void {
    if (!timer) return
    clearTimeout(timer)
    timer = undefined
    leftMs = Math.max(0, leftMs - (performance.now() - startedAt))
  }
  resume()
  return {
    pause,
    resume,
    clear() {
      isOver = true
      pause()
    },
  }
}
