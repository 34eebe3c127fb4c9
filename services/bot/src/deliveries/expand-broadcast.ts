import { broadcasts } from '@atermtrack/data'
import { deliveryPriority, type Handler, JobDelayed, sendTelegram, toJob } from '@atermtrack/queue'
import { type BroadcastJob, type BroadcastJobOptions, finish, finishRecall, showProgress } from './broadcast-job.ts'
import { previewAlbum } from './preview-album.ts'

/** With more jobs in the queue the pause and the cancel button would take effect late. */
const mostEnqueued = 1_000
/** A broadcast that waits for its time is looked at so often, since its job may have been made for another time. */
const longestWaitMs = 60_000

/**
 * Handles `expand-broadcast`: previews an album, waits for the time of a broadcast, writes one delivery per recipient, keeps some of them in the
 * queue, shows the progress, and runs again until all have ended; the same for a recall. Its whole state is in the database, so it may
 * stop at any point and start again.
 */
export function createExpandBroadcast(options: BroadcastJobOptions): Handler<{ readonly broadcastId: number }> {
  const { db, everyMs = 5_000 } = options
  return async ({ broadcastId }, { logger, signal }) => {
    const job = { ...options, everyMs, logger }
    await expand(broadcastId, job, signal)
    const broadcast = await broadcasts.find(db, broadcastId)
    if (broadcast?.status === 'draft') return previewAlbum(broadcast, job)
    if (broadcast?.status === 'sending' || broadcast?.status === 'cancelled') await work(broadcast, job)
    else if (broadcast?.status === 'paused') await showProgress(broadcast, job)
    if (broadcast?.recalledAt && !broadcast.recallEndedAt) return recall(broadcast, job)
    logger.info({ broadcastId, status: broadcast?.status }, 'nothing more to do for this broadcast')
  }
}

async function expand(id: number, { db, policy }: BroadcastJob, signal: AbortSignal): Promise<void> {
  for (;;) {
    signal.throwIfAborted()
    const step = await db.transaction().execute((tx) => broadcasts.expandStep(tx, id, policy))
    if (step.kind === 'waits') throw new JobDelayed(Math.min(step.restMs, longestWaitMs))
    if (step.kind !== 'more') return
  }
}

/** Keeps deliveries in the queue until all have ended. */
async function work(broadcast: broadcasts.Broadcast, job: BroadcastJob): Promise<void> {
  const { db, everyMs, logger } = job
  if (broadcast.status === 'sending') {
    await enqueue(await broadcasts.claimNext(db, broadcast.id, mostEnqueued), job)
  }
  const counts = await broadcasts.count(db, broadcast.id)
  if (counts.left > 0) {
    await showProgress(broadcast, job)
    throw new JobDelayed(everyMs)
  }
  const ended = broadcast.status === 'sending' ? await finish(broadcast, counts, job) : broadcast
  await showProgress(ended, job)
  logger.info({ broadcastId: broadcast.id, counts }, 'broadcast is over')
}

/** Keeps messages that are to be deleted in the queue of the deliveries: behind everything else, under the same limit. */
async function recall(broadcast: broadcasts.Broadcast, job: BroadcastJob): Promise<void> {
  const { db, everyMs, logger } = job
  await enqueue(await broadcasts.claimRecalls(db, broadcast.id, mostEnqueued), job)
  const counts = await broadcasts.countRecalls(db, broadcast.id)
  if (counts.due > 0) {
    await showProgress(broadcast, job)
    throw new JobDelayed(everyMs)
  }
  await showProgress(await finishRecall(broadcast, counts, job), job)
  logger.info({ broadcastId: broadcast.id, counts }, 'recall is over')
}

async function enqueue(ids: readonly number[], { queues }: BroadcastJob): Promise<void> {
  const options = { priority: deliveryPriority.broadcast }
  await queues.enqueueAll(ids.map((deliveryId) => toJob(sendTelegram, { deliveryId }, options)))
}
