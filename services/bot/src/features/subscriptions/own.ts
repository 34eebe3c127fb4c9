import {
  people,
  type Subscription,
  type SubscriptionSettings,
  subscriptions,
  subscriptionTargets,
  subscriptionTemplates,
} from '@atermtrack/data'
import { nextDueAt, type Slot } from '@atermtrack/domain'
import { subscriptionsTexts as texts } from '@atermtrack/messages'
import { answerOutdated } from '../../routing/action.ts'
import type { BotContext } from '../../routing/context.ts'
import { type View } from '../../routing/view.ts'
import { changesIn, isOfOther, recordForOwner } from './for-owner.ts'
import { cardView } from './views.ts'

/** Restricts a button to the person's own subscriptions, also for admins. */
export function withOwn<P extends { readonly subscriptionId: number }>(
  press: (ctx: BotContext, own: Subscription, pressed: P) => Promise<void>,
) {
  return async (ctx: BotContext, pressed: P) => {
    const own = await subscriptions.find(ctx.tx, pressed.subscriptionId, ctx.person.id)
    return own ? press(ctx, own, pressed) : answerOutdated(ctx)
  }
}

/** Changes a subscription and returns it as it is now; a change of its times decides when it is due next. */
export async function change(
  ctx: BotContext,
  own: Subscription,
  settings: Partial<SubscriptionSettings>,
): Promise<Subscription> {
  const { tx, now, language } = ctx
  const changed = { ...own, ...settings }
  const isTimed = 'slots' in settings || 'weekdays' in settings || 'zone' in settings || 'pausedAt' in settings
  const due = isTimed ? nextDueAt({ ...changed, slots: changed.slots as readonly Slot[], now }) : undefined
  await subscriptions.change(tx, own.id, own.personId, { ...settings, ...(due && { nextDueAt: due }) })
  await recordForOwner(ctx, changed, changesIn(settings))
  ctx.toast(texts[language].changed)
  return { ...changed, ...(due && { nextDueAt: due }) }
}

/** The card of a subscription with its readers. */
export async function loadCard(ctx: BotContext, own: Subscription): Promise<View> {
  const targets = await subscriptionTargets.list(ctx.tx, own.id)
  const template = await subscriptionTemplates.find(ctx.tx, own.id)
  const owner = isOfOther(ctx, own) ? await people.get(ctx.tx, own.personId) : undefined
  return cardView(own, { reader: ctx.person, owner, targets, template: template?.fileName, now: ctx.now })
}
