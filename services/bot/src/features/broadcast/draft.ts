import { broadcasts } from '@atermtrack/data'
import { readMoment, formatWall, toWall } from '@atermtrack/domain'
import { broadcastTexts as texts, formatExact, zoneName } from '@atermtrack/messages'
import { expandBroadcast } from '@atermtrack/queue'
import type { BotContext } from '../../routing/context.ts'
import { edit, say, textOf, type View } from '../../routing/view.ts'
import { openView } from './control.ts'
import { draftView, readPanel } from './draft-view.ts'
import { type BroadcastOptions, record, zoneOf } from './guarded.ts'
import { albumStep, textStep, timeStep } from './steps.ts'
import { toComposed } from './to-content.ts'
import { timeButtons } from './views.ts'

type Broadcast = broadcasts.Broadcast

/** The message that an admin has composed becomes a draft, which replaces the one that they wanted to change. */
export async function createDraft(
  ctx: BotContext,
  { replacesId }: { readonly replacesId?: number | undefined },
  options: BroadcastOptions,
): Promise<void> {
  const { message, language, tx } = ctx
  const composed = message && toComposed(message)
  if (!message || !composed) return ctx.say(texts[language].badMessage)
  await ctx.leaveDialog()
  const { content, text, mediaGroupId } = composed
  const draft = { authorId: ctx.person.id, chatId: message.chat.id, text, content, mediaGroupId, replacesId }
  const { id } = await broadcasts.insertDraft(tx, { ...draft, updateId: ctx.updateId })
  await record(ctx, id, 'composed', { method: content.method })
  if (mediaGroupId !== undefined) return awaitAlbum(ctx, { broadcastId: id, mediaGroupId })
  // The very call that recipients get.
  ctx.answer(content.method, { chat_id: message.chat.id, ...content.payload })
  const stored = await broadcasts.find(tx, id)
  if (stored) say(ctx, await panelOf(ctx, stored, options))
}

/** The job shows the preview when no further part comes. */
async function awaitAlbum(
  ctx: BotContext,
  album: { readonly broadcastId: number; readonly mediaGroupId: string },
): Promise<void> {
  await ctx.saveDialog(albumStep, album)
  ctx.tx.enqueue(expandBroadcast, { broadcastId: album.broadcastId })
}

export async function addPart(
  ctx: BotContext,
  { broadcastId, mediaGroupId }: { readonly broadcastId: number; readonly mediaGroupId: string },
): Promise<void> {
  const words = texts[ctx.language]
  const composed = ctx.message && toComposed(ctx.message)
  if (composed?.mediaGroupId !== mediaGroupId) {
    await ctx.leaveDialog()
    return ctx.say(words.notOfAlbum)
  }
  const isAdded = await broadcasts.addToAlbum(ctx.tx, { id: broadcastId, mediaGroupId }, composed)
  if (!isAdded) return ctx.say(words.albumIsFull)
  ctx.tx.enqueue(expandBroadcast, { broadcastId })
}

/** The panel of a draft for the admin who asks. */
export async function panelOf(ctx: BotContext, draft: Broadcast, options: BroadcastOptions): Promise<View> {
  const { language } = ctx
  const panel = await readPanel(ctx.tx, draft, { policy: options.policy, language })
  return draftView(panel, { language, zone: zoneOf(ctx, options) })
}

/** Changes a draft and shows its panel; of a broadcast that is confirmed, its state. */
export async function changeDraft(
  ctx: BotContext,
  { id }: Broadcast,
  change: Parameters<typeof broadcasts.changeDraft>[2],
  options: BroadcastOptions,
): Promise<void> {
  const isChanged = await broadcasts.changeDraft(ctx.tx, id, change)
  if (!isChanged) ctx.toast(texts[ctx.language].alreadyConfirmed)
  else await record(ctx, id, 'changed', describeChange(change))
  await showAgain(ctx, id, options)
}

function describeChange({ audience, sendAt, isSilent }: Parameters<typeof broadcasts.changeDraft>[2]) {
  return {
    ...(audience && { audience: JSON.stringify(audience) }),
    ...(sendAt !== undefined && { sendAt: sendAt?.toISOString() ?? 'at once' }),
    ...(isSilent !== undefined && { isSilent }),
  }
}

/** Shows the panel of a draft, or the state of a broadcast that is none any more, in place of the pressed message. */
async function showAgain(ctx: BotContext, id: number, options: BroadcastOptions): Promise<void> {
  const stored = await broadcasts.find(ctx.tx, id)
  if (!stored) return
  edit(ctx, stored.status === 'draft' ? await panelOf(ctx, stored, options) : await openView(ctx, stored, options))
}

export async function askTime(ctx: BotContext, { id, status }: Broadcast, options: BroadcastOptions): Promise<void> {
  const { language, now } = ctx
  const words = texts[language]
  if (status !== 'draft') return ctx.toast(words.alreadyConfirmed)
  const zone = zoneOf(ctx, options)
  await ctx.saveDialog(timeStep, { broadcastId: id })
  const html = words.askTime(zoneName(zone, language), formatWall(toWall(now, zone)))
  say(ctx, { html, keyboard: timeButtons(id, language) })
}

export async function acceptTime(
  ctx: BotContext,
  { broadcastId }: { readonly broadcastId: number },
  options: BroadcastOptions,
): Promise<void> {
  const { language, now } = ctx
  const words = texts[language]
  const draft = await broadcasts.find(ctx.tx, broadcastId)
  if (draft?.status !== 'draft') {
    await ctx.leaveDialog()
    return ctx.say(words.alreadyConfirmed)
  }
  const zone = zoneOf(ctx, options)
  const read = readMoment(textOf(ctx), { zone, now })
  if (read.kind === 'unreadable') return ctx.say(words.badTime)
  if (read.kind === 'too_far') return ctx.say(words.farTime)
  if (read.kind === 'past')
    return ctx.say(words.pastTime(formatExact(read.at, { language, zone }), formatWall(toWall(now, zone))))
  await ctx.leaveDialog()
  await changeDraft(ctx, draft, { sendAt: read.at }, options)
}

/** Confirms the revision and the number that the admin has seen; anything else is shown again. */
export async function confirm(
  ctx: BotContext,
  broadcast: Broadcast,
  { recipients, revision }: { readonly recipients: number; readonly revision: number | undefined },
  options: BroadcastOptions,
): Promise<void> {
  const { tx, language, callbackQuery } = ctx
  const { id, sendAt } = broadcast
  const words = texts[language]
  if (broadcast.status !== 'draft') {
    ctx.toast(words.alreadyConfirmed)
    return showAgain(ctx, id, options)
  }
  if (sendAt && sendAt <= ctx.now) {
    ctx.toast(words.timeIsOver)
    return showAgain(ctx, id, options)
  }
  const count = await broadcasts.countAudience(tx, broadcast.audience, options.policy)
  if (count === 0 || count !== recipients || revision !== broadcast.revision) {
    ctx.toast(words.draftChanged(count))
    return showAgain(ctx, id, options)
  }
  // Another press at the same moment waits here, and then finds that it is no draft any more.
  if (!(await broadcasts.confirm(tx, id, { revision }))) {
    ctx.toast(words.alreadyConfirmed)
    return showAgain(ctx, id, options)
  }
  const progressMessageId = callbackQuery?.message?.message_id
  if (progressMessageId !== undefined) await broadcasts.setProgress(tx, id, { progressMessageId })
  await record(ctx, id, 'confirmed', { recipients: count, ...(sendAt && { sendAt: sendAt.toISOString() }) })
  await showAgain(ctx, id, options)
  tx.enqueue(expandBroadcast, { broadcastId: id })
}

export async function rewrite(ctx: BotContext, { id, status }: Broadcast): Promise<void> {
  const words = texts[ctx.language]
  if (status !== 'draft') return ctx.toast(words.alreadyConfirmed)
  await ctx.saveDialog(textStep, { replacesId: id })
  ctx.say(words.compose)
}

export async function drop(ctx: BotContext, { id }: Broadcast, options: BroadcastOptions): Promise<void> {
  const words = texts[ctx.language]
  const isDropped = await broadcasts.move(ctx.tx, id, { from: ['draft'], to: 'cancelled' })
  if (!isDropped) {
    ctx.toast(words.alreadyConfirmed)
    return showAgain(ctx, id, options)
  }
  await record(ctx, id, 'dropped')
  ctx.edit(words.dropped)
}
