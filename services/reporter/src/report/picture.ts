import { factsOf, type PositionFacts, type PositionView } from '@atermtrack/data'

export interface PictureRow extends PositionFacts {
  readonly position: PositionView
}

/** What is known of the containers that were asked for. */
export interface Picture {
  /** By destination, within one the nearest first. */
  readonly rows: readonly PictureRow[]
  /** The numbers nothing is known of, in the order asked. */
  readonly missing: readonly string[]
  /** The newest stamp among the rows. */
  readonly asOf: Date | undefined
  /** The newest moment at which a source of the rows was heard, unchanged copies included. */
  readonly heardAt: Date | undefined
}

/** Derives status, forecast and idle time of each container and puts them in order. */
export function drawPicture(
  containers: readonly string[],
  positions: readonly PositionView[],
  { standingAfterMinutes }: { readonly standingAfterMinutes: number },
): Picture {
  const known = new Map(positions.map((position) => [position.container, position]))
  const asked = [...new Set(containers)]
  const rows = asked.flatMap((container) => {
    const position = known.get(container)
    return position ? [{ position, ...factsOf(position, { standingAfterMinutes }) }] : []
  })
  return {
    rows: rows.sort(byDestinationAndDistance),
    missing: asked.filter((container) => !known.has(container)),
    asOf: newest(rows.map(({ position }) => position.asOf)),
    heardAt: newest(
      rows.flatMap(({ position: { asOf, confirmedAt } }) => (confirmedAt ? [asOf, confirmedAt] : [asOf])),
    ),
  }
}

/** How often each value occurs, most frequent first, equals in alphabetical order. */
export function countBy<Key extends string>(
  rows: readonly PictureRow[],
  keyOf: (row: PictureRow) => Key,
): [Key, number][] {
  const counts = new Map<Key, number>()
  for (const row of rows) counts.set(keyOf(row), (counts.get(keyOf(row)) ?? 0) + 1)
  return [...counts].sort(([a, n], [b, m]) => m - n || a.localeCompare(b, 'ru'))
}

function byDestinationAndDistance({ position: a }: PictureRow, { position: b }: PictureRow): number {
  // Without a destination or a distance a row stands behind those that have one.
  if (!a.destination !== !b.destination) return a.destination ? -1 : 1
  return (
    (a.destination?.name ?? '').localeCompare(b.destination?.name ?? '', 'ru') ||
    (a.kmLeft ?? Infinity) - (b.kmLeft ?? Infinity) ||
    a.container.localeCompare(b.container)
  )
}

function newest(moments: readonly Date[]): Date | undefined {
  return moments.reduce<Date | undefined>((best, moment) => (best && best >= moment ? best : moment), undefined)
}
