import type { Person, Subscription, SubscriptionTarget } from '@atermtrack/data'
import { type SubscriptionSubject, subscriptionSubjects } from '@atermtrack/domain'
import { type Language, languageOf, subscriptionsTexts as texts } from '@atermtrack/messages'
import type { InlineKeyboardButton, InlineKeyboardMarkup } from 'telegraf/types'
import { pageRow } from '../../text/pages.ts'
import type { BotContext } from '../../routing/context.ts'
import { inRowsOf, type View } from '../../routing/view.ts'
import { fullName } from '../access/views.ts'
import { viewPerson } from '../people/actions.ts'
import * as actions from './actions.ts'
import { usualTimes } from './offered-times.ts'
import { aboutView, choiceViews, clip, isPaused, nextView, reachView, scheduleView } from './describe.ts'

/** With the rows of pages, of the draft and to create, a page stays within nine rows of buttons. */
export const pageSize = 6

export interface Page {
  readonly total: number
  readonly rows: readonly Subscription[]
  /** From 0. */
  readonly page: number
  /** The name of a draft that waits. */
  readonly draft: string | undefined
  /** The owner, where an admin looks at what is somebody else's. */
  readonly owner?: Person | undefined
}

export function listView({ total, rows, page, draft, owner }: Page, language: Language): View {
  const words = texts[language]
  const pages = Math.max(1, Math.ceil(total / pageSize))
  const subscriptionRows = rows.map((row) => [
    actions.viewSubscription.button(labelOf(row, language), { subscriptionId: row.id }),
  ])
  const turn = (target: number) => actions.listSubscriptions.data({ page: target, personId: owner?.id })
  const ending = owner
    ? [[viewPerson.button(words.back, { personId: owner.id })]]
    : [
        ...(draft === undefined ? [] : [[actions.resumeDraft.button(words.buttons.draft(clip(draft)))]]),
        [actions.beginSubscription.button(words.add)],
      ]
  return {
    html: owner ? words.ownersTitle(fullName(owner), total) : `${words.title(total)}\n${words.intro}`,
    keyboard: { inline_keyboard: [...subscriptionRows, ...pageRow({ page, pages }, turn), ...ending] },
  }
}

/** `Новосибирск · 12 · 09:00` */
function labelOf({ name, subject, size, slots, pausedAt }: Subscription, language: Language): string {
  const [sign = ''] = texts[language].subjects[subject].split(' ')
  const about = subject === 'containers' ? String(size) : sign
  return `${pausedAt ? '⏸ ' : ''}${clip(name)} · ${about} · ${slots.join(', ')}`
}

export interface CardOptions {
  readonly reader: Pick<Person, 'language' | 'zone'>
  /** The owner, where the reader is an admin who works on what is somebody else's. */
  readonly owner?: Person | undefined
  readonly targets: readonly SubscriptionTarget[]
  /** The name of the person's own workbook that its reports fill. */
  readonly template?: string | undefined
  readonly now: Date
}

/** The times are in the zone of the subscription; the moment of the next report is in the zone of the reader. */
export function cardView(subscription: Subscription, options: CardOptions): View {
  const { reader, owner, targets, template, now } = options
  const language = languageOf(reader.language)
  const words = texts[language]
  const { id, name, nextDueAt } = subscription
  const lines = [
    ...(owner === undefined ? [] : [words.ownerLine(fullName(owner))]),
    aboutView(subscription, language),
    scheduleView(subscription, nextDueAt, language),
    nextView(subscription, reader.zone ?? subscription.zone, now, language),
    ...choiceViews(subscription, language),
    ...(template === undefined ? [] : [words.template.line(template)]),
    ...reachView(targets, language),
  ]
  return { html: words.detail(name, lines), keyboard: cardKeyboard(id, subscription, options) }
}

/** An admin has no buttons for what concerns the owner alone: rehearsals, the past, templates, copies and other readers. */
function cardKeyboard(
  id: number,
  subscription: Subscription,
  { reader, owner, now }: CardOptions,
): InlineKeyboardMarkup {
  const language = languageOf(reader.language)
  const isOwn = owner === undefined
  const words = texts[language]
  const { buttons } = words
  const own = { subscriptionId: id }
  const { subject, size, isWatchList } = subscription
  return {
    inline_keyboard: [
      [actions.sendReportNow.button(words.sendNow, own)],
      ...(isOwn
        ? [
            [
              actions.rehearse.button(buttons.rehearse, own),
              actions.typeSetting.button(buttons.past, { ...own, field: 'past' }),
            ],
          ]
        : []),
      [
        ...(subject === 'containers' ? [actions.openItems.button(buttons.items(size), { ...own, page: 0 })] : []),
        // The watch list is the list of a button: it stays one of containers.
        ...(isWatchList ? [] : [actions.offerSubjects.button(buttons.subject, own)]),
        actions.typeSetting.button(buttons.rename, { ...own, field: 'name' }),
      ],
      [
        actions.openWhen.button(buttons.when, own),
        isPaused(subscription, now)
          ? actions.resumeSubscription.button(buttons.resume, own)
          : actions.offerPause.button(buttons.pause, own),
      ],
      [actions.openOptions.button(buttons.options, own), actions.openEvents.button(buttons.events, own)],
      ...(isOwn
        ? [
            [actions.openTemplate.button(buttons.template, own)],
            [actions.openTargets.button(buttons.targets, own), actions.copySubscription.button(buttons.copy, own)],
          ]
        : []),
      [
        actions.askToRemoveSubscription.button(words.remove, own),
        actions.listSubscriptions.button(words.back, { page: 0, personId: owner?.id }),
      ],
    ],
  }
}

export function removeView({ id, name }: Subscription, language: Language): View {
  const words = texts[language]
  return {
    html: words.askRemove(name),
    keyboard: {
      inline_keyboard: [
        [actions.removeSubscription.button(words.confirmRemove(clip(name)), { subscriptionId: id })],
        [backButton(id, language)],
      ],
    },
  }
}

export function backButton(subscriptionId: number, language: Language): InlineKeyboardButton {
  return actions.viewSubscription.button(texts[language].back, { subscriptionId })
}

export interface Draft extends Pick<
  Subscription,
  'name' | 'subject' | 'subjectText' | 'companyId' | 'companyName' | 'stationName' | 'size' | 'slots'
> {
  readonly zone: string
}

export function confirmView(draft: Draft, now: Date, language: Language): View {
  const words = texts[language]
  const about = aboutView(draft, language)
  return {
    html: words.confirm(draft.name, about, scheduleView(draft, now, language)),
    keyboard: {
      inline_keyboard: [[actions.saveSubscription.button(words.save), actions.dropDraft.button(words.drop)]],
    },
  }
}

const timesInRow = 3

/** The offered times, and the first and the last of them together. */
export function timesKeyboard({
  language,
  offeredTimes,
}: Pick<BotContext, 'language' | 'offeredTimes'>): InlineKeyboardMarkup {
  const { first, second } = usualTimes(offeredTimes)
  const buttons = offeredTimes.map((time) => actions.chooseTimes.button(time, { first: time }))
  const both =
    second === undefined ? [] : [[actions.chooseTimes.button(texts[language].both(first, second), { first, second })]]
  return { inline_keyboard: [...inRowsOf(timesInRow, buttons), ...both] }
}

export function nextKeyboard(language: Language): InlineKeyboardMarkup {
  return { inline_keyboard: [[actions.closeNumbers.button(texts[language].next)]] }
}

/** Subjects besides a list, two in a row. */
export function subjectsKeyboard(
  language: Language,
  buttonOf: (text: string, subject: SubscriptionSubject) => InlineKeyboardButton,
  subjects: readonly SubscriptionSubject[] = subscriptionSubjects.filter((subject) => subject !== 'containers'),
): InlineKeyboardButton[][] {
  const buttons = subjects.map((subject) => buttonOf(texts[language].subjects[subject], subject))
  return Array.from({ length: Math.ceil(buttons.length / 2) }, (_, row) => buttons.slice(row * 2, row * 2 + 2))
}
