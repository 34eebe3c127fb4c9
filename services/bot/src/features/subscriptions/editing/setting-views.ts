import type { Subscription, SubscriptionItem, SubscriptionTarget } from '@atermtrack/data'
import { cityZones, eventKinds, formatWall, toWall, usualEventKinds } from '@atermtrack/domain'
import { code, escapeHtml, type Language, subscriptionsTexts as texts, zoneMark, zoneName } from '@atermtrack/messages'
import { pageOf, pageRow } from '../../../text/pages.ts'
import * as actions from '../actions.ts'
import { clip, nextView, scheduleView, targetName } from '../describe.ts'
import { backButton } from '../views.ts'
import { usualTimes } from '../offered-times.ts'
import type { BotContext } from '../../../routing/context.ts'
import { inPairs, inRowsOf, type View } from '../../../routing/view.ts'

const zonesPerPage = 5
const timesInRow = 3
export const itemsPerPage = 12
const pauses = [1, 3, 7, 14]

/** Times and days of the week, with their buttons. */
export function whenView(
  subscription: Subscription,
  { now, language, offeredTimes }: Pick<BotContext, 'now' | 'language' | 'offeredTimes'>,
): View {
  const words = texts[language]
  const { id: subscriptionId, slots, weekdays, zone } = subscription
  const own = { subscriptionId }
  const chosen = slots.join()
  const times = (text: string, first: string, second?: string) =>
    actions.setTimes.button(ticked(text, chosen === [first, second].filter(Boolean).join()), { ...own, first, second })
  const { first, second } = usualTimes(offeredTimes)
  const both = second === undefined ? [] : [times(`${first} + ${second}`, first, second)]
  const day = (name: string, index: number) =>
    actions.toggleDay.button(ticked(name, weekdays.includes(index + 1)), { ...own, day: index + 1 })
  return {
    html: words.when(scheduleView(subscription, now, language), nextView(subscription, zone, now, language)),
    keyboard: {
      inline_keyboard: [
        ...inRowsOf(timesInRow, [...offeredTimes.map((slot) => times(slot, slot)), ...both]),
        [actions.typeSetting.button(words.buttons.type, { ...own, field: 'times' })],
        words.days.slice(0, 4).map(day),
        words.days.slice(4).map((name, index) => day(name, index + 4)),
        [
          actions.setDays.button(words.everyDay, { ...own, days: 'all' }),
          actions.setDays.button(words.workingDays, { ...own, days: 'work' }),
        ],
        [actions.offerZones.button(`${words.buttons.zone}: ${zoneMark(zone, now, language)}`, { ...own, page: 0 })],
        [backButton(subscriptionId, language)],
      ],
    },
  }
}

export function zonesView(
  { id: subscriptionId, zone }: Subscription,
  asked: number,
  now: Date,
  language: Language,
): View {
  const words = texts[language]
  const { rows, ...page } = pageOf(cityZones, asked, zonesPerPage)
  const zoneRows = rows.map((known) => {
    const time = `${formatWall(toWall(now, known)).slice(-5)} (${zoneMark(known, now, language)})`
    const text = ticked(`${zoneName(known, language)} · ${time}`, known === zone)
    return [actions.setZone.button(text, { subscriptionId, zone: known })]
  })
  const toPage = (target: number) => actions.offerZones.data({ subscriptionId, page: target })
  return {
    html: words.zones,
    keyboard: {
      inline_keyboard: [
        ...zoneRows,
        ...pageRow(page, toPage),
        [actions.openWhen.button(words.back, { subscriptionId })],
      ],
    },
  }
}

export function pauseView({ id: subscriptionId }: Subscription, language: Language): View {
  const words = texts[language]
  const own = { subscriptionId }
  return {
    html: words.pauseTitle,
    keyboard: {
      inline_keyboard: [
        pauses.slice(0, 2).map((days) => actions.pauseFor.button(words.pauseFor(days), { ...own, days })),
        pauses.slice(2).map((days) => actions.pauseFor.button(words.pauseFor(days), { ...own, days })),
        [
          actions.pauseFor.button(words.pauseOpen, { ...own, days: 0 }),
          actions.typeSetting.button(words.buttons.type, { ...own, field: 'pause' }),
        ],
        [backButton(subscriptionId, language)],
      ],
    },
  }
}

/** Whether each switch is on. */
export function optionsOf({ onlyChanges, reportsEmpty, showsPicture, rowOrder, leavesAfterDays }: Subscription) {
  return {
    changes: onlyChanges,
    empty: reportsEmpty,
    order: rowOrder === 'own',
    leave: leavesAfterDays !== null,
    picture: showsPicture,
  }
}

export function optionsView(subscription: Subscription, language: Language): View {
  const words = texts[language]
  const { id: subscriptionId } = subscription
  const isOn = optionsOf(subscription)
  const rows = (['changes', 'empty', 'order', 'leave', 'picture'] as const).map((option) => [
    actions.toggleOption.button(switched(words.options[option], isOn[option]), { subscriptionId, option }),
  ])
  const columns = [actions.openColumns.button(words.columns.button, { subscriptionId, page: 0 })]
  return {
    html: words.optionsTitle,
    keyboard: { inline_keyboard: [...rows, columns, [backButton(subscriptionId, language)]] },
  }
}

export function eventsView(subscription: Subscription, language: Language): View {
  const words = texts[language]
  const { id: subscriptionId, eventTiming, digestSlots } = subscription
  const chosen: readonly string[] = subscription.eventKinds ?? usualEventKinds
  const timings = (['at_once', 'digest', 'never'] as const).map((timing) =>
    actions.setTiming.button(ticked(words.timings[timing], timing === eventTiming), { subscriptionId, timing }),
  )
  const kinds = eventKinds.map((kind) =>
    actions.toggleEvent.button(switched(words.eventKinds[kind], chosen.includes(kind)), { subscriptionId, kind }),
  )
  const digest = actions.typeSetting.button(words.digestAt(digestSlots.join(', ')), { subscriptionId, field: 'digest' })
  return {
    html: words.eventsTitle,
    keyboard: {
      inline_keyboard: [
        timings,
        ...(eventTiming === 'digest' ? [[digest]] : []),
        ...(eventTiming === 'never' ? [] : inPairs(kinds)),
        [backButton(subscriptionId, language)],
      ],
    },
  }
}

/** A page of the list, each number with a button that removes it. */
export function itemsView(
  { id: subscriptionId, name, size }: Subscription,
  found: { readonly total: number; readonly rows: readonly SubscriptionItem[]; readonly page: number },
  language: Language,
): View {
  const words = texts[language]
  const pages = Math.max(1, Math.ceil(found.total / itemsPerPage))
  const { page } = found
  const lines = found.rows.map(({ container, orderNumber, note, leftAt }) => {
    const about = [words.itemWords(orderNumber ?? '', note ?? ''), ...(leftAt ? [words.itemLeft] : [])].filter(Boolean)
    return [code(container), ...about.map((text) => escapeHtml(text))].join(' — ')
  })
  const buttons = found.rows.map(({ container }) =>
    actions.removeItem.button(`✖️ ${container}`, { subscriptionId, container, page }),
  )
  return {
    html: [words.itemsTitle(name, size), ...(lines.length === 0 ? [words.noItems] : lines)].join('\n'),
    keyboard: {
      inline_keyboard: [
        ...inPairs(buttons),
        ...pageRow({ page, pages }, (target) => actions.openItems.data({ subscriptionId, page: target })),
        [
          actions.typeSetting.button(words.buttons.add, { subscriptionId, field: 'add' }),
          actions.typeSetting.button(words.buttons.cut, { subscriptionId, field: 'cut' }),
        ],
        [backButton(subscriptionId, language)],
      ],
    },
  }
}

export function targetsView(
  { id: subscriptionId, name }: Subscription,
  targets: readonly SubscriptionTarget[],
  language: Language,
): View {
  const words = texts[language]
  const rows = targets.map((target) => [
    actions.removeTarget.button(words.dropTarget(clip(targetName(target, language))), {
      subscriptionId,
      targetId: target.id,
    }),
  ])
  return {
    html: words.targetsTitle(name),
    keyboard: {
      inline_keyboard: [
        ...rows,
        [actions.typeSetting.button(words.addColleague, { subscriptionId, field: 'colleague' })],
        [backButton(subscriptionId, language)],
      ],
    },
  }
}

/** Text of a button for one choice of several. */
export function ticked(text: string, isChosen: boolean): string {
  return isChosen ? `✅ ${text}` : text
}

/** Text of a button that switches something on and off. */
export function switched(text: string, isOn: boolean): string {
  return `${isOn ? '✅' : '⬜'} ${text}`
}
