import { setTimeout as delay } from 'node:timers/promises'

const everyMs = 20

/** Asks `url` every 20 ms while `work` runs, and returns the longest wait for an answer in ms. Throws when one is not 200. */
export async function watchHealth(url: string, work: () => Promise<void>): Promise<number> {
  const done = new AbortController()
  const watching = askUntil(url, done.signal)
  try {
    await work()
  } finally {
    done.abort()
  }
  return watching
}

async function askUntil(url: string, signal: AbortSignal): Promise<number> {
  let worstMs = 0
  while (!signal.aborted) {
    const startedAt = performance.now()
    const response = await fetch(url)
    await response.text()
    if (!response.ok) throw new Error(`${url} answered ${response.status}`)
    const tookMs = performance.now() - startedAt
    worstMs = Math.max(worstMs, tookMs)
    await delay(Math.max(0, everyMs - tookMs))
  }
  return worstMs
}
