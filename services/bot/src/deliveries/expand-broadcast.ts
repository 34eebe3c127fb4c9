import { broadcasts, deliveries } from '@atermtrack/data'
import type { AccessPolicy } from '@atermtrack/domain'
import { notice } from '@atermtrack/messages'
import { type Outbox, transact } from '@atermtrack/outbox'
import { deliveryPriority, type Handler, JobDelayed, type Queues, sendTelegram, toJob } from '@atermtrack/queue'
import type { Logger } from 'pino'
import { progressView } from '../features/broadcast/views.ts'
import { type TelegramApi, TelegramRefusal, TelegramUnreachable } from '../telegram/telegram-api.ts'

export interface ExpandBroadcastOptions extends Outbox {
  readonly queues: Pick<Queues, 'wake' | 'enqueueAll'>
  readonly api: TelegramApi
  /** The broadcast goes to everybody who may use the bot. */
  readonly policy: AccessPolicy
  /** Interval between two runs, and so between two edits of the progress. */
  readonly everyMs?: number
}

/** With more jobs in the queue the pause and the cancel button would take effect late. */
const mostEnqueued = 1_000

/**
 * Handles `expand-broadcast`: writes one delivery per recipient, keeps some of them in the queue, shows the progress, and runs
 * again until all have ended. Its whole state is in the database, so it may stop at any point and start again.
 */
export function createExpandBroadcast(options: ExpandBroadcastOptions): Handler<{ readonly broadcastId: number }> {
  const { db, policy, everyMs = 5_000 } = options
  return async ({ broadcastId }, { logger }) => {
    await db.transaction().execute((tx) => broadcasts.expand(tx, broadcastId, policy))
    const broadcast = await broadcasts.find(db, broadcastId)
    if (!broadcast || (broadcast.status !== 'sending' && broadcast.status !== 'cancelled')) {
      logger.info({ broadcastId, status: broadcast?.status }, 'nothing to do for this broadcast')
      return
    }
    if (broadcast.status === 'sending') await enqueueNext(broadcastId, options)
    const counts = await broadcasts.count(db, broadcastId)
    if (counts.left > 0) {
      await showProgress(broadcast, counts, { ...options, logger })
      throw new JobDelayed(everyMs)
    }
    const ended = broadcast.status === 'sending' ? await finish(broadcast, counts, options) : broadcast
    await showProgress(ended, counts, { ...options, logger })
    logger.info({ broadcastId, counts }, 'broadcast is over')
  }
}

async function enqueueNext(id: number, { db, queues }: ExpandBroadcastOptions): Promise<void> {
  const ids = await broadcasts.claimNext(db, id, mostEnqueued)
  const options = { priority: deliveryPriority.broadcast }
  await queues.enqueueAll(ids.map((deliveryId) => toJob(sendTelegram, { deliveryId }, options)))
}

/** Notifies the author about the end of the broadcast, once. */
async function finish(
  broadcast: broadcasts.Broadcast,
  counts: broadcasts.BroadcastCounts,
  options: ExpandBroadcastOptions,
): Promise<broadcasts.Broadcast> {
  const done = { ...broadcast, status: 'done' } as const
  const message = {
    kind: 'answer',
    audience: 'admin',
    chatId: broadcast.chatId,
    personId: broadcast.authorId,
    notice: notice('broadcast_done', { id: broadcast.id, counts }),
  } as const
  await transact(options, async (tx) => {
    const isFirst = await broadcasts.move(tx, broadcast.id, { from: ['sending'], to: 'done' })
    if (!isFirst) return
    const { id } = await deliveries.insertMessage(tx, message)
    tx.enqueue(sendTelegram, { deliveryId: id }, { priority: deliveryPriority.answer })
  })
  return done
}

/** Edits the message with the buttons. Its failure does not stop the broadcast. */
async function showProgress(
  broadcast: broadcasts.Broadcast,
  counts: broadcasts.BroadcastCounts,
  { db, api, logger }: Pick<ExpandBroadcastOptions, 'db' | 'api'> & { readonly logger: Logger },
): Promise<void> {
  const { id, chatId, progressMessageId } = broadcast
  const { html, keyboard } = progressView(broadcast, counts)
  if (progressMessageId === undefined || html === broadcast.progressText) return
  const message = { chat_id: chatId, message_id: progressMessageId, parse_mode: 'HTML' }
  try {
    await api.call('editMessageText', { ...message, text: html, reply_markup: keyboard })
  } catch (error) {
    if (!(error instanceof TelegramRefusal) && !(error instanceof TelegramUnreachable)) throw error
    logger.debug({ err: error }, 'the progress could not be shown')
    return
  }
  await broadcasts.setProgress(db, id, { progressText: html })
}
