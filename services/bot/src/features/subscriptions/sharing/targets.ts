import { type Subscription, subscriptions, subscriptionTargets } from '@atermtrack/data'
import type { AccessPolicy } from '@atermtrack/domain'
import { inEachLanguage, notice, subscriptionsTexts as texts } from '@atermtrack/messages'
import { type ActionHandler, answerOutdated } from '../../../routing/action.ts'
import type { BotContext } from '../../../routing/context.ts'
import type { Feature } from '../../../routing/feature.ts'
import { edit, textOf } from '../../../routing/view.ts'
import { notify } from '../../access/notify.ts'
import * as actions from '../actions.ts'
import { clip } from '../describe.ts'
import { withOwn } from '../own.ts'
import { targetsView } from '../editing/setting-views.ts'
import * as targetActions from './target-actions.ts'

const mostOffered = 20

/** The buttons of the other readers of a subscription, for its owner. */
export function createTargetActions(): readonly ActionHandler[] {
  return [
    actions.openTargets.handle(withOwn(show)),
    actions.removeTarget.handle(
      withOwn(async (ctx, own, { targetId }) => {
        await subscriptionTargets.remove(ctx.tx, targetId, own.id)
        ctx.toast(texts[ctx.language].changed)
        await show(ctx, own)
      }),
    ),
  ]
}

/**
 * Sends reports to others: into the group or the topic where the owner asks for it, and to colleagues who accept. It works in groups
 * too.
 */
export function createSubscriptionTargets(): Feature {
  return {
    name: 'subscription targets',
    right: 'share_reports',
    declares: Object.values(targetActions),
    commands: [
      {
        name: 'report_here',
        description: inEachLanguage(texts, (words) => words.hereCommand),
        handle: offerHere,
      },
    ],
    actions: [
      targetActions.sendHere.handle(withOwn(sendHere)),
      targetActions.acceptReports.handle((ctx, { targetId }) => answer(ctx, targetId, true)),
      targetActions.declineReports.handle((ctx, { targetId }) => answer(ctx, targetId, false)),
    ],
  }
}

async function show(ctx: BotContext, own: Subscription): Promise<void> {
  edit(ctx, targetsView(own, await subscriptionTargets.list(ctx.tx, own.id), ctx.language))
}

/** Anybody in the group sees the buttons; a press counts for the presser's own subscriptions alone. */
async function offerHere(ctx: BotContext): Promise<void> {
  const words = texts[ctx.language]
  if (ctx.isPrivate) return ctx.say(words.hereOnlyGroup)
  if (!ctx.isMember) return
  const { rows } = await subscriptions.list(ctx.tx, ctx.person.id, { offset: 0, limit: mostOffered })
  if (rows.length === 0) return ctx.say(words.hereNone)
  const buttons = rows.map(({ id: subscriptionId, name }) => [
    targetActions.sendHere.button(clip(name), { subscriptionId }),
  ])
  ctx.say(words.hereAsk, { keyboard: { inline_keyboard: buttons } })
}

async function sendHere(ctx: BotContext, own: Subscription): Promise<void> {
  const { tx, language, destination, isPrivate, isMember } = ctx
  if (isPrivate || !isMember) return answerOutdated(ctx)
  const words = texts[language]
  if (await isFull(ctx, own.id)) return ctx.toast(words.tooManyTargets)
  const { chatId, threadId } = destination
  await subscriptionTargets.addGroup(tx, { subscriptionId: own.id, chatId, threadId })
  ctx.edit(words.hereDone(own.name))
}

/** Asks the person of the name that the owner typed. The answer is the same for a person whom the bot does not know. */
export function askColleague(policy: AccessPolicy) {
  return async (ctx: BotContext, own: Subscription): Promise<boolean> => {
    const { tx, person, language } = ctx
    const words = texts[language]
    const [, username] = /^(?:@|(?:https?:\/\/)?t\.me\/)?([A-Za-z]\w{3,31})$/.exec(textOf(ctx).trim()) ?? []
    if (username === undefined) {
      ctx.say(words.bad.colleague)
      return false
    }
    if (await isFull(ctx, own.id)) {
      ctx.say(words.tooManyTargets)
      return true
    }
    const colleague = await subscriptionTargets.findColleague(tx, { username, besides: person.id, policy })
    const target = { subscriptionId: own.id, personId: colleague?.id ?? 0 }
    const targetId = colleague && (await subscriptionTargets.askColleague(tx, target))
    if (colleague && targetId !== undefined) {
      const asked = { targetId, name: own.name, owner: person.firstName, slots: [...own.slots] }
      const to = { audience: 'anybody', chatId: colleague.telegramId, personId: colleague.id } as const
      await notify(ctx, { ...to, notice: notice('colleague_asked', asked) })
    }
    ctx.say(words.colleagueAsked)
    return true
  }
}

async function isFull({ tx }: BotContext, subscriptionId: number): Promise<boolean> {
  return (await subscriptionTargets.list(tx, subscriptionId)).length >= subscriptionTargets.mostTargets
}

/** Records the answer of a colleague and notifies the owner about it, once. */
async function answer(ctx: BotContext, targetId: number, accepts: boolean): Promise<void> {
  const { tx, person, language } = ctx
  const words = texts[language]
  const asked = ctx.isPrivate ? await subscriptionTargets.findAsked(tx, targetId, person.id) : undefined
  if (!asked) return answerOutdated(ctx)
  const { name, ownerChatId, ownerId, isAccepted } = asked
  if (accepts) await subscriptionTargets.accept(tx, targetId)
  else await subscriptionTargets.leave(tx, targetId, person.id)
  const stop = [[targetActions.declineReports.button(words.stopReceiving, { targetId })]]
  if (accepts) ctx.edit(words.acceptedHere(name), { keyboard: { inline_keyboard: stop } })
  else ctx.edit(words.declinedHere(name))
  if (accepts && isAccepted) return
  const answered = notice('colleague_answered', { name, colleague: person.firstName, hasAccepted: accepts })
  await notify(ctx, { audience: 'anybody', chatId: ownerChatId, personId: ownerId, notice: answered })
}
