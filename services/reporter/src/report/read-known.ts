import {
  attention,
  type AttentionMark,
  type ContainerLinks,
  containerLinks,
  type Db,
  positions,
  positionsAsOf,
  type PositionView,
} from '@atermtrack/data'
import { type Scope, scopeKey } from '@atermtrack/domain'
import type { WorkbookRequest } from './build-workbooks.ts'
import { createNarrower, type ReportPosition } from './report-position.ts'

/** What is known of the containers of a report, as far as its reader may know. */
export interface Known {
  readonly positions: (containers: readonly string[]) => readonly ReportPosition[]
  readonly links: ReadonlyMap<string, ContainerLinks>
  /** The decisions of those who see the same about containers that need somebody; for reports of subscriptions. */
  readonly marks: ReadonlyMap<string, AttentionMark>
}

/** How the containers are read: so many of them by a statement, so many statements side by side. */
interface Reading {
  readonly batchSize: number
  readonly lanes: number
}

/**
 * The database finds rows of a long list while others are read here. Five hundred rows, several kilobytes each, go as fast as they
 * come; those of more would outlive the first collections of garbage, and lie in memory until all are read.
 */
const alone: Reading = { batchSize: 500, lanes: 2 }
/** The reports of a batch are read in its transaction, which has one connection. */
const together: Reading = { batchSize: 2_000, lanes: 1 }

/** Reads what is known of the containers of all reports, once for readers with equal rights and the same moment. */
export async function readKnown(
  db: Db,
  requests: readonly WorkbookRequest[],
): Promise<(request: WorkbookRequest) => Known> {
  const groups = new Map<string, WorkbookRequest[]>()
  for (const request of requests) {
    const key = groupOf(request)
    groups.set(key, [...(groups.get(key) ?? []), request])
  }
  const found = new Map<string, Known>()
  for (const [key, members] of groups) found.set(key, await readGroup(db, members))
  return (request) => found.get(groupOf(request)) ?? nothing
}

const nothing: Known = { positions: () => [], links: new Map(), marks: new Map() }

function groupOf({ scope, report: { stateAt } }: WorkbookRequest): string {
  return `${scopeKey(scope)} ${stateAt?.getTime() ?? ''}`
}

async function readGroup(db: Db, members: readonly WorkbookRequest[]): Promise<Known> {
  const [first] = members
  if (!first) return nothing
  const { scope, report } = first
  const containers = [...new Set(members.flatMap(({ report: { containers: asked } }) => asked))]
  const narrow = createNarrower()
  const views = new Map<string, ReportPosition>()
  const links = new Map<string, ContainerLinks>()
  const marks = new Map<string, AttentionMark>()
  const hasDaily = members.some(({ report: { subscriptionId } }) => subscriptionId !== null)
  // A report that has its scope alone in a batch has a short list, which is one statement in any case.
  const { batchSize, lanes } = members.length === 1 ? alone : together
  const batches = cut(containers, batchSize).values()
  const readLane = async () => {
    for (const batch of batches) {
      for (const view of await findPositions(db, batch, scope, report.stateAt)) views.set(view.container, narrow(view))
      // Lists of trains, stays at terminals and marks are known as they are now, and say nothing about the past.
      if (report.stateAt) continue
      for (const tied of await containerLinks.findMany(db, batch, scope)) links.set(tied.container, tied)
      if (!hasDaily) continue
      for (const mark of await attention.findMarks(db, batch, scope)) marks.set(mark.container, mark)
    }
  }
  await Promise.all(Array.from({ length: lanes }, readLane))
  return { positions: (asked) => asked.flatMap((container) => views.get(container) ?? []), links, marks }
}

function cut(list: readonly string[], size: number): readonly (readonly string[])[] {
  const count = Math.ceil(list.length / size)
  return Array.from({ length: count }, (_, index) => list.slice(index * size, (index + 1) * size))
}

async function findPositions(
  db: Db,
  containers: readonly string[],
  scope: Scope,
  stateAt: Date | null | undefined,
): Promise<readonly PositionView[]> {
  return stateAt
    ? positionsAsOf.findMany(db, containers, { scope, at: stateAt })
    : positions.findMany(db, containers, scope)
}
