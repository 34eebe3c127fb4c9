import type { Slot } from '@atermtrack/domain'

/** The times of a day with one report or with two: the first and the last of those that are offered. */
export function usualTimes(offered: readonly Slot[]): { readonly first: Slot; readonly second: Slot | undefined } {
  const [first = '09:00' as Slot] = offered
  const last = offered.at(-1)
  return { first, second: last === first ? undefined : last }
}

/** The times of `usualTimes` as a list. */
export function usualSlots(offered: readonly Slot[]): readonly Slot[] {
  const { first, second } = usualTimes(offered)
  return second === undefined ? [first] : [first, second]
}
