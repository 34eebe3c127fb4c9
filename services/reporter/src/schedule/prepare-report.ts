import { type Db, type FindDirectory, reports, resolveSubject } from '@atermtrack/data'
import type { Scope } from '@atermtrack/domain'

/** A report that is about to be built. */
type Begun = NonNullable<Awaited<ReturnType<typeof reports.beginBuilding>>>

export interface PrepareParts {
  readonly db: Db
  readonly scope: Scope
  readonly standingAfterMinutes: number
  readonly findDirectory: FindDirectory
}

/** What is to be built, or that nothing is. */
export type Prepared =
  | { readonly kind: 'ready'; readonly containers: readonly string[]; readonly isCut: boolean }
  | { readonly kind: 'empty'; readonly isSaid: boolean }

/**
 * Resolves what a report is about at this moment. A subject without a container ends it here; whether one with containers says
 * enough for its reader is decided when its workbook is built. A report of no subscription passes without a statement.
 */
export async function prepareReport(report: Begun, parts: PrepareParts): Promise<Prepared> {
  const { db, scope } = parts
  const { id, subscription, kind, stateAt } = report
  if (!subscription) return { kind: 'ready', containers: report.containers, isCut: false }
  const isKnown = subscription.subject === 'containers' || (stateAt !== undefined && report.containers.length > 0)
  const { containers, isCut } = isKnown
    ? { containers: report.containers, isCut: false }
    : await resolveSubject(db, subscription, scope, { ...parts, now: report.now })
  if (containers.length === 0) return { kind: 'empty', isSaid: kind !== 'slot' || subscription.reportsEmpty }
  if (!isKnown) await reports.recordContainers(db, id, containers)
  return { kind: 'ready', containers, isCut }
}
