import { mostSlots, parseSlot, type Slot } from '@atermtrack/domain'

/** Distinct times in the order of the day; undefined when one of them is not a time, or when there are none or too many. */
export function parseSlots(texts: readonly string[]): Slot[] | undefined {
  const slots = texts.map(parseSlot).filter((slot) => slot !== undefined)
  const distinct = [...new Set(slots)].sort()
  if (slots.length < texts.length || distinct.length === 0 || distinct.length > mostSlots) return undefined
  return distinct
}
