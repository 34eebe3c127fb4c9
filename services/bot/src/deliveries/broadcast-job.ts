import { audit, broadcasts, deliveries, readNow } from '@atermtrack/data'
import type { AccessPolicy } from '@atermtrack/domain'
import { languageOf, type Notice, notice } from '@atermtrack/messages'
import { type Outbox, transact, type Tx } from '@atermtrack/outbox'
import { deliveryPriority, type Queues, sendTelegram } from '@atermtrack/queue'
import type { Logger } from 'pino'
import { readProgress } from '../features/broadcast/read-progress.ts'
import { progressView } from '../features/broadcast/views.ts'
import { type TelegramApi, TelegramRefusal, TelegramUnreachable } from '../telegram/telegram-api.ts'

export interface BroadcastJobOptions extends Outbox {
  readonly queues: Pick<Queues, 'wake' | 'enqueueAll'>
  readonly api: TelegramApi
  /** Decides who may be written to. */
  readonly policy: AccessPolicy
  /** Zone of authors who have chosen none. */
  readonly scheduleZone: string
  /** Interval between two runs, and so between two edits of the progress. */
  readonly everyMs?: number
}

export interface BroadcastJob extends BroadcastJobOptions {
  readonly everyMs: number
  readonly logger: Logger
}

type Broadcast = broadcasts.Broadcast

/** Notifies the author about the end of the broadcast, once. */
export async function finish(
  broadcast: Broadcast,
  counts: broadcasts.BroadcastCounts,
  job: BroadcastJob,
): Promise<Broadcast> {
  const { id, round } = broadcast
  await transact(job, async (tx) => {
    if (!(await broadcasts.move(tx, id, { from: ['sending'], to: 'done' }))) return
    const { recent: _recent, left: _left, ...details } = counts
    await audit.insert(tx, { action: 'broadcast.done', object: `broadcast:${id}`, details })
    await notifyAuthor(tx, broadcast, notice('broadcast_done', { id, counts, round }))
  })
  return (await broadcasts.find(job.db, id)) ?? broadcast
}

/** Notifies the author about the end of the recall, once. */
export async function finishRecall(
  broadcast: Broadcast,
  counts: broadcasts.RecallCounts,
  job: BroadcastJob,
): Promise<Broadcast> {
  const { id } = broadcast
  await transact(job, async (tx) => {
    if (!(await broadcasts.endRecall(tx, id))) return
    await audit.insert(tx, { action: 'broadcast.recall_done', object: `broadcast:${id}`, details: { ...counts } })
    await notifyAuthor(tx, broadcast, notice('broadcast_recalled', { id, counts }))
  })
  return (await broadcasts.find(job.db, id)) ?? broadcast
}

async function notifyAuthor(tx: Tx, { chatId, authorId: personId }: Broadcast, content: Notice): Promise<void> {
  const message = { kind: 'answer', audience: 'admin', chatId, personId, notice: content } as const
  const { id } = await deliveries.insertMessage(tx, message)
  tx.enqueue(sendTelegram, { deliveryId: id }, { priority: deliveryPriority.answer })
}

/** Edits the message with the buttons. Its failure does not stop the broadcast. */
export async function showProgress(
  broadcast: Broadcast,
  { db, api, scheduleZone, logger }: BroadcastJob,
): Promise<void> {
  const { id, chatId, progressMessageId } = broadcast
  if (progressMessageId === undefined) return
  const progress = await readProgress(db, broadcast, await readNow(db))
  const reader = { language: languageOf(broadcast.language), zone: broadcast.zone ?? scheduleZone }
  const { html, keyboard } = progressView(progress, reader)
  if (html === broadcast.progressText) return
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
