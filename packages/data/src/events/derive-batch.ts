import { type ContainerEvents, type DetectedEvent, type EventSettings, eventsOf, isNews } from '@atermtrack/domain'
import { compareEvents, type StoredEvent } from './compare-events.ts'
import type { KnownPast } from './container-pasts.ts'
import type { Directories } from './directories.ts'
import { comparedDays, type MovedEvent, type StorableEvent } from './event-store.ts'
import type { EventState } from './event-states.ts'

/** The rules and the directories that a detection needs beside the past of the containers. */
export interface Derivation {
  readonly settings: EventSettings
  readonly directories: Directories
  readonly comparedFrom: Date
}

/** The rows that a detection writes about some containers. `counts` holds how many of them concern people. */
export interface Findings {
  readonly states: EventState[]
  readonly added: StorableEvent[]
  readonly moved: MovedEvent[]
  readonly withdrawnIds: number[]
  readonly counts: { news: number; withdrawn: number; returned: number }
}

export function noFindings(): Findings {
  return { states: [], added: [], moved: [], withdrawnIds: [], counts: { news: 0, withdrawn: 0, returned: 0 } }
}

/** How a detection derives events, by the directories as they are now. */
export function derivationOf(settings: Omit<EventSettings, 'stampsOf'>, directories: Directories): Derivation {
  const { stampsOf, newestStamp, newestTerminalStamp } = directories
  const newest = Math.max(newestStamp?.getTime() ?? 0, newestTerminalStamp?.getTime() ?? 0)
  return {
    settings: { ...settings, stampsOf },
    directories,
    comparedFrom: new Date(newest - comparedDays * 86_400_000),
  }
}

/** Derives the events of a container and adds to `findings` what its stored rows lack. */
export function deriveContainer(
  container: string,
  { past, stored }: { readonly past: KnownPast; readonly stored: readonly StoredEvent[] },
  { settings, directories, comparedFrom }: Derivation,
  findings: Findings,
): void {
  const { events, wakesAt }: ContainerEvents = eventsOf(past, settings)
  findings.states.push({ container, facts: past.facts, wakesAt })
  const { added, withdrawn, moved } = compareEvents(events, stored, comparedFrom)
  const { counts } = findings
  const firstSeenAt = added.length === 0 ? undefined : firstSeen(past)
  for (const event of added) {
    const one = { container, tripId: tripOf(event, past), event, isNews: newsOf(event, firstSeenAt, directories) }
    findings.added.push(one)
    counts.news += Number(one.isNews)
  }
  for (const { row, event } of moved) {
    findings.moved.push({ id: row.id, tripId: tripOf(event, past), event })
    counts.returned += Number(row.isWithdrawn && row.isNews)
  }
  for (const row of withdrawn) {
    findings.withdrawnIds.push(row.id)
    counts.withdrawn += Number(row.isNews)
  }
}

function tripOf({ tripKey }: DetectedEvent, { tripIds }: KnownPast): number | undefined {
  return tripKey === undefined ? undefined : tripIds.get(tripKey)
}

function newsOf(
  event: DetectedEvent,
  firstSeenAt: Date | undefined,
  { newestStamp, newestTerminalStamp }: Directories,
): boolean {
  const isOfTrip = event.tripKey !== undefined
  const newestAt = (isOfTrip ? newestStamp : newestTerminalStamp) ?? event.knownAt
  return isNews(event, { firstSeenAt: isOfTrip ? firstSeenAt : undefined, newestAt })
}

function firstSeen({ trips }: KnownPast): Date | undefined {
  let first: Date | undefined
  for (const { operations } of trips) {
    for (const { stampAt } of operations) if (first === undefined || stampAt < first) first = stampAt
  }
  return first
}
