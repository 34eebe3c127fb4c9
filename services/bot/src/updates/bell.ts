export interface Bell {
  /** Wakes who waits; a ring while nobody does is kept for the next. */
  ring(): void
  /** Until the next ring, at most so long. */
  wait(ms: number): Promise<void>
}

export function createBell(): Bell {
  let isRung = false
  let wakeUp: (() => void) | undefined
  return {
    ring() {
      isRung = true
      wakeUp?.()
    },
    async wait(ms) {
      if (!isRung) {
        let timer: NodeJS.Timeout | undefined
        await new Promise<void>((resolve) => {
          wakeUp = resolve
          timer = setTimeout(resolve, ms)
        })
        clearTimeout(timer)
      }
      isRung = false
      wakeUp = undefined
    },
  }
}
