import { type Db, deliveries, sweep } from '@atermtrack/data'
import { deliveryPriority, type Entry, type Handler, type Producer } from '@atermtrack/queue'

export interface SweepDependencies {
  readonly db: Db
  readonly imports: Producer<{ readonly workbookId: number }>
  readonly undos: Producer<{ readonly workbookId: number }>
  readonly documents: Producer<{ readonly documentId: number }>
  readonly builds: Producer<{ readonly reportId: number }>
  readonly broadcasts: Producer<{ readonly broadcastId: number }>
  readonly telegram: Producer<{ readonly deliveryId: number }>
  /** Undefined where no mail server is configured. */
  readonly email: Producer<{ readonly deliveryId: number }> | undefined
}

const patience = { seconds: 60, limit: 500 } as const
/** No call to Telegram or to the mail server lasts that long. */
const staleSendingSeconds = 120

/**
 * Brings back what waits in the database and has no job: rows whose bell was lost with Redis or never rung. Where a job is
 * still there, adding its twin does nothing.
 */
export function createSweepPending(dependencies: SweepDependencies): Handler<object> {
  const { db, imports, undos, documents, builds, broadcasts } = dependencies
  return async (_payload, { logger }) => {
    const counts = {
      workbooks: await inBatches(
        async () => sweep.takeWorkbooks(db, patience),
        async (ids) => imports.enqueueAll(ids.map((workbookId) => ({ payload: { workbookId } }))),
      ),
      undos: await inBatches(
        async () => sweep.takeUndoRequests(db, patience),
        async (ids) => undos.enqueueAll(ids.map((workbookId) => ({ payload: { workbookId } }))),
      ),
      documents: await inBatches(
        async () => sweep.takeDocuments(db, patience),
        async (ids) => documents.enqueueAll(ids.map((documentId) => ({ payload: { documentId } }))),
      ),
      reports: await inBatches(
        async () => sweep.takeReports(db, patience),
        async (ids) => builds.enqueueAll(ids.map((reportId) => ({ payload: { reportId } }))),
      ),
      broadcasts: await inBatches(
        async () => sweep.takeBroadcasts(db, patience),
        async (ids) => broadcasts.enqueueAll(ids.map((broadcastId) => ({ payload: { broadcastId } }))),
      ),
      deliveries: await inBatches(
        async () => deliveries.takeForgotten(db, patience),
        async (rows) => enqueueDeliveries(dependencies, rows),
      ),
    }
    if (Object.values(counts).some((count) => count > 0)) logger.info(counts, 'forgotten rows are enqueued again')
    const unknown = await deliveries.markStaleSendingUnknown(db, { seconds: staleSendingSeconds })
    for (const deliveryId of unknown) logger.warn({ deliveryId }, 'delivery was cut in the middle, its fate is unknown')
  }
}

/** Takes and enqueues until a batch is not full; returns how many rows there were. */
async function inBatches<Row>(
  take: () => Promise<readonly Row[]>,
  enqueue: (rows: readonly Row[]) => Promise<void>,
): Promise<number> {
  let total = 0
  for (;;) {
    const rows = await take()
    if (rows.length > 0) await enqueue(rows)
    total += rows.length
    if (rows.length < patience.limit) return total
  }
}

async function enqueueDeliveries(
  { telegram, email }: SweepDependencies,
  rows: readonly deliveries.QueuedDelivery[],
): Promise<void> {
  const entries = (channel: 'telegram' | 'email'): Entry<{ readonly deliveryId: number }>[] =>
    rows
      .filter((row) => row.channel === channel)
      .map(({ id, kind }) => ({ payload: { deliveryId: id }, priority: deliveryPriority[kind] }))
  await telegram.enqueueAll(entries('telegram'))
  await email?.enqueueAll(entries('email'))
}
