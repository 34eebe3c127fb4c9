/** An operation on the way of a trip. */
export interface WayOperation {
  readonly station: string
  readonly at: Date
  /** Kilometres to the destination of the trip; undefined where no report names them. */
  readonly kmLeft: number | undefined
}

/** A station where a trip was, from its first to its last operation there. */
export interface WayStop {
  readonly station: string
  readonly from: Date
  readonly until: Date
  /** By the last operation there that names it. */
  readonly kmLeft: number | undefined
}

/** Puts the operations of a trip, in the order of their times, together by station. A station that comes again later is a stop of its own. */
export function stopsOfWay(operations: readonly WayOperation[]): readonly WayStop[] {
  const stops: WayStop[] = []
  for (const { station, at, kmLeft } of operations) {
    const last = stops.at(-1)
    if (last?.station === station) stops[stops.length - 1] = { ...last, until: at, kmLeft: kmLeft ?? last.kmLeft }
    else stops.push({ station, from: at, until: at, kmLeft })
  }
  return stops
}

/** How long it stood, in whole minutes. */
export function stayMinutes({ from, until }: Pick<WayStop, 'from' | 'until'>): number {
  return Math.round((until.getTime() - from.getTime()) / 60_000)
}

/**
 * The stops that a short list shows: the first, the last, and of the others those with the longest stays, in the order of the way. A number
 * stands for stops in between that are left out.
 */
export function mainStops(stops: readonly WayStop[], most: number): readonly (WayStop | number)[] {
  const inner = stops
    .slice(1, -1)
    .toSorted((a, b) => stayMinutes(b) - stayMinutes(a) || a.from.getTime() - b.from.getTime())
  const shown = new Set([stops[0], ...inner.slice(0, Math.max(0, most - 2)), stops.at(-1)])
  const list: (WayStop | number)[] = []
  for (const stop of stops) {
    const last = list.at(-1)
    if (shown.has(stop)) list.push(stop)
    else if (typeof last === 'number') list[list.length - 1] = last + 1
    else list.push(1)
  }
  return list
}
