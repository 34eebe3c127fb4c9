import { removedItems, type Subscription, subscriptionItems, subscriptions } from '@atermtrack/data'
import {
  type AccessPolicy,
  cleanText,
  longestSubscriptionName,
  readDay as readDayOf,
  readItems,
  readReportRequest,
  readWeekdays,
  toInstant,
  toWall,
  type WallTime,
} from '@atermtrack/domain'
import { joinRecords, subscriptionsTexts as texts } from '@atermtrack/messages'
import { type ActionHandler, answerOutdated } from '../../../routing/action.ts'
import type { BotContext } from '../../../routing/context.ts'
import type { StateOf, StepHandler } from '../../../routing/dialog-step.ts'
import { say, textOf } from '../../../routing/view.ts'
import * as actions from '../actions.ts'
import { namedNumbers } from '../describe.ts'
import { acceptColumns } from './columns.ts'
import { loadItems, restoreRow } from './items.ts'
import { orderPast } from '../ordering/on-demand.ts'
import { findEditable, isOfOther, recordForOwner, withEditable } from '../for-owner.ts'
import { change, loadCard } from '../own.ts'
import { parseSlots } from '../parse-slots.ts'
import { pause } from './settings.ts'
import { eventsView, whenView } from './setting-views.ts'
import { editStep } from '../steps.ts'
import { askColleague } from '../sharing/targets.ts'

type Field = StateOf<typeof editStep>['field']

/** Takes the answer to the question for a field; false when it cannot be understood, and then the question stays open. */
type Accept = (ctx: BotContext, own: Subscription, text: string) => Promise<boolean>

/** The buttons that ask for a text, and the step that takes it. */
export function createTypedSettings(policy: AccessPolicy): {
  readonly actions: readonly ActionHandler[]
  readonly dialogs: readonly StepHandler[]
} {
  const acceptors = { ...accepts, colleague: askColleague(policy) }
  return {
    actions: [
      actions.typeSetting.handle(
        withEditable(async (ctx, own, { field }) => {
          if (isForOwner(field) && isOfOther(ctx, own)) return answerOutdated(ctx)
          const { id: subscriptionId } = own
          await ctx.saveDialog(editStep, { subscriptionId, field })
          ctx.say(texts[ctx.language].ask[field])
        }),
      ),
    ],
    dialogs: [
      editStep.handle(async (ctx, { subscriptionId, field }) => {
        const own = await findEditable(ctx, subscriptionId)
        if (!own || (isForOwner(field) && isOfOther(ctx, own))) {
          await ctx.leaveDialog()
          return ctx.say(texts[ctx.language].title(await subscriptions.count(ctx.tx, ctx.person.id)))
        }
        if (await acceptors[field](ctx, own, textOf(ctx))) await ctx.leaveDialog()
      }),
    ],
  }
}

const accepts: Readonly<Record<Exclude<Field, 'colleague'>, Accept>> = {
  async name(ctx, own, text) {
    const name = cleanText(text)
    if (name === '' || name.length > longestSubscriptionName) return refuse(ctx, texts[ctx.language].badName)
    say(ctx, await loadCard(ctx, await change(ctx, own, { name })))
    return true
  },
  async add(ctx, own, text) {
    const words = texts[ctx.language]
    const { items, mistyped } = readItems(text)
    if (items.length === 0) return refuse(ctx, words.noNumbers)
    const { added, left } = await subscriptionItems.add(ctx.tx, own.id, items)
    if (added.length > 0) await recordForOwner(ctx, own, ['items'])
    const records = [
      words.itemsAdded(added.length, own.size + added.length),
      ...(left > 0 ? [words.full] : []),
      ...namedNumbers(words.mistyped, mistyped, ctx.language),
    ]
    for (const html of joinRecords(records)) ctx.say(html)
    say(ctx, await loadItems(ctx, { ...own, size: own.size + added.length }, 0))
    return true
  },
  async cut(ctx, own, text) {
    const { items } = readItems(text)
    if (items.length === 0) return refuse(ctx, texts[ctx.language].noNumbers)
    const containers = items.map(({ container }) => container)
    const removed = await removedItems.remove(ctx.tx, own.id, containers)
    if (removed.count > 0) await recordForOwner(ctx, own, ['items'])
    const { itemsCut, buttons } = texts[ctx.language]
    say(ctx, await loadItems(ctx, { ...own, size: own.size - removed.listed }, 0))
    const undo = restoreRow(own.id, removed, buttons.restore)
    ctx.say(itemsCut(removed.count), undo.length === 0 ? {} : { keyboard: { inline_keyboard: undo } })
    return true
  },
  async times(ctx, own, text) {
    const slots = parseSlots(text.split(/[\s,;]+/).filter(Boolean))
    if (!slots) return refuse(ctx, texts[ctx.language].badTimes)
    say(ctx, whenView(await change(ctx, own, { slots }), ctx))
    return true
  },
  async days(ctx, own, text) {
    const weekdays = readWeekdays(text)
    if (!weekdays) return refuse(ctx, texts[ctx.language].bad.days)
    say(ctx, whenView(await change(ctx, own, { weekdays }), ctx))
    return true
  },
  async pause(ctx, own, text) {
    const until = readDay(text, own, ctx.now)
    if (!until || until <= ctx.now) return refuse(ctx, texts[ctx.language].bad.pause)
    await pause(ctx, own, until)
    return true
  },
  async digest(ctx, own, text) {
    const digestSlots = parseSlots(text.split(/[\s,;]+/).filter(Boolean))
    if (!digestSlots) return refuse(ctx, texts[ctx.language].badTimes)
    say(ctx, eventsView(await change(ctx, own, { digestSlots }), ctx.language))
    return true
  },
  columns: acceptColumns,
  async past(ctx, own, text) {
    const today = toWall(ctx.now, own.zone).slice(0, 10)
    const request = readReportRequest(`отчет за ${text}`, today)
    const isOrdered = request?.kind === 'past' && (await orderPast(ctx, own, request))
    return isOrdered || refuse(ctx, texts[ctx.language].bad.past)
  },
}

/** Whether a field concerns the owner alone: their colleagues, and a report that comes to the one who asks. */
function isForOwner(field: Field): boolean {
  return field === 'colleague' || field === 'past'
}

function refuse(ctx: BotContext, html: string): false {
  ctx.say(html)
  return false
}

/** The midnight with which a day begins in the zone of the subscription; undefined when the text names none. */
function readDay(text: string, { zone }: Subscription, now: Date): Date | undefined {
  const day = readDayOf(text, toWall(now, zone).slice(0, 10))
  return day === undefined ? undefined : toInstant(`${day}T00:00:00` as WallTime, zone)
}
