import type { DetectedEvent } from '@atermtrack/domain'

/** The columns of a stored event that a detection compares. */
export interface StoredEvent {
  readonly id: number
  readonly kind: string
  readonly identity: string
  /** Milliseconds. */
  readonly happenedMs: number
  readonly stationId: number | undefined
  readonly trainNumber: string | undefined
  readonly trainIndex: string | undefined
  readonly isNews: boolean
  readonly isWithdrawn: boolean
  /** JSON. */
  readonly details: string
}

/** The rows that bring the stored events of a container into line with the derived ones. */
export interface EventChanges {
  readonly added: readonly DetectedEvent[]
  /** Rows that no longer follow. */
  readonly withdrawn: readonly StoredEvent[]
  /** Rows that follow with other facts, or follow again. */
  readonly moved: readonly { readonly row: StoredEvent; readonly event: DetectedEvent }[]
}

/** Compares the events of one container, each list without repetitions; derived ones before `comparedFrom` stay out of it. */
export function compareEvents(
  derived: readonly DetectedEvent[],
  stored: readonly StoredEvent[],
  comparedFrom: Date,
): EventChanges {
  const wanted = derived.filter(({ happenedAt }) => happenedAt >= comparedFrom)
  if (stored.length === 0) return { added: wanted, withdrawn: [], moved: [] }
  const rows = new Map(stored.map((row) => [nameOf(row), row]))
  const added: DetectedEvent[] = []
  const moved: { row: StoredEvent; event: DetectedEvent }[] = []
  for (const event of wanted) {
    const name = nameOf(event)
    const row = rows.get(name)
    rows.delete(name)
    if (!row) added.push(event)
    else if (row.isWithdrawn || !isSame(row, event)) moved.push({ row, event })
  }
  return { added, withdrawn: [...rows.values()].filter(({ isWithdrawn }) => !isWithdrawn), moved }
}

function nameOf({ kind, identity }: Pick<StoredEvent, 'kind' | 'identity'>): string {
  return `${kind} ${identity}`
}

function isSame(row: StoredEvent, event: DetectedEvent): boolean {
  const { happenedAt, stationId, trainNumber, trainIndex, details } = event
  if (row.happenedMs !== happenedAt.getTime() || row.stationId !== stationId) return false
  if (row.trainNumber !== trainNumber || row.trainIndex !== trainIndex) return false
  const names = Object.keys(details)
  if (row.details === '{}') return names.length === 0
  const known = JSON.parse(row.details) as DetectedEvent['details']
  return names.length === Object.keys(known).length && names.every((name) => known[name] === details[name])
}
