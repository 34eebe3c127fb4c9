import { finishedItems, type RemovedItems, removedItems, type Subscription, subscriptionItems } from '@atermtrack/data'
import { subscriptionsTexts as texts } from '@atermtrack/messages'
import type { InlineKeyboardButton } from 'telegraf/types'
import { type ActionHandler, answerOutdated } from '../../../routing/action.ts'
import type { BotContext } from '../../../routing/context.ts'
import { edit, type View } from '../../../routing/view.ts'
import * as actions from '../actions.ts'
import { findEditable, recordForOwner, withEditable } from '../for-owner.ts'
import { loadCard } from '../own.ts'
import { itemsPerPage, itemsView } from './setting-views.ts'

/** The buttons of the list of a subscription. */
export function createItemActions(): readonly ActionHandler[] {
  return [
    actions.openItems.handle(withEditable(async (ctx, own, { page }) => edit(ctx, await loadItems(ctx, own, page)))),
    actions.removeItem.handle(
      withEditable(async (ctx, own, { container, page }) => {
        const removed = await removedItems.remove(ctx.tx, own.id, [container])
        if (removed.count > 0) await recordForOwner(ctx, own, ['items'])
        const { itemsCut, buttons } = texts[ctx.language]
        ctx.toast(itemsCut(removed.count))
        const { html, keyboard } = await loadItems(ctx, { ...own, size: own.size - removed.listed }, page)
        const undo = restoreRow(own.id, removed, buttons.restoreOne(container))
        edit(ctx, { html, keyboard: { inline_keyboard: [...undo, ...keyboard.inline_keyboard] } })
      }),
    ),
    actions.restoreItems.handle(
      withEditable(async (ctx, own, { removedAt }) => {
        const count = await removedItems.putBack(ctx.tx, own.id, removedAt)
        if (count === 0) return answerOutdated(ctx)
        ctx.toast(texts[ctx.language].putBack(count))
        await recordForOwner(ctx, own, ['items'])
        const changed = await findEditable(ctx, own.id)
        if (changed) edit(ctx, await loadItems(ctx, changed, 0))
      }),
    ),
    actions.putItemsBack.handle(
      withEditable(async (ctx, own, { since }) => {
        const count = await finishedItems.putBack(ctx.tx, own.id, since)
        if (count === 0) return answerOutdated(ctx)
        ctx.toast(texts[ctx.language].putBack(count))
        await recordForOwner(ctx, own, ['items'])
        const changed = await findEditable(ctx, own.id)
        if (changed) edit(ctx, await loadCard(ctx, changed))
      }),
    ),
  ]
}

/** The button that takes a removal back; none where nothing was removed. */
export function restoreRow(
  subscriptionId: number,
  { at }: Pick<RemovedItems, 'at'>,
  text: string,
): InlineKeyboardButton[][] {
  return at === undefined ? [] : [[actions.restoreItems.button(text, { subscriptionId, removedAt: at })]]
}

/** A page of the list; a number beyond the last page shows the last page. */
export async function loadItems({ tx, language }: BotContext, own: Subscription, asked: number): Promise<View> {
  const read = (page: number) =>
    subscriptionItems.list(tx, own.id, { offset: page * itemsPerPage, limit: itemsPerPage })
  const found = await read(asked)
  if (found.rows.length > 0 || asked === 0) return itemsView(own, { ...found, page: asked }, language)
  const { total } = await read(0)
  const last = Math.max(0, Math.ceil(total / itemsPerPage) - 1)
  return itemsView(own, { ...(await read(last)), page: last }, language)
}
