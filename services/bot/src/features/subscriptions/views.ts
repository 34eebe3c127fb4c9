import type { Person, Subscription, SubscriptionSummary } from '@atermtrack/data'
import { formatWall, toWall, zoneLabel } from '@atermtrack/domain'
import { code, type Language, languageOf, subscriptionsTexts as texts } from '@atermtrack/messages'
import type { InlineKeyboardMarkup } from 'telegraf/types'
import { pageRow } from '../../text/pages.ts'
import * as actions from './actions.ts'

export interface View {
  readonly html: string
  readonly keyboard: InlineKeyboardMarkup
}

/** With the row of pages and the row to create, a page stays within eight rows of buttons. */
export const pageSize = 6
const mostNamed = 50

export interface Page {
  readonly total: number
  readonly rows: readonly SubscriptionSummary[]
  /** From 0. */
  readonly page: number
}

export function listView({ total, rows, page }: Page, language: Language): View {
  const words = texts[language]
  const pages = Math.max(1, Math.ceil(total / pageSize))
  const subscriptionRows = rows.map(({ id, name, size, slots }) => [
    actions.viewSubscription.button(`${clip(name)} · ${size} · ${slots.join(', ')}`, { subscriptionId: id }),
  ])
  return {
    html: `${words.title(total)}\n${words.about}`,
    keyboard: {
      inline_keyboard: [
        ...subscriptionRows,
        ...pageRow({ page, pages }, (target) => actions.listSubscriptions.data({ page: target })),
        [actions.beginSubscription.button(words.add)],
      ],
    },
  }
}

/** The times are in the zone of the subscription; the moment of the next report is in the zone of the reader. */
export function detailView(subscription: Subscription, reader: Pick<Person, 'language' | 'zone'>): View {
  const { id, name, containers, nextDueAt } = subscription
  const zone = reader.zone ?? subscription.zone
  const words = texts[languageOf(reader.language)]
  return {
    html: words.detail(name, containers.length, timesView(subscription, nextDueAt), momentView(nextDueAt, zone)),
    keyboard: {
      inline_keyboard: [
        [actions.sendReportNow.button(words.sendNow, { subscriptionId: id })],
        [
          actions.askToRemoveSubscription.button(words.remove, { subscriptionId: id }),
          actions.listSubscriptions.button(words.back, { page: 0 }),
        ],
      ],
    },
  }
}

export function removeView({ id, name }: Subscription, language: Language): View {
  const words = texts[language]
  return {
    html: words.askRemove(name),
    keyboard: {
      inline_keyboard: [
        [actions.removeSubscription.button(words.confirmRemove(clip(name)), { subscriptionId: id })],
        [actions.viewSubscription.button(words.back, { subscriptionId: id })],
      ],
    },
  }
}

export interface Draft {
  readonly name: string
  readonly containers: readonly string[]
  readonly slots: readonly string[]
}

export function confirmView(draft: Draft, zone: string, now: Date, language: Language): View {
  const words = texts[language]
  return {
    html: words.confirm(draft.name, draft.containers.length, timesView({ slots: draft.slots, zone }, now)),
    keyboard: {
      inline_keyboard: [[actions.saveSubscription.button(words.save), actions.dropDraft.button(words.drop)]],
    },
  }
}

export function timesKeyboard(language: Language): InlineKeyboardMarkup {
  return {
    inline_keyboard: [
      ['09:00', '16:00'].map((first) => actions.chooseTimes.button(first, { first })),
      [actions.chooseTimes.button(texts[language].both, { first: '09:00', second: '16:00' })],
    ],
  }
}

export function nextKeyboard(language: Language): InlineKeyboardMarkup {
  return { inline_keyboard: [[actions.closeNumbers.button(texts[language].next)]] }
}

/** A heading with the numbers under it, at most 50; no lines when there are no numbers. */
export function namedNumbers(title: string, numbers: readonly string[], language: Language): readonly string[] {
  if (numbers.length === 0) return []
  const rest = numbers.length - mostNamed
  return ['', title, ...numbers.slice(0, mostNamed).map(code), ...(rest > 0 ? [texts[language].more(rest)] : [])]
}

/** `dd.mm.yyyy HH:MM (МСК+7)` */
export function momentView(instant: Date, zone: string): string {
  return `${formatWall(toWall(instant, zone))} (${zoneLabel(zone, instant)})`
}

/** `09:00, 16:00 (МСК+7)`; the zone as it is named at `instant`. */
function timesView(
  { slots, zone }: { readonly slots: readonly string[]; readonly zone: string },
  instant: Date,
): string {
  return `${slots.join(', ')} (${zoneLabel(zone, instant)})`
}

/** A button shows only the start of a long text. */
function clip(name: string): string {
  return name.length > 24 ? `${name.slice(0, 23).replace(/\p{Cs}$/u, '')}…` : name
}
