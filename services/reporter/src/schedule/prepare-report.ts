import { type Db, type FindDirectory, positions, reports, resolveSubject, slotReports } from '@atermtrack/data'
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
  /** Nothing has changed since the last report, and the person wants no report then. */
  | { readonly kind: 'unchanged' }
  | { readonly kind: 'empty'; readonly isSaid: boolean }

/**
 * Resolves what a report is about at this moment, and decides whether it is built: `onlyChanges` and `reportsEmpty` of the
 * subscription count for its slots alone. A report that is no slot of a subscription passes without a statement.
 */
export async function prepareReport(report: Begun, parts: PrepareParts): Promise<Prepared> {
  const { db, scope } = parts
  const { id, subscription, kind, chatId, stateAt } = report
  if (!subscription) return { kind: 'ready', containers: report.containers, isCut: false }
  const isKnown = subscription.subject === 'containers' || (stateAt !== undefined && report.containers.length > 0)
  const { containers, isCut } = isKnown
    ? { containers: report.containers, isCut: false }
    : await resolveSubject(db, subscription, scope, { ...parts, now: report.now })
  if (containers.length === 0) return { kind: 'empty', isSaid: kind !== 'slot' || subscription.reportsEmpty }
  if (kind === 'slot') {
    if (!subscription.reportsEmpty && !(await positions.isAnyKnown(db, containers, scope)))
      return { kind: 'empty', isSaid: false }
    const asked = { id, subscriptionId: subscription.id, chatId, containers }
    if (subscription.onlyChanges && !(await slotReports.hasChangedSinceLast(db, asked))) return { kind: 'unchanged' }
  }
  if (!isKnown) await reports.recordContainers(db, id, containers)
  return { kind: 'ready', containers, isCut }
}
