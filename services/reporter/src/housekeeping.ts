import {
  accessWaits,
  alertRetention,
  chatUsage,
  failedAnswers,
  closeUndo,
  type Db,
  fillTrips,
  livePositions,
  resolveAll,
  releaseOriginals,
  removedItems,
  retention,
  snapshots,
  statistics,
  strangerIntake,
  subscriptionTemplates,
} from '@atermtrack/data'
import type { Handler, JobContext } from '@atermtrack/queue'

/** Days after which rows go; rows not named here stay for ever. */
export interface RetentionDays {
  readonly updates: number
  readonly reportContent: number
  readonly lookups: number
  /** Rows of the ledger: to whom something left, and how it ended. */
  readonly deliveries: number
  /** What happened to containers. */
  readonly events: number
  /** Original files of imports, which can be undone for as long. */
  readonly originals: number
  /** Original files that were refused or came twice. */
  readonly refusedOriginals: number
}

const batchSize = 5_000
/** Workbooks are large; a statement that empties many writes much. */
const contentBatchSize = 500
/** A dialog or a code is worthless long before; a day leaves the bot time to report it. */
const leftoverDays = 1
/** The longest statistic shows 30 days. */
const personDays = 62

/** Removes what is too old to keep, in batches, so that no statement locks for long. */
export function createHousekeeping({
  db,
  days,
  scheduleZone: zone,
}: {
  readonly db: Db
  readonly days: RetentionDays
  readonly scheduleZone: string
}): Handler<object> {
  return async (_payload, { logger, signal }) => {
    const inBatches = async (
      remove: (db: Db, age: retention.Age) => Promise<number>,
      age: number,
      limit: number = batchSize,
    ) => {
      let total = 0
      for (;;) {
        signal.throwIfAborted()
        const removed = await remove(db, { days: age, limit })
        total += removed
        if (removed < limit) return total
      }
    }
    // Before the rows go that are counted.
    const counted = await statistics.countDays(db, { zone, signal })
    if (counted > 0) logger.info({ counted }, 'days are counted')
    // Before the files go, so that those of an undo that is closed go the same night.
    const undosClosed = await inBatches(closeUndo, days.originals)
    const removed = {
      undosClosed,
      originals: await inBatches(releaseOriginals, days.refusedOriginals, contentBatchSize),
      updates: await inBatches(retention.deleteUpdates, days.updates),
      failedAnswers: await inBatches(failedAnswers.deleteOld, days.updates),
      drafts: await inBatches(retention.deleteDrafts, days.reportContent),
      dialogs: await inBatches(retention.deleteDialogs, leftoverDays),
      usage: await inBatches(retention.deleteUsage, chatUsage.activityDays),
      reportContents: await inBatches(retention.emptyReports, days.reportContent, contentBatchSize),
      eventMails: await inBatches(retention.emptyEventMails, days.reportContent, contentBatchSize),
      sources: await inBatches(retention.deleteSources, days.reportContent, contentBatchSize),
      templates: await inBatches(subscriptionTemplates.deleteOrphans, leftoverDays, contentBatchSize),
      removedItems: await inBatches(removedItems.deleteOld, leftoverDays),
      alerts: await inBatches(alertRetention.deleteOld, days.reportContent),
      attentionMarks: await inBatches(alertRetention.deleteOldMarks, days.reportContent),
      lookups: await inBatches(retention.deleteLookups, days.lookups),
      notUnderstood: await inBatches(retention.deleteNotUnderstood, days.lookups),
      personDays: await inBatches(retention.deletePersonDays, personDays),
      dailyTotals: await inBatches(retention.deleteDailyTotals, days.lookups),
      // After the alerts and the contents of reports, which keep theirs.
      deliveries: await inBatches(retention.deleteDeliveries, days.deliveries),
      events: await inBatches(retention.deleteEvents, days.events),
      addresses: await inBatches(retention.deleteUnprovedAddresses, leftoverDays),
      codes: await inBatches(retention.eraseCodes, leftoverDays),
      livePositions: await inBatches(livePositions.retire, leftoverDays),
      strangerCounts: await inBatches(strangerIntake.deleteCounts, leftoverDays),
      snapshots: await inBatches(snapshots.deleteOrphans, leftoverDays),
      accessWaits: await inBatches(accessWaits.deleteOver, leftoverDays),
    }
    if (Object.values(removed).some((count) => count > 0)) logger.info(removed, 'old rows are removed')
    await bringUpToDate(db, { logger, signal })
  }
}

async function bringUpToDate(db: Db, { logger, signal }: Pick<JobContext, 'logger' | 'signal'>): Promise<void> {
  const filled = await fillTrips(db, { signal })
  if (filled > 0) logger.info({ filled }, 'trips of containers from before the upgrade are stored')
  const corrected = await resolveAll(db, { signal })
  if (corrected > 0) logger.warn({ corrected }, 'parties of containers were not as the files say, and are corrected')
}
