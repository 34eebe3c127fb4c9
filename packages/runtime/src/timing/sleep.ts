import { setTimeout as delay } from 'node:timers/promises'

/** Waits so long, or until the signal. It does not throw then: the caller looks at the signal. */
export async function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  await delay(ms, undefined, signal ? { signal } : {}).catch(() => undefined)
}
