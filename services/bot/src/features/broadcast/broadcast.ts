import { audit, broadcasts } from '@atermtrack/data'
import type { AccessPolicy } from '@atermtrack/domain'
import { broadcastTexts as texts, commonTexts, inEachLanguage } from '@atermtrack/messages'
import { expandBroadcast } from '@atermtrack/queue'
import { answerOutdated } from '../../routing/action.ts'
import type { BotContext } from '../../routing/context.ts'
import type { Feature } from '../../routing/feature.ts'
import { edit, say } from '../../routing/view.ts'
import * as actions from './actions.ts'
import { entitiesToHtml } from './entities-to-html.ts'
import { textStep } from './steps.ts'
import { confirmStopView, previewView, progressView } from './views.ts'

export interface BroadcastOptions {
  /** A broadcast goes to everybody who may use the bot. */
  readonly policy: AccessPolicy
}

/** Admins write to everybody: they compose a text, see a preview, confirm the number, and watch, pause or cancel. */
export function createBroadcast(options: BroadcastOptions): Feature {
  return {
    name: 'broadcast',
    right: 'broadcast',
    declares: [...Object.values(actions), textStep],
    commands: [
      {
        name: 'broadcast',
        description: inEachLanguage(texts, (words) => words.command),
        handle: compose,
      },
    ],
    dialogs: [textStep.handle((ctx) => createDraft(ctx, options))],
    actions: [
      actions.sendBroadcast.handle(
        guarded((ctx, broadcast, { recipients: shown }) => confirm(ctx, broadcast, { ...options, shown })),
      ),
      actions.rewriteDraft.handle(guarded(rewrite)),
      actions.dropDraft.handle(guarded(drop)),
      actions.pauseBroadcast.handle(
        guarded((ctx, broadcast) => change(ctx, broadcast, { from: ['sending'], to: 'paused' })),
      ),
      actions.resumeBroadcast.handle(guarded(resume)),
      actions.askToStop.handle(guarded(askToStop)),
      actions.cancelBroadcast.handle(guarded(cancel)),
    ],
  }
}

/** A button works in the chat where the broadcast was composed. */
function guarded<P>(press: (ctx: BotContext, broadcast: broadcasts.Broadcast, pressed: P) => Promise<void>) {
  return async (ctx: BotContext, pressed: P & { readonly broadcastId: number }) => {
    const broadcast = await broadcasts.find(ctx.tx, pressed.broadcastId)
    if (!broadcast || broadcast.chatId !== ctx.chat?.id) return answerOutdated(ctx)
    await press(ctx, broadcast, pressed)
  }
}

async function compose(ctx: BotContext): Promise<void> {
  await ctx.saveDialog(textStep, {})
  ctx.say(texts[ctx.language].compose)
}

async function createDraft(ctx: BotContext, { policy }: BroadcastOptions): Promise<void> {
  const { message, language } = ctx
  if (!message || !('text' in message)) return ctx.say(texts[language].onlyText)
  await ctx.leaveDialog()
  const html = entitiesToHtml(message.text, message.entities)
  const draft = { authorId: ctx.person.id, chatId: message.chat.id, text: html, updateId: ctx.updateId }
  const { id } = await broadcasts.insertDraft(ctx.tx, draft)
  ctx.say(html)
  say(ctx, previewView(id, await broadcasts.countAudience(ctx.tx, policy), language))
}

async function confirm(
  ctx: BotContext,
  broadcast: broadcasts.Broadcast,
  { policy, shown }: BroadcastOptions & { readonly shown: number },
): Promise<void> {
  const { tx, language, callbackQuery } = ctx
  const { id } = broadcast
  const words = texts[language]
  if (broadcast.status !== 'draft') return refresh(ctx, id, words.alreadyConfirmed)
  const count = await broadcasts.countAudience(tx, policy)
  if (count !== shown) {
    ctx.toast(words.audienceChanged(count))
    return edit(ctx, previewView(id, count, language))
  }
  // Another admin who presses at the same moment waits here, and then finds that it is no draft any more.
  if (!(await broadcasts.move(tx, id, { from: ['draft'], to: 'expanding' })))
    return refresh(ctx, id, words.alreadyConfirmed)
  const progressMessageId = callbackQuery?.message?.message_id
  if (progressMessageId !== undefined) await broadcasts.setProgress(tx, id, { progressMessageId })
  await record(ctx, id, 'confirmed', { recipients: count })
  await refresh(ctx, id)
  ctx.tx.enqueue(expandBroadcast, { broadcastId: id })
}

async function rewrite(ctx: BotContext, { id, status }: broadcasts.Broadcast): Promise<void> {
  if (status !== 'draft') return refresh(ctx, id, texts[ctx.language].alreadyConfirmed)
  await compose(ctx)
}

async function drop(ctx: BotContext, { id }: broadcasts.Broadcast): Promise<void> {
  const { tx, language } = ctx
  const isDropped = await broadcasts.move(tx, id, { from: ['draft'], to: 'cancelled' })
  if (!isDropped) return refresh(ctx, id, texts[language].alreadyConfirmed)
  ctx.edit(texts[language].dropped)
}

type Change = Parameters<typeof broadcasts.move>[2] & { readonly to: 'paused' | 'sending' }

async function change(ctx: BotContext, { id }: broadcasts.Broadcast, way: Change): Promise<void> {
  if (!(await broadcasts.move(ctx.tx, id, way))) return refresh(ctx, id, commonTexts[ctx.language].staleButton)
  await record(ctx, id, way.to)
  await refresh(ctx, id)
}

async function resume(ctx: BotContext, broadcast: broadcasts.Broadcast): Promise<void> {
  await change(ctx, broadcast, { from: ['paused'], to: 'sending' })
  ctx.tx.enqueue(expandBroadcast, { broadcastId: broadcast.id })
}

/** Pauses first: no message should leave while the question is open. */
async function askToStop(ctx: BotContext, broadcast: broadcasts.Broadcast): Promise<void> {
  const { id, status } = broadcast
  if (status === 'sending') await broadcasts.move(ctx.tx, id, { from: ['sending'], to: 'paused' })
  else if (status !== 'paused') return refresh(ctx, id, commonTexts[ctx.language].staleButton)
  const { left } = await broadcasts.count(ctx.tx, id)
  edit(ctx, confirmStopView(broadcast, left))
}

async function cancel(ctx: BotContext, { id }: broadcasts.Broadcast): Promise<void> {
  if (!(await broadcasts.cancel(ctx.tx, id))) return refresh(ctx, id, commonTexts[ctx.language].staleButton)
  const { cancelled } = await broadcasts.count(ctx.tx, id)
  await record(ctx, id, 'cancelled', { cancelled })
  await refresh(ctx, id)
  // The job shows the outcome of the messages that were on their way.
  ctx.tx.enqueue(expandBroadcast, { broadcastId: id })
}

/** Shows the current state of the broadcast, with a toast about the pressed button. */
async function refresh(ctx: BotContext, id: number, toast?: string): Promise<void> {
  const broadcast = await broadcasts.find(ctx.tx, id)
  if (!broadcast) return answerOutdated(ctx)
  if (toast !== undefined) ctx.toast(toast)
  const view = progressView(broadcast, await broadcasts.count(ctx.tx, id))
  // This edit is not stored as shown: an edit under way may still replace it, and the next one must correct that.
  edit(ctx, view)
}

async function record(
  ctx: BotContext,
  id: number,
  what: 'confirmed' | 'paused' | 'sending' | 'cancelled',
  details: Readonly<Record<string, number>> = {},
): Promise<void> {
  await audit.insert(ctx.tx, {
    ...ctx.actor,
    action: `broadcast.${what}`,
    object: `broadcast:${id}`,
    details,
  })
}
