/** Counts by key, the most frequent first. */
export type Counts<K> = readonly (readonly [K, number])[]

/** Counts each key; equally frequent ones in the order of `compare`, else as they come. */
export function countBy<T, K>(
  items: readonly T[],
  keyOf: (item: T) => K,
  compare: (one: K, other: K) => number = () => 0,
): Counts<K> {
  const counts = new Map<K, number>()
  for (const key of items.map(keyOf)) counts.set(key, (counts.get(key) ?? 0) + 1)
  return [...counts].sort(([one, a], [other, b]) => b - a || compare(one, other))
}
