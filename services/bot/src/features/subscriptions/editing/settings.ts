import { type Subscription, type SubscriptionSettings, subscriptions } from '@atermtrack/data'
import { type AccessPolicy, toInstant, toWall, usualEventKinds, type WallTime } from '@atermtrack/domain'
import { subscriptionsTexts as texts } from '@atermtrack/messages'
import { type ActionHandler, answerOutdated } from '../../../routing/action.ts'
import type { BotContext } from '../../../routing/context.ts'
import type { StepHandler } from '../../../routing/dialog-step.ts'
import { edit, say, textOf } from '../../../routing/view.ts'
import * as actions from '../actions.ts'
import { clientRows, loadCompanies } from '../offers.ts'
import { findEditable, readerOf, withEditable } from '../for-owner.ts'
import { change, loadCard } from '../own.ts'
import { eventsView, optionsOf, optionsView, pauseView, whenView, zonesView } from './setting-views.ts'
import { editSubjectStep } from '../steps.ts'
import { isNamedSubject, readSubject, type SubjectParts } from '../subject.ts'
import { backButton, subjectsKeyboard } from '../views.ts'

const everyDay = [1, 2, 3, 4, 5, 6, 7]
const workingDays = [1, 2, 3, 4, 5]
const usualDigest = ['09:00', '18:00']
const usualLeavingDays = 3
const dayMs = 86_400_000
const longestPauseDays = 366

/** The buttons that change a subscription in place: when, what about, how, which events. */
export function createSettingActions(policy: AccessPolicy): readonly ActionHandler[] {
  return [
    ...createTimeActions(),
    actions.offerSubjects.handle(withEditable(offerSubjects)),
    actions.changeSubject.handle(withEditable((ctx, own, { subject }) => changeSubject(ctx, own, subject, policy))),
    actions.openOptions.handle(withEditable(async (ctx, own) => edit(ctx, optionsView(own, ctx.language)))),
    actions.toggleOption.handle(
      withEditable(async (ctx, own, { option }) =>
        edit(ctx, optionsView(await change(ctx, own, toggled(own, option)), ctx.language)),
      ),
    ),
    actions.openEvents.handle(withEditable(async (ctx, own) => edit(ctx, eventsView(own, ctx.language)))),
    actions.toggleEvent.handle(
      withEditable(async (ctx, own, { kind }) => {
        const chosen: readonly string[] = own.eventKinds ?? usualEventKinds
        const eventKinds = chosen.includes(kind) ? chosen.filter((other) => other !== kind) : [...chosen, kind]
        edit(ctx, eventsView(await change(ctx, own, { eventKinds }), ctx.language))
      }),
    ),
    actions.setTiming.handle(
      withEditable(async (ctx, own, { timing: eventTiming }) => {
        const digestSlots = eventTiming === 'digest' && own.digestSlots.length === 0 ? usualDigest : own.digestSlots
        edit(ctx, eventsView(await change(ctx, own, { eventTiming, digestSlots }), ctx.language))
      }),
    ),
  ]
}

function createTimeActions(): readonly ActionHandler[] {
  const showWhen = async (ctx: BotContext, own: Subscription, settings: Partial<SubscriptionSettings>) =>
    edit(ctx, whenView(await change(ctx, own, settings), ctx))
  return [
    actions.openWhen.handle(withEditable(async (ctx, own) => edit(ctx, whenView(own, ctx)))),
    actions.setTimes.handle(
      withEditable((ctx, own, { first, second }) =>
        showWhen(ctx, own, { slots: [first, second].filter((slot) => slot !== undefined) }),
      ),
    ),
    actions.toggleDay.handle(
      withEditable(async (ctx, own, { day }) => {
        if (!everyDay.includes(day)) return answerOutdated(ctx)
        const weekdays = own.weekdays.includes(day)
          ? own.weekdays.filter((other) => other !== day)
          : [...own.weekdays, day].toSorted((a, b) => a - b)
        // A subscription without a day would never come: that is a pause.
        return weekdays.length === 0 ? edit(ctx, pauseView(own, ctx.language)) : showWhen(ctx, own, { weekdays })
      }),
    ),
    actions.setDays.handle(
      withEditable((ctx, own, { days }) => showWhen(ctx, own, { weekdays: days === 'all' ? everyDay : workingDays })),
    ),
    actions.offerZones.handle(
      withEditable(async (ctx, own, { page }) => edit(ctx, zonesView(own, page, ctx.now, ctx.language))),
    ),
    actions.setZone.handle(withEditable((ctx, own, { zone }) => showWhen(ctx, own, { zone }))),
    actions.offerPause.handle(withEditable(async (ctx, own) => edit(ctx, pauseView(own, ctx.language)))),
    actions.pauseFor.handle(
      withEditable(async (ctx, own, { days }) => {
        const isKnown = days <= longestPauseDays
        return isKnown ? pause(ctx, own, endOfPause(own, days, ctx.now)) : answerOutdated(ctx)
      }),
    ),
    actions.resumeSubscription.handle(
      withEditable(async (ctx, own) =>
        edit(ctx, await loadCard(ctx, await change(ctx, own, { pausedAt: null, pausedUntil: null }))),
      ),
    ),
  ]
}

/** Midnight so many days ahead in the zone of the subscription; null without an end. */
function endOfPause({ zone }: Subscription, days: number, now: Date): Date | null {
  if (days === 0) return null
  const day = toWall(new Date(now.getTime() + days * dayMs), zone).slice(0, 10)
  return toInstant(`${day}T00:00:00` as WallTime, zone)
}

/** Stops the reports until a moment, or until the person resumes them, and shows the card. */
export async function pause(ctx: BotContext, own: Subscription, pausedUntil: Date | null): Promise<void> {
  const view = await loadCard(ctx, await change(ctx, own, { pausedAt: ctx.now, pausedUntil }))
  return ctx.callbackQuery ? edit(ctx, view) : say(ctx, view)
}

function toggled(own: Subscription, option: keyof ReturnType<typeof optionsOf>): Partial<SubscriptionSettings> {
  const isOn = optionsOf(own)[option]
  if (option === 'changes') return { onlyChanges: !isOn }
  if (option === 'empty') return { reportsEmpty: !isOn }
  if (option === 'picture') return { showsPicture: !isOn }
  if (option === 'order') return { rowOrder: isOn ? 'train' : 'own' }
  return { leavesAfterDays: isOn ? null : usualLeavingDays }
}

async function offerSubjects(ctx: BotContext, { id: subscriptionId, isWatchList }: Subscription): Promise<void> {
  // The watch list is the list of a button.
  if (isWatchList) return answerOutdated(ctx)
  const words = texts[ctx.language]
  const rows = subjectsKeyboard(
    ctx.language,
    (text, subject) => actions.changeSubject.button(text, { subscriptionId, subject }),
    ['containers', 'train', 'company', 'client', 'destination', 'question'],
  )
  ctx.edit(words.subjectTitle, {
    keyboard: { inline_keyboard: [...rows, [backButton(subscriptionId, ctx.language)]] },
  })
}

async function changeSubject(
  ctx: BotContext,
  own: Subscription,
  subject: Subscription['subject'],
  policy: AccessPolicy,
): Promise<void> {
  if (own.isWatchList) return answerOutdated(ctx)
  const reader = await readerOf(ctx, own, policy)
  const companies = subject === 'company' ? await loadCompanies(reader, own.id, 0) : undefined
  if (companies) return edit(ctx, companies)
  if (!isNamedSubject(subject)) {
    const settings = { subject, subjectText: null, companyId: null }
    await change(ctx, own, settings)
    const changed = await findEditable(ctx, own.id)
    return changed ? edit(ctx, await loadCard(ctx, changed)) : answerOutdated(ctx)
  }
  await ctx.saveDialog(editSubjectStep, { subscriptionId: own.id, subject })
  const rows = subject === 'client' ? await clientRows(reader, own.id) : []
  ctx.say(texts[ctx.language].askSubject[subject], rows.length === 0 ? {} : { keyboard: { inline_keyboard: rows } })
}

/** The step that reads the text of another subject. */
export function createSubjectStep(parts: SubjectParts): StepHandler {
  return editSubjectStep.handle(async (ctx, { subscriptionId, subject }) => {
    const own = await findEditable(ctx, subscriptionId)
    if (!own || !isNamedSubject(subject)) {
      await ctx.leaveDialog()
      return ctx.say(texts[ctx.language].title(await subscriptions.count(ctx.tx, ctx.person.id)))
    }
    const read = await readSubject(await readerOf(ctx, own, parts.policy), subject, textOf(ctx), parts)
    if (!read) return ctx.say(texts[ctx.language].badSubject[subject])
    await ctx.leaveDialog()
    const { subjectText } = read
    await change(ctx, own, { subject, subjectText, companyId: null })
    // Its station has a name.
    const changed = await findEditable(ctx, own.id)
    if (changed) say(ctx, await loadCard(ctx, changed))
  })
}
