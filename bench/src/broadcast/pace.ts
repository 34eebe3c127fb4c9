/** Moments, in ms and in their order, as a pace: so many a second from the first to the last. */
export function perSecond(times: readonly number[]): number {
  const [first, last] = [times[0], times.at(-1)]
  if (first === undefined || last === undefined || last === first) return 0
  return ((times.length - 1) / (last - first)) * 1_000
}

/** The most moments, in ms and in their order, within any window of one second. */
export function mostWithinOneSecond(times: readonly number[]): number {
  let most = 0
  let start = 0
  for (const [n, at] of times.entries()) {
    while (at - (times[start] ?? at) >= 1_000) start += 1
    most = Math.max(most, n - start + 1)
  }
  return most
}
