import {
  audit,
  changeNotices,
  people,
  type Subscription,
  type SubscriptionSettings,
  subscriptions,
} from '@atermtrack/data'
import { type AccessPolicy, accessOf, addChange, type SubscriptionChange } from '@atermtrack/domain'
import { changedSubscriptions, notice } from '@atermtrack/messages'
import { deliveryPriority, sendTelegram } from '@atermtrack/queue'
import { answerOutdated } from '../../routing/action.ts'
import type { BotContext } from '../../routing/context.ts'
import type { SubjectReader } from './subject.ts'

/** So many changes of an admin make one message. */
const gatherSeconds = 120

/** A subscription that the person may edit: their own, and for an admin anybody's. Rights count at the moment of the press. */
export async function findEditable(ctx: BotContext, id: number): Promise<Subscription | undefined> {
  return ctx.may('manage_people')
    ? subscriptions.findOfAnybody(ctx.tx, id)
    : subscriptions.find(ctx.tx, id, ctx.person.id)
}

/** Restricts a button to such subscriptions. */
export function withEditable<P extends { readonly subscriptionId: number }>(
  press: (ctx: BotContext, edited: Subscription, pressed: P) => Promise<void>,
) {
  return async (ctx: BotContext, pressed: P): Promise<void> => {
    const edited = await findEditable(ctx, pressed.subscriptionId)
    return edited ? press(ctx, edited, pressed) : answerOutdated(ctx)
  }
}

/** Whether an admin works on what belongs to somebody else. */
export function isOfOther(
  { person }: Pick<BotContext, 'person'>,
  { personId }: Pick<Subscription, 'personId'>,
): boolean {
  return personId !== person.id
}

/** The eyes with which a subject is read: an admin cannot choose for somebody what that person does not see. */
export async function readerOf(ctx: BotContext, edited: Subscription, policy: AccessPolicy): Promise<SubjectReader> {
  if (!isOfOther(ctx, edited)) return ctx
  const { tx, now, language } = ctx
  const person = await people.get(tx, edited.personId)
  const access = accessOf(person, policy)
  return { tx, now, language, person, scope: access.kind === 'allowed' ? access.scope : { kind: 'nothing' } }
}

/** Records what an admin has changed in the subscription of somebody else, and has the owner notified; nothing for one's own. */
export async function recordForOwner(
  ctx: BotContext,
  { id: subscriptionId, personId, name }: Pick<Subscription, 'id' | 'personId' | 'name'>,
  changes: readonly SubscriptionChange[],
): Promise<void> {
  const { tx } = ctx
  if (!isOfOther(ctx, { personId }) || changes.length === 0) return
  await audit.insert(tx, {
    ...ctx.actor,
    action: 'subscription.changed',
    object: `person:${personId}`,
    details: { subscriptionId, changes: changes.join(', ') },
  })
  const { telegramId: chatId } = await people.get(tx, personId)
  const deliveryId = await changeNotices.gather(tx, { personId, chatId, pauseSeconds: gatherSeconds }, (waiting) => {
    const known = readChanges(waiting)
    return notice('subscriptions_changed', {
      subscriptions: addChange(known, { subscriptionId, name, changes }).map((one) => ({
        ...one,
        changes: [...one.changes],
      })),
    })
  })
  if (deliveryId !== undefined) tx.enqueue(sendTelegram, { deliveryId }, { priority: deliveryPriority.alert })
}

/** None for a notice that another release has written. */
function readChanges(stored: unknown) {
  const params = typeof stored === 'object' && stored !== null && 'params' in stored ? stored.params : undefined
  return changedSubscriptions.safeParse(params).data?.subscriptions ?? []
}

const changeOf: Readonly<Partial<Record<keyof SubscriptionSettings, SubscriptionChange>>> = {
  name: 'name',
  subject: 'subject',
  slots: 'times',
  weekdays: 'days',
  zone: 'zone',
  onlyChanges: 'options',
  reportsEmpty: 'options',
  showsPicture: 'options',
  rowOrder: 'options',
  leavesAfterDays: 'options',
  columns: 'columns',
  eventKinds: 'events',
  eventTiming: 'events',
  digestSlots: 'events',
}

/** The changes that the owner is notified about when settings change. */
export function changesIn(settings: Partial<SubscriptionSettings>): readonly SubscriptionChange[] {
  const fields = Object.keys(settings) as (keyof SubscriptionSettings)[]
  const named = fields.map((field) => changeOf[field]).filter((change) => change !== undefined)
  const paused = settings.pausedAt === undefined ? [] : ([settings.pausedAt === null ? 'resumed' : 'paused'] as const)
  return [...new Set([...named, ...paused])]
}
