import { planTrain } from './plan-train.ts'
import { createRandom } from './random.ts'
import type { Train } from './train.ts'

export interface WorldOptions {
  readonly seed: number
  /** 1 keeps about 350 containers on the rails. */
  readonly scale: number
  /** Days from the start of a trip to the last day of its delivery norm, of the trains in turn; 18 keep most trips within it. */
  readonly deliveryDays?: readonly number[]
}

export interface World {
  /** The trains that depart from `from` up to but not including `until`, by departure. */
  readonly trainsBetween: (from: Date, until: Date) => readonly Train[]
}

/** When the first train leaves. */
export const WORLD_BEGINS_AT = new Date('2020-01-01T00:00:00Z')

const usualDeliveryDays = 18
const HOUR_MS = 3_600_000
const SPACING_HOURS = 54
const JITTER_MINUTES = 300
/** Longer than any trip with the stay at the terminal before the next one. */
const REUSE_AFTER_HOURS = 31 * 24

/**
 * An endless row of trains, each a function of the seed and its place in the row alone:
 * a simulation made a day later produces the same past and continues from there.
 */
export function createWorld({ seed, scale, deliveryDays = [usualDeliveryDays] }: WorldOptions): World {
  const spacingMs = (SPACING_HOURS * HOUR_MS) / scale
  const reuseDistance = Math.ceil((REUSE_AFTER_HOURS * HOUR_MS) / spacingMs)
  const trainAt = (ordinal: number): Train => {
    const due = new Date(WORLD_BEGINS_AT.getTime() + Math.round((ordinal * spacingMs) / 60_000) * 60_000)
    const lateMinutes = createRandom(seed, ordinal, 1).between(0, JITTER_MINUTES)
    const departsAt = new Date(due.getTime() + lateMinutes * 60_000)
    return planTrain({
      seed,
      ordinal,
      code: trainCode(due, spacingMs),
      departsAt,
      reuseDistance,
      deliveryDays: deliveryDays[ordinal % deliveryDays.length] ?? usualDeliveryDays,
    })
  }
  return {
    trainsBetween: (from, until) => {
      const first = ordinalAt(from.getTime() - JITTER_MINUTES * 60_000, spacingMs)
      const last = ordinalAt(until.getTime(), spacingMs)
      return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => trainAt(first + index))
        .filter(({ departsAt }) => departsAt >= from && departsAt < until)
        .sort((one, other) => one.departsAt.getTime() - other.departsAt.getTime())
    },
  }
}

function ordinalAt(instantMs: number, spacingMs: number): number {
  return Math.max(0, Math.floor((instantMs - WORLD_BEGINS_AT.getTime()) / spacingMs))
}

/** `К25-073`: the year and the place within it. */
function trainCode(due: Date, spacingMs: number): string {
  const year = due.getUTCFullYear()
  const place = Math.floor((due.getTime() - Date.UTC(year, 0, 1)) / spacingMs) + 1
  return `К${String(year % 100)}-${String(place % 1_000).padStart(3, '0')}`
}
