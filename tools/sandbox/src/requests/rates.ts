import { tooManyRequests } from '../methods/api-error.ts'

interface RateLimit {
  readonly count: number
  readonly windowMs: number
}

const overall: RateLimit = { count: 30, windowMs: 1000 }
// "One message a second, short bursts pass": three at once, but no more than that in three seconds.
const perChat: RateLimit = { count: 3, windowMs: 3000 }
const perGroup: RateLimit = { count: 20, windowMs: 60_000 }
const overallKey = 0

/** Telegram's pacing: records a message to a chat, or throws ApiError 429 with the time to wait. */
export function createRates(now: () => number): (chatId: number) => void {
  const sent = new Map<number, number[]>()
  return (chatId) => {
    const at = now()
    const limits = [
      { key: overallKey, limit: overall },
      { key: chatId, limit: chatId < 0 ? perGroup : perChat },
    ]
    const waits = limits.map(({ key, limit }) => waitMs(recent(sent, key, at - limit.windowMs), limit, at))
    const longest = Math.max(...waits)
    if (longest > 0) throw tooManyRequests(Math.ceil(longest / 1000))
    for (const { key } of limits) sent.get(key)?.push(at)
  }
}

function recent(sent: Map<number, number[]>, key: number, since: number): readonly number[] {
  const times = (sent.get(key) ?? []).filter((time) => time > since)
  sent.set(key, times)
  return times
}

function waitMs(times: readonly number[], { count, windowMs }: RateLimit, at: number): number {
  const oldest = times.at(-count)
  return oldest === undefined ? 0 : oldest + windowMs - at
}
