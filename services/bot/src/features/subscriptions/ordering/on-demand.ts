import { people, reports, type Subscription, subscriptions } from '@atermtrack/data'
import {
  type AccessPolicy,
  accessOf,
  nextSlot,
  readReportRequest,
  type Slot,
  toInstant,
  toWall,
  type WallTime,
} from '@atermtrack/domain'
import { subscriptionsTexts as texts } from '@atermtrack/messages'
import { buildReport, deliveryPriority } from '@atermtrack/queue'
import { type ActionHandler, answerOutdated } from '../../../routing/action.ts'
import type { BotContext } from '../../../routing/context.ts'
import * as actions from '../actions.ts'
import { clip } from '../describe.ts'
import { isOfOther, recordForOwner, withEditable } from '../for-owner.ts'
import { withOwn } from '../own.ts'

const mostOffered = 20

/** A past moment by the clock of a subscription. */
interface PastSlot {
  /** `YYYY-MM-DD` */
  readonly localDate: string
  /** By default the first one of the subscription. */
  readonly slot: string | undefined
}

/** The buttons that order a report: now, as the next slot will be, or as a past moment was. */
export function createOnDemandActions(policy: AccessPolicy): readonly ActionHandler[] {
  return [
    actions.sendReportNow.handle(
      withEditable(async (ctx, own) => {
        if (isOfOther(ctx, own)) return sendToOwner(ctx, own, policy)
        enqueue(ctx, await reports.insertOnDemand(ctx.tx, askOf(ctx, own)))
        ctx.toast(texts[ctx.language].preparing)
      }),
    ),
    actions.rehearse.handle(
      withOwn(async (ctx, own) => {
        if (!(await orderRehearsal(ctx, own))) return answerOutdated(ctx)
        ctx.toast(texts[ctx.language].rehearsing)
      }),
    ),
    actions.sendPast.handle(
      withOwn(async (ctx, own, { day, time }) => {
        const localDate = `${day.slice(0, 4)}-${day.slice(4, 6)}-${day.slice(6, 8)}`
        const isDay = /^\d{8}$/.test(day) && !Number.isNaN(Date.parse(localDate))
        if (!isDay || !(await orderPast(ctx, own, { localDate, slot: time }))) answerOutdated(ctx)
      }),
    ),
  ]
}

/** Answers «пришли как завтра в 09:00» and «отчёт за 12 ноября 09:00»; false for a text about something else. */
export async function answerReportRequest(ctx: BotContext, text: string, zone: string): Promise<boolean> {
  if (!ctx.isPrivate) return false
  const request = readReportRequest(text, toWall(ctx.now, ctx.person.zone ?? zone).slice(0, 10))
  if (!request) return false
  await answerRequest(ctx, request)
  return true
}

/** Orders the next report of an own subscription as it will be; asks which one where there are several. */
export async function rehearse(ctx: BotContext): Promise<void> {
  await answerRequest(ctx, { kind: 'rehearsal' })
}

type ReportRequest = NonNullable<ReturnType<typeof readReportRequest>>

async function answerRequest(ctx: BotContext, request: ReportRequest): Promise<void> {
  const { rows } = await subscriptions.list(ctx.tx, ctx.person.id, { offset: 0, limit: mostOffered })
  const words = texts[ctx.language]
  const [only] = rows
  if (!only) ctx.say(words.noneForReport)
  else if (rows.length > 1) ctx.say(words.pickForReport, { keyboard: pickKeyboard(rows, request) })
  else if (request.kind === 'rehearsal')
    ctx.say((await orderRehearsal(ctx, only)) ? words.rehearsing : words.noneForReport)
  else if (!(await orderPast(ctx, only, request))) ctx.say(words.bad.past)
}

function pickKeyboard(rows: readonly Subscription[], request: ReportRequest) {
  return {
    inline_keyboard: rows.map(({ id: subscriptionId, name }) => [
      request.kind === 'rehearsal'
        ? actions.rehearse.button(clip(name), { subscriptionId })
        : actions.sendPast.button(clip(name), {
            subscriptionId,
            day: request.localDate.replaceAll('-', ''),
            time: request.slot,
          }),
    ]),
  }
}

/** The report goes to the owner as if they had asked for it, with what they see. */
async function sendToOwner(ctx: BotContext, edited: Subscription, policy: AccessPolicy): Promise<void> {
  const { tx, updateId, language } = ctx
  const owner = await people.get(tx, edited.personId)
  const isReached = owner.unreachableSince === null && accessOf(owner, policy).kind === 'allowed'
  if (!isReached) return ctx.toast(texts[language].notForOwner)
  enqueue(ctx, await reports.insertOnDemand(tx, askOf({ person: owner, updateId }, edited)))
  await recordForOwner(ctx, edited, ['sent'])
  ctx.toast(texts[language].preparingForOwner)
}

/** False for a subscription without a next slot. */
async function orderRehearsal(ctx: BotContext, own: Subscription): Promise<boolean> {
  const { slots, weekdays, zone } = own
  const next = nextSlot({ slots: slots as readonly Slot[], weekdays, zone, after: ctx.now })
  if (!next) return false
  enqueue(ctx, await reports.insertRehearsal(ctx.tx, { ...askOf(ctx, own), slotAt: next.plannedAt }))
  return true
}

/** Orders the report of a past moment; false when that is no moment of the past. */
export async function orderPast(ctx: BotContext, own: Subscription, { localDate, slot }: PastSlot): Promise<boolean> {
  const time = slot ?? own.slots[0] ?? '09:00'
  const stateAt = toInstant(`${localDate}T${time}:00` as WallTime, own.zone)
  if (stateAt >= ctx.now) return false
  enqueue(ctx, await reports.insertPast(ctx.tx, { ...askOf(ctx, own), stateAt }))
  if (ctx.callbackQuery) ctx.toast(texts[ctx.language].pastOrdered)
  else ctx.say(texts[ctx.language].pastOrdered)
  return true
}

function askOf(
  { person, updateId }: Pick<BotContext, 'person' | 'updateId'>,
  { id: subscriptionId, name }: Subscription,
) {
  return { personId: person.id, chatId: person.telegramId, subscriptionId, name, updateId }
}

function enqueue({ tx }: BotContext, { id: reportId }: { readonly id: number }): void {
  tx.enqueue(buildReport, { reportId }, { priority: deliveryPriority.answer })
}
