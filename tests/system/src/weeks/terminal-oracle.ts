import { type Found, hourMs, type OracleKind } from './oracle-event.ts'
import type { StaySeen, WeekTerminalReport } from './railway.ts'

const dayMs = 24 * hourMs

/** Days at the terminal without a charge, and the roubles of each further one. */
export const freeDays = { days: 2, dayRate: 1500 }

/** The rule in words, as the setting has it. */
export const freeDaysRule = `*;*;*=${String(freeDays.days)}:${String(freeDays.dayRate)}`

const terminal = 'A-TERMINAL'

/**
 * What happened at the terminal: a container came, it left, and a day before its days without a charge ended it still stood there.
 */
export function eventsOfStays(reports: readonly WeekTerminalReport[]): readonly Found[] {
  return [...byStay(reports)].flatMap((seen) => {
    const [first] = seen
    if (!first) return []
    const leftAt = seen.find((one) => one.leftAt)?.leftAt
    const freeUntil = new Date(+first.arrivedAt + freeDays.days * dayMs)
    const warnedAt = new Date(+freeUntil - dayMs)
    const stood = leftAt ? leftAt > warnedAt : seen.some(({ stamp }) => stamp >= warnedAt)
    return [
      stayEvent('came_to_terminal', first, first.arrivedAt),
      ...(leftAt ? [stayEvent('left_terminal', first, leftAt)] : []),
      ...(stood ? [{ ...stayEvent('free_days_end', first, warnedAt), freeUntil }] : []),
    ]
  })
}

type Sighting = StaySeen & { readonly stamp: Date }

function byStay(reports: readonly WeekTerminalReport[]): Iterable<readonly Sighting[]> {
  const stays = new Map<string, Sighting[]>()
  for (const { stamp, stays: listed } of reports) {
    for (const stay of listed) {
      const name = `${stay.container} ${stay.waybill}`
      stays.set(name, [...(stays.get(name) ?? []), { ...stay, stamp }])
    }
  }
  return stays.values()
}

function stayEvent(kind: OracleKind, { container, waybill }: StaySeen, happenedAt: Date): Found {
  const key = [kind, container, waybill].join('|')
  return { key, kind, container, waybill, happenedAt, station: terminal, train: undefined, knownAt: happenedAt }
}
