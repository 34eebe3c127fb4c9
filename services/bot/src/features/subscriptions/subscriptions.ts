import { reports, type Subscription, subscriptions } from '@atermtrack/data'
import { commonTexts, inEachLanguage, subscriptionsTexts as texts } from '@atermtrack/messages'
import { deliveryPriority } from '@atermtrack/queue'
import { parseId } from '../../routing/callback-data.ts'
import type { BotContext } from '../../routing/context.ts'
import type { Feature } from '../../routing/feature.ts'
import type { Producers } from '../../producers.ts'
import { createSubscriptionDialog } from './create-dialog.ts'
import { detailView, listView, pageSize, removeView, type View } from './views.ts'

export interface SubscriptionsOptions {
  /** Zone of the times of new subscriptions. */
  readonly zone: string
  readonly producers: Pick<Producers, 'buildReport'>
}

/** A person's own lists of containers, reported on at set times or right now. */
export function createSubscriptions({ zone, producers }: SubscriptionsOptions): Feature {
  const dialog = createSubscriptionDialog(zone)
  const show = async (ctx: BotContext) => {
    const { html, keyboard } = await loadPage(ctx, 0)
    ctx.say(html, { keyboard })
  }
  const description = inEachLanguage(texts, (words) => words.command)
  return {
    privateOnly: true,
    commands: [{ name: 'subscriptions', description, handle: show }],
    menu: { subscriptions: show },
    callbacks: {
      ...dialog.callbacks,
      'sub-list': async (ctx, [page]) => edit(ctx, await loadPage(ctx, page === '0' ? 0 : (parseId(page) ?? 0))),
      'sub-view': (ctx, [id]) => withOwn(ctx, id, async (own) => edit(ctx, detailView(own, ctx.person))),
      'sub-send': (ctx, [id]) => withOwn(ctx, id, (own) => sendNow(ctx, own, producers)),
      'sub-remove': (ctx, [id]) => withOwn(ctx, id, async (own) => edit(ctx, removeView(own, ctx.language))),
      'sub-remove-yes': (ctx, [id]) => withOwn(ctx, id, (own) => remove(ctx, own)),
    },
    dialogs: dialog.dialogs ?? {},
  }
}

/** A page beyond the last is the last. */
async function loadPage({ tx, person, language }: BotContext, asked: number): Promise<View> {
  const load = (page: number) => subscriptions.list(tx, person.id, { offset: page * pageSize, limit: pageSize })
  const found = await load(asked)
  const lastPage = Math.max(0, Math.ceil(found.total / pageSize) - 1)
  if (asked <= lastPage) return listView({ ...found, page: asked }, language)
  return listView({ ...(await load(lastPage)), page: lastPage }, language)
}

async function withOwn(
  ctx: BotContext,
  text: string | undefined,
  work: (subscription: Subscription) => Promise<void>,
): Promise<void> {
  const id = parseId(text)
  const subscription = id === undefined ? undefined : await subscriptions.find(ctx.tx, id, ctx.person.id)
  if (subscription) return work(subscription)
  ctx.toast(commonTexts[ctx.language].staleButton)
  edit(ctx, await loadPage(ctx, 0))
}

async function sendNow(
  ctx: BotContext,
  { id, name, containers }: Subscription,
  producers: SubscriptionsOptions['producers'],
): Promise<void> {
  const { tx, person, updateId } = ctx
  const chatId = person.telegramId
  const ask = { personId: person.id, chatId, subscriptionId: id, name, containers, updateId }
  const { id: reportId } = await reports.insertOnDemand(tx, ask)
  ctx.afterCommit(() => producers.buildReport.ring({ reportId }, { priority: deliveryPriority.answer }))
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
