/** Lets the work of one process run side by side, or one piece of it alone. */
export interface ProcessRoom {
  /** Runs beside others; waits while somebody runs or waits alone. */
  readonly beside: <T>(work: () => Promise<T>) => Promise<T>
  /** Runs when all earlier work has ended, and keeps all other work waiting. */
  readonly alone: <T>(work: () => Promise<T>) => Promise<T>
}

/** First come, first served: later work does not overtake work that waits to run alone. */
export function createProcessRoom(): ProcessRoom {
  const waiting: { readonly isAlone: boolean; readonly enter: () => void }[] = []
  let running = 0
  let isTaken = false

  function admit(): void {
    for (let next = waiting[0]; next; next = waiting[0]) {
      if (isTaken || (next.isAlone && running > 0)) return
      waiting.shift()
      running += 1
      isTaken = next.isAlone
      next.enter()
    }
  }
  async function run<T>(isAlone: boolean, work: () => Promise<T>): Promise<T> {
    await new Promise<void>((enter) => {
      waiting.push({ isAlone, enter })
      admit()
    })
    try {
      return await work()
    } finally {
      running -= 1
      isTaken = false
      admit()
    }
  }
  return {
    beside: async (work) => run(false, work),
    alone: async (work) => run(true, work),
  }
}
