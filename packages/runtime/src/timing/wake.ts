export interface Wake {
  /** Ends the wait. A wake while nobody waits is kept for the next wait. */
  wake(): void
  /** Waits for the next wake, at most `ms`. */
  wait(ms: number): Promise<void>
}

/** A signal from one part of a process to another that there is something to do. Two wakes before a wait are one. */
export function createWake(): Wake {
  let isWoken = false
  let wakeUp: (() => void) | undefined
  return {
    wake() {
      isWoken = true
      wakeUp?.()
    },
    async wait(ms) {
      if (!isWoken) {
        let timer: NodeJS.Timeout | undefined
        await new Promise<void>((resolve) => {
          wakeUp = resolve
          timer = setTimeout(resolve, ms)
        })
        clearTimeout(timer)
      }
      isWoken = false
      wakeUp = undefined
    },
  }
}
