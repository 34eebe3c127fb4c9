import { isShrunk } from '@atermtrack/domain'

/** A report formed this long after it was mailed was not formed then: it would make every later file older. */
const futureToleranceMs = 3_600_000

export interface GuardedReport {
  readonly missing: readonly string[]
  readonly rowCount: number
  readonly stamp: Date
  readonly mailedAt: Date
  /** Row counts of the newest accepted reports of the source. */
  readonly previousRowCounts: readonly number[]
  /** Guards that an admin has lifted. */
  readonly overrides: readonly string[]
}

/** Why a dislocation report must not change the picture before an admin has seen it; undefined when it may. */
export function guardDislocation(
  report: GuardedReport,
): { readonly reason: string; readonly reasonDetail?: string } | undefined {
  const { missing, rowCount, stamp, mailedAt, previousRowCounts, overrides } = report
  if (missing.length > 0) return { reason: 'missing_columns', reasonDetail: missing.join(', ') }
  if (rowCount === 0) return { reason: 'no_rows' }
  if (stamp.getTime() - mailedAt.getTime() > futureToleranceMs && !overrides.includes('future_stamp')) {
    return { reason: 'future_stamp' }
  }
  if (isShrunk({ rows: rowCount, previousRowCounts }) && !overrides.includes('shrunk')) {
    return { reason: 'shrunk', reasonDetail: `${rowCount}` }
  }
  return undefined
}

/** When a report counts as formed: a stamp in the future that an admin lets pass is the time of its mail. */
export function effectiveStamp(stamp: Date | undefined, mailedAt: Date, overrides: readonly string[]): Date {
  if (stamp === undefined) return mailedAt
  return stamp > mailedAt && overrides.includes('future_stamp') ? mailedAt : stamp
}
