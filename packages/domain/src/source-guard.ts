/** A report with fewer rows than this share of the usual number has lost some. */
const leastShare = 0.7

/** True when a report has far fewer rows than the median of the reports before it; a source without a past has no usual size. */
export function isShrunk({
  rows,
  previousRowCounts,
}: {
  readonly rows: number
  readonly previousRowCounts: readonly number[]
}): boolean {
  const sorted = previousRowCounts.toSorted((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  const upper = sorted[middle]
  if (upper === undefined) return false
  const median = sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? upper)) / 2
  return rows < leastShare * median
}
