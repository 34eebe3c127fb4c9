import type { Person, Subscription, SubscriptionSummary } from '@atermtrack/data'
import { formatWall, toWall, zoneLabel } from '@atermtrack/domain'
import { code, type Language, languageOf, subscriptionsTexts as texts } from '@atermtrack/messages'
import type { InlineKeyboardButton, InlineKeyboardMarkup } from 'telegraf/types'
import { callbackData } from '../../routing/callback-data.ts'

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
    button(`${clip(name)} · ${size} · ${slots.join(', ')}`, 'sub-view', id),
  ])
  const pageRow = [
    ...(page > 0 ? [button('‹', 'sub-list', page - 1)] : []),
    button(`${page + 1}/${pages}`, 'sub-list', page),
    ...(page < pages - 1 ? [button('›', 'sub-list', page + 1)] : []),
  ]
  return {
    html: `${words.title(total)}\n${words.about}`,
    keyboard: {
      inline_keyboard: [...subscriptionRows, ...(pages > 1 ? [pageRow] : []), [button(words.add, 'sub-add')]],
    },
  }
}

/** The times are those of the subscription; when the next report comes is told by the clock of the reader. */
export function detailView(subscription: Subscription, reader: Pick<Person, 'language' | 'zone'>): View {
  const { id, name, containers, nextDueAt } = subscription
  const zone = reader.zone ?? subscription.zone
  const words = texts[languageOf(reader.language)]
  return {
    html: words.detail(name, containers.length, timesView(subscription, nextDueAt), momentView(nextDueAt, zone)),
    keyboard: {
      inline_keyboard: [
        [button(words.sendNow, 'sub-send', id)],
        [button(words.remove, 'sub-remove', id), button(words.back, 'sub-list', 0)],
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
        [button(words.confirmRemove(clip(name)), 'sub-remove-yes', id)],
        [button(words.back, 'sub-view', id)],
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
    keyboard: { inline_keyboard: [[button(words.save, 'sub-save'), button(words.drop, 'sub-drop')]] },
  }
}

export function timesKeyboard(language: Language): InlineKeyboardMarkup {
  return {
    inline_keyboard: [
      [button('09:00', 'sub-times', '0900'), button('16:00', 'sub-times', '1600')],
      [button(texts[language].both, 'sub-times', '0900', '1600')],
    ],
  }
}

export function nextKeyboard(language: Language): InlineKeyboardMarkup {
  return { inline_keyboard: [[button(texts[language].next, 'sub-next')]] }
}

/** A heading and the numbers under it; the first 50 of very many. Nothing when there are none. */
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

function button(text: string, action: string, ...ids: readonly (string | number)[]): InlineKeyboardButton {
  return { text, callback_data: callbackData(action, ...ids) }
}

/** Buttons show little of a long text. */
function clip(name: string): string {
  return name.length > 24 ? `${name.slice(0, 23).replace(/\p{Cs}$/u, '')}…` : name
}
