import { reports, type Subscription, subscriptions } from '@atermtrack/data'
import { inEachLanguage, subscriptionsTexts as texts } from '@atermtrack/messages'
import { buildReport, deliveryPriority } from '@atermtrack/queue'
import { answerOutdated } from '../../routing/action.ts'
import type { BotContext } from '../../routing/context.ts'
import type { Feature } from '../../routing/feature.ts'
import * as actions from './actions.ts'
import { createSubscriptionDialog } from './create-dialog.ts'
import * as steps from './steps.ts'
import { detailView, listView, pageSize, removeView, type View } from './views.ts'

export interface SubscriptionsOptions {
  /** Zone of the times of new subscriptions. */
  readonly zone: string
}

/** A person's own lists of containers, with reports at set times or on demand. */
export function createSubscriptions({ zone }: SubscriptionsOptions): Feature {
  const dialog = createSubscriptionDialog(zone)
  const show = async (ctx: BotContext) => {
    const { html, keyboard } = await loadPage(ctx, 0)
    ctx.say(html, { keyboard })
  }
  const description = inEachLanguage(texts, (words) => words.command)
  return {
    name: 'subscriptions',
    privateOnly: true,
    declares: [...Object.values(actions), ...Object.values(steps)],
    commands: [{ name: 'subscriptions', description, handle: show }],
    menu: { subscriptions: show },
    actions: [
      ...dialog.actions,
      actions.listSubscriptions.handle(async (ctx, { page }) => edit(ctx, await loadPage(ctx, page))),
      actions.viewSubscription.handle(withOwn(async (ctx, own) => edit(ctx, detailView(own, ctx.person)))),
      actions.sendReportNow.handle(withOwn(sendNow)),
      actions.askToRemoveSubscription.handle(withOwn(async (ctx, own) => edit(ctx, removeView(own, ctx.language)))),
      actions.removeSubscription.handle(withOwn(remove)),
    ],
    dialogs: dialog.dialogs,
  }
}

/** A number beyond the last page shows the last page. */
async function loadPage({ tx, person, language }: BotContext, asked: number): Promise<View> {
  const load = (page: number) => subscriptions.list(tx, person.id, { offset: page * pageSize, limit: pageSize })
  const found = await load(asked)
  const lastPage = Math.max(0, Math.ceil(found.total / pageSize) - 1)
  if (asked <= lastPage) return listView({ ...found, page: asked }, language)
  return listView({ ...(await load(lastPage)), page: lastPage }, language)
}

/** Restricts a button to the person's own subscriptions. */
function withOwn(press: (ctx: BotContext, own: Subscription) => Promise<void>) {
  return async (ctx: BotContext, { subscriptionId }: { readonly subscriptionId: number }) => {
    const own = await subscriptions.find(ctx.tx, subscriptionId, ctx.person.id)
    if (own) return press(ctx, own)
    answerOutdated(ctx)
    edit(ctx, await loadPage(ctx, 0))
  }
}

async function sendNow(ctx: BotContext, { id, name, containers }: Subscription): Promise<void> {
  const { tx, person, updateId } = ctx
  const chatId = person.telegramId
  const ask = { personId: person.id, chatId, subscriptionId: id, name, containers, updateId }
  const { id: reportId } = await reports.insertOnDemand(tx, ask)
  tx.enqueue(buildReport, { reportId }, { priority: deliveryPriority.answer })
  ctx.toast(texts[ctx.language].preparing)
}

async function remove(ctx: BotContext, { id }: Subscription): Promise<void> {
  const name = await subscriptions.remove(ctx.tx, id, ctx.person.id)
  if (name !== undefined) ctx.toast(texts[ctx.language].removed(name))
  edit(ctx, await loadPage(ctx, 0))
}

function edit(ctx: BotContext, { html, keyboard }: View): void {
  ctx.edit(html, { keyboard })
}
