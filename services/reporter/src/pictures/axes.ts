import { toInstant, toWall, utcOfWallTime, type WallTime, wallTimeOfUtc } from '@atermtrack/domain'
import { formatNumber, type Language } from '@atermtrack/messages'
import type { Span, Tick } from '@atermtrack/pictures'

const dayMs = 86_400_000
/** Days between two ticks. */
const daySteps = [1, 2, 3, 5, 7, 10, 14, 30, 60, 90]
const kmSteps = [10, 20, 50, 100, 200, 250, 500, 1_000, 2_000, 2_500, 5_000]

/** A span that holds all moments, with some room at its ends. */
export function spanOf(moments: readonly Date[]): Span {
  const times = moments.map((moment) => moment.getTime())
  const [from, until] = [Math.min(...times), Math.max(...times)]
  const room = Math.max(dayMs / 2, (until - from) * 0.04)
  return { from: from - room, until: until + room }
}

/** Midnights of a zone within a span, at most so many, named `dd.mm`. */
export function dayTicks({ from, until }: Span, zone: string, most = 7): readonly Tick[] {
  const days = Math.ceil((until - from) / dayMs)
  const step = daySteps.find((one) => days / one <= most) ?? Math.ceil(days / most)
  const first = utcOfWallTime(`${toWall(new Date(from), zone).slice(0, 10)}T00:00:00` as WallTime)
  return Array.from({ length: Math.floor(days / step) + 1 }, (_, index) => {
    const wall = wallTimeOfUtc(first + (1 + index * step) * dayMs)
    return { at: toInstant(wall, zone).getTime(), label: `${wall.slice(8, 10)}.${wall.slice(5, 7)}` }
  }).filter(({ at }) => at >= from && at <= until)
}

/** Round kilometres from 0 to the first that is no less than `km`, at most some seven. */
export function kmTicks(km: number, language: Language): readonly { readonly km: number; readonly label: string }[] {
  const step = kmSteps.find((one) => km / one <= 6) ?? Math.ceil(km / 6)
  const count = Math.max(1, Math.ceil(km / step))
  return Array.from({ length: count + 1 }, (_, index) => ({
    km: index * step,
    label: formatNumber(index * step, language),
  }))
}
