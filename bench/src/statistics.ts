/** The smallest of `values` that is not below `share` (0 to 1) of them. Throws when there are none. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  const found = sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)]
  if (found === undefined) throw new RangeError('nothing was measured')
  return found
}

/** The lower one of the two middle values where their number is even. Throws when there are none. */
export function median(values: readonly number[]): number {
  return percentile(values, 0.5)
}
