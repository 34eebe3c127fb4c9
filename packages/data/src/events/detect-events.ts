import { type ContainerEvents, type EventSettings, eventsOf, isNews } from '@atermtrack/domain'
import type { Db } from '../platform/client.ts'
import { type Directories, type KnownPast, readDirectories, readPasts } from './container-pasts.ts'
import { comparedDays, type StorableEvent, storeEvents, type StoredEvents, storeStates } from './event-store.ts'
import { readAhead } from './read-ahead.ts'
import { claimDue, completeDetection, listExamined, lockDetection } from './examined-containers.ts'

/** Containers whose past is held in memory at a time. */
const batchSize = 5_000

export interface Detection extends StoredEvents {
  readonly examined: number
  /** Whether somebody may be to be alerted: there is news, or news was withdrawn or has come back. */
  readonly hasAlerts: boolean
}

/**
 * Detects the events of the containers that a workbook has changed, in the transaction `tx`; undefined when another job was first. A
 * detection that is killed leaves nothing behind, and the next one does all of it.
 */
export async function detectEvents(
  tx: Db,
  workbookId: number,
  { settings, signal }: { readonly settings: Omit<EventSettings, 'stampsOf'>; readonly signal: AbortSignal },
): Promise<Detection | undefined> {
  await lockDetection(tx)
  const workbook = await claimDue(tx, workbookId)
  if (!workbook) return undefined
  const containers = await listExamined(tx, workbook)
  const directories = await readDirectories(tx)
  let stored: StoredEvents = { added: 0, news: 0, withdrawn: 0, returned: 0 }
  const pasts = readAhead(batchesOf(containers), async (batch) => readPasts(tx, batch, directories))
  for await (const { batch, read } of pasts) {
    signal.throwIfAborted()
    stored = sum(
      stored,
      await detectBatch(tx, { containers: batch, pasts: read }, { workbookId, settings, directories }),
    )
  }
  const hasAlerts = stored.news + stored.withdrawn + stored.returned > 0
  await completeDetection(tx, workbookId, { hasAlerts })
  return { examined: containers.length, hasAlerts, ...stored }
}

function batchesOf(containers: readonly string[]): readonly (readonly string[])[] {
  return Array.from({ length: Math.ceil(containers.length / batchSize) }, (_, index) =>
    containers.slice(index * batchSize, (index + 1) * batchSize),
  )
}

async function detectBatch(
  tx: Db,
  { containers, pasts }: { readonly containers: readonly string[]; readonly pasts: ReadonlyMap<string, KnownPast> },
  {
    workbookId,
    settings,
    directories,
  }: {
    readonly workbookId: number
    readonly settings: Omit<EventSettings, 'stampsOf'>
    readonly directories: Directories
  },
): Promise<StoredEvents> {
  const { stampsOf } = directories
  const derived = [...pasts].map(([container, past]) => ({
    container,
    past,
    found: eventsOf(past, { ...settings, stampsOf }),
  }))
  await storeStates(
    tx,
    derived.map(({ container, found: { wakesAt } }) => ({ container, wakesAt })),
  )
  return storeEvents(
    tx,
    derived.flatMap((one) => storable(one, directories)),
    { containers, workbookId, comparedFrom: comparedFrom(directories) },
  )
}

function storable(
  { container, past, found }: { readonly container: string; readonly past: KnownPast; readonly found: ContainerEvents },
  { newestStamp, newestTerminalStamp }: Directories,
): readonly StorableEvent[] {
  const firstSeenAt = firstSeen(past)
  return found.events.map((event) => {
    const isOfTrip = event.tripKey !== undefined
    const newestAt = (isOfTrip ? newestStamp : newestTerminalStamp) ?? event.knownAt
    return {
      ...event,
      container,
      tripId: isOfTrip ? past.tripIds.get(event.tripKey) : undefined,
      isNews: isNews(event, { firstSeenAt: isOfTrip ? firstSeenAt : undefined, newestAt }),
    }
  })
}

function firstSeen({ trips }: KnownPast): Date | undefined {
  const stamps = trips.flatMap(({ operations }) => operations.map(({ stampAt }) => stampAt.getTime()))
  return stamps.length === 0 ? undefined : new Date(stamps.reduce((first, stamp) => Math.min(first, stamp)))
}

function comparedFrom({ newestStamp, newestTerminalStamp }: Directories): Date {
  const newest = Math.max(newestStamp?.getTime() ?? 0, newestTerminalStamp?.getTime() ?? 0)
  return new Date(newest - comparedDays * 86_400_000)
}

function sum(a: StoredEvents, b: StoredEvents): StoredEvents {
  return {
    added: a.added + b.added,
    news: a.news + b.news,
    withdrawn: a.withdrawn + b.withdrawn,
    returned: a.returned + b.returned,
  }
}
