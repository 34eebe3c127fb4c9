import type { WorkbookOrigin } from '@atermtrack/data'
import { isAheadOfMessage, isFutureStamp, isShrunk, toWall, usualRowCount } from '@atermtrack/domain'

export interface GuardedReport {
  readonly missing: readonly string[]
  readonly rowCount: number
  readonly stamp: Date
  readonly receivedAt: Date
  /** The stamp that the file itself names. */
  readonly reportedStamp: Date | undefined
  /** The time of sending that the message claims, within 1990 and the receipt. */
  readonly sentAt: Date | null
  /** Row counts of the newest accepted reports of the source. */
  readonly previousRowCounts: readonly number[]
  readonly parties: Parties
  /** Guards that an admin has lifted. */
  readonly overrides: readonly string[]
}

/** The parties that the rows of a container name decide who sees it. */
export interface Parties {
  /** Whether any row names a consignor, a consignee or a client. */
  readonly named: boolean
  /** Whether reports of the source name some, and no other was accepted. */
  readonly expected: boolean
}

/** The reason why a dislocation report must not change the data before an admin has seen it; undefined when it may. */
export function guardDislocation(
  report: GuardedReport,
): { readonly reason: string; readonly reasonDetail?: string } | undefined {
  const { missing, rowCount, previousRowCounts, parties, overrides } = report
  if (missing.length > 0) return { reason: 'missing_columns', reasonDetail: missing.join(', ') }
  if (isFromFuture(report)) return { reason: 'future_stamp' }
  if (rowCount === 0) return { reason: 'no_rows' }
  if (isShrunk({ rows: rowCount, previousRowCounts }) && !overrides.includes('shrunk')) {
    return { reason: 'shrunk', reasonDetail: `${Math.round(usualRowCount(previousRowCounts))}` }
  }
  return lostParties(parties, overrides) ? { reason: 'lost_parties' } : undefined
}

/** Whether a source that named parties names none any more, so that the owners of its containers are unknown. */
export function lostParties({ named, expected }: Parties, overrides: readonly string[]): boolean {
  return expected && !named && !overrides.includes('lost_parties')
}

/** Whether a report says that it was formed after it was mailed or received, and no admin accepts that. */
export function isFromFuture({
  stamp,
  receivedAt,
  reportedStamp,
  sentAt,
  overrides,
}: Pick<GuardedReport, 'stamp' | 'receivedAt' | 'reportedStamp' | 'sentAt' | 'overrides'>): boolean {
  if (overrides.includes('future_stamp')) return false
  if (isFutureStamp({ stampAt: stamp, receivedAt })) return true
  return reportedStamp !== undefined && isAheadOfMessage({ stampAt: reportedStamp, sentAt })
}

/** Whether there were rows and none could be parsed; a table without rows is only a quiet day. */
export function lostAllRows({
  rowCount,
  skippedCount,
}: {
  readonly rowCount: number
  readonly skippedCount: number
}): boolean {
  return rowCount === 0 && skippedCount > 0
}

/**
 * The time when a file counts as arrived. The clock of a mail sender is not trusted, so this is the time of receipt; a message forwarded
 * in Telegram keeps the time that Telegram's own servers gave it.
 */
export function arrivalTime({
  origin,
  sentAt,
  receivedAt,
}: {
  readonly origin: WorkbookOrigin
  readonly sentAt: Date | null
  readonly receivedAt: Date
}): Date {
  return origin === 'telegram' && sentAt && sentAt < receivedAt ? sentAt : receivedAt
}

/**
 * The time when a report counts as formed: its own stamp, else its arrival. A name that gives the day alone only says that the report was
 * not formed before that day, and a stamp in the future that an admin accepts is not trusted: the arrival replaces both.
 */
export function effectiveStamp(
  stamp: Date | undefined,
  {
    arrivedAt,
    zone,
    overrides,
  }: { readonly arrivedAt: Date; readonly zone: string; readonly overrides: readonly string[] },
): Date {
  if (stamp === undefined) return arrivedAt
  if (stamp > arrivedAt && overrides.includes('future_stamp')) return arrivedAt
  const [day, time] = toWall(stamp, zone).split('T')
  return time === '00:00:00' && toWall(arrivedAt, zone).startsWith(`${day}T`) ? arrivedAt : stamp
}
