import { broadcasts } from '@atermtrack/data'
import { broadcastTexts as texts, commonTexts } from '@atermtrack/messages'
import { buildReport, expandBroadcast } from '@atermtrack/queue'
import { answerOutdated } from '../../routing/action.ts'
import type { BotContext } from '../../routing/context.ts'
import { edit, type View } from '../../routing/view.ts'
import { readProgress } from './read-progress.ts'
import { type BroadcastOptions, record, zoneOf } from './guarded.ts'
import { confirmRecallView, confirmStopView, progressView } from './views.ts'

type Broadcast = broadcasts.Broadcast

/** The progress of a confirmed broadcast for the admin who asks. */
export async function openView(ctx: BotContext, broadcast: Broadcast, options: BroadcastOptions): Promise<View> {
  const progress = await readProgress(ctx.tx, broadcast, ctx.now)
  return progressView(progress, { language: ctx.language, zone: zoneOf(ctx, options) })
}

/** Shows the current state of the broadcast, with a toast about the pressed button. */
export async function refresh(ctx: BotContext, id: number, options: BroadcastOptions, toast?: string): Promise<void> {
  const broadcast = await broadcasts.find(ctx.tx, id)
  if (!broadcast) return answerOutdated(ctx)
  if (toast !== undefined) ctx.toast(toast)
  // This edit is not stored as shown: an edit under way may still replace it, and the next one must correct that.
  edit(ctx, await openView(ctx, broadcast, options))
}

export async function pause(ctx: BotContext, broadcast: Broadcast, options: BroadcastOptions): Promise<void> {
  await change(ctx, broadcast, { from: ['sending'], to: 'paused' }, { ...options, what: 'paused' })
}

export async function resume(ctx: BotContext, broadcast: Broadcast, options: BroadcastOptions): Promise<void> {
  await change(ctx, broadcast, { from: ['paused'], to: 'sending' }, { ...options, what: 'resumed' })
}

async function change(
  ctx: BotContext,
  { id }: Broadcast,
  way: Parameters<typeof broadcasts.move>[2],
  { what, ...options }: BroadcastOptions & { readonly what: 'paused' | 'resumed' },
): Promise<void> {
  if (!(await broadcasts.move(ctx.tx, id, way))) return refresh(ctx, id, options, commonTexts[ctx.language].staleButton)
  await record(ctx, id, what)
  await refresh(ctx, id, options)
  // The job shows the author what another admin has done.
  ctx.tx.enqueue(expandBroadcast, { broadcastId: id })
}

/** Pauses first: no message should leave while the question is open. */
export async function askToStop(ctx: BotContext, broadcast: Broadcast, options: BroadcastOptions): Promise<void> {
  const { id, status } = broadcast
  if (status === 'sending') {
    if (await broadcasts.move(ctx.tx, id, { from: ['sending'], to: 'paused' })) await record(ctx, id, 'paused')
  } else if (status !== 'paused' && status !== 'scheduled') {
    return refresh(ctx, id, options, commonTexts[ctx.language].staleButton)
  }
  const { left } = await broadcasts.count(ctx.tx, id)
  edit(ctx, confirmStopView(broadcast, left, ctx.language))
}

export async function cancel(ctx: BotContext, { id }: Broadcast, options: BroadcastOptions): Promise<void> {
  if (!(await broadcasts.cancel(ctx.tx, id))) return refresh(ctx, id, options, commonTexts[ctx.language].staleButton)
  const { cancelled } = await broadcasts.count(ctx.tx, id)
  await record(ctx, id, 'cancelled', { cancelled })
  await refresh(ctx, id, options)
  // The job shows the outcome of the messages that were on their way.
  ctx.tx.enqueue(expandBroadcast, { broadcastId: id })
}

/** Orders the workbook of those whom the broadcast did not reach. */
export async function orderUnreached(ctx: BotContext, { id }: Broadcast): Promise<void> {
  const { person, destination, language, updateId } = ctx
  const words = texts[language]
  const ask = { personId: person.id, chatId: destination.chatId, name: words.unreachedName, broadcastId: id, updateId }
  const { id: reportId } = await broadcasts.insertUnreached(ctx.tx, ask)
  await record(ctx, id, 'unreached_ordered')
  ctx.tx.enqueue(buildReport, { reportId })
  ctx.toast(words.unreachedComes)
}

/** Sends to those once more for whom it failed. A button of an earlier round is refused. */
export async function resendFailed(
  ctx: BotContext,
  { id }: Broadcast,
  { round, ...options }: BroadcastOptions & { readonly round: number },
): Promise<void> {
  const words = texts[ctx.language]
  const messages = await broadcasts.resendFailed(ctx.tx, id, round)
  if (messages === 0) return refresh(ctx, id, options, words.resentBefore)
  await record(ctx, id, 'failed_resent', { messages })
  await refresh(ctx, id, options, words.failedResent(messages))
  ctx.tx.enqueue(expandBroadcast, { broadcastId: id })
}

export async function askToRecall(ctx: BotContext, broadcast: Broadcast, options: BroadcastOptions): Promise<void> {
  const { id } = broadcast
  const progress = await readProgress(ctx.tx, broadcast, ctx.now)
  if (!progress.mayRecall) return refresh(ctx, id, options, texts[ctx.language].recallTooLate)
  edit(ctx, confirmRecallView(id, progress.counts.sent, ctx.language))
}

export async function recall(ctx: BotContext, { id }: Broadcast, options: BroadcastOptions): Promise<void> {
  if (!(await broadcasts.beginRecall(ctx.tx, id))) return refresh(ctx, id, options, texts[ctx.language].recallTooLate)
  const { sent } = await broadcasts.count(ctx.tx, id)
  await record(ctx, id, 'recalled', { messages: sent })
  await refresh(ctx, id, options)
  ctx.tx.enqueue(expandBroadcast, { broadcastId: id })
}
