import { setTimeout as delay } from 'node:timers/promises'

export interface HealthWatch extends AsyncDisposable {
  /** The longest wait for an answer in ms, less the delays of this process. */
  readonly worstMs: () => number
  /** The first answer other than 200, if there was one. */
  readonly trouble: () => string | undefined
}

const everyMs = 50

/** Asks `url` twenty times a second until it is disposed. */
export function watchHealth(url: string): HealthWatch {
  const done = new AbortController()
  let worstMs = 0
  let trouble: string | undefined
  const watching = watch()
  async function watch(): Promise<void> {
    while (!done.signal.aborted) {
      const lag = measureLag()
      const startedAt = performance.now()
      const answer = await ask(url)
      const tookMs = performance.now() - startedAt - lag.stop()
      worstMs = Math.max(worstMs, tookMs)
      if (answer !== undefined) trouble ??= answer
      await delay(everyMs)
    }
  }
  return {
    worstMs: () => worstMs,
    trouble: () => trouble,
    async [Symbol.asyncDispose]() {
      done.abort()
      await watching
    },
  }
}

async function ask(url: string): Promise<string | undefined> {
  try {
    const answer = await fetch(url, { signal: AbortSignal.timeout(20_000) })
    await answer.text()
    return answer.ok ? undefined : `/healthz answered ${answer.status}`
  } catch (error) {
    return `/healthz did not answer: ${String(error)}`
  }
}

/** The making of a mutant and a busy machine delay this process too, which says nothing about the ingester. */
function measureLag(): { readonly stop: () => number } {
  let lagMs = 0
  let expectedAt = performance.now() + 10
  const timer = setInterval(() => {
    lagMs += Math.max(0, performance.now() - expectedAt)
    expectedAt = performance.now() + 10
  }, 10)
  return {
    stop() {
      clearInterval(timer)
      return lagMs + Math.max(0, performance.now() - expectedAt)
    },
  }
}
