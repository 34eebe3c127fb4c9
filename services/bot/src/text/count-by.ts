/** A count by something, the most frequent first. */
export type Counts<K> = readonly (readonly [K, number])[]

/** How often each key comes. */
export function countBy<T, K>(items: readonly T[], key: (item: T) => K): Counts<K> {
  const counts = new Map<K, number>()
  for (const item of items) counts.set(key(item), (counts.get(key(item)) ?? 0) + 1)
  return [...counts].sort(([, a], [, b]) => b - a)
}
