import { type AttentionEntry, type AttentionList, mostOwn } from '@atermtrack/data'
import { type AttentionReason, attentionReasons } from '@atermtrack/domain'
import { attentionTexts as texts, changesTexts, formatNumber, type Language } from '@atermtrack/messages'
import type { InlineKeyboardButton } from 'telegraf/types'
import { pageOf, pageRow } from '../../text/pages.ts'
import { openCard } from '../lookup/actions.ts'
import { freshestOf, type Freshness, freshnessView } from '../lookup/freshness.ts'
import type { ViewOptions } from '../lookup/view-options.ts'
import type { View } from '../../routing/view.ts'
import * as actions from './actions.ts'
import { isGroup, linesOf } from './attention-lines.ts'
import { entryLines, lineView } from './entry-lines.ts'

/** The part of the list that is shown. */
export interface ListPlace {
  readonly whose: 'own' | 'all'
  readonly shown: 'any' | 'hidden' | AttentionReason
}

const perPage = 6
export const hoursLater = [4, 24, 72] as const
/** Of `mostCandidates`, for people. */
const mostLooked = 5_000

/** A page of the list with counts by reason; the newest report says how old the data are. */
export function listView(
  { entries, isCut }: AttentionList,
  place: ListPlace & { readonly page: number },
  options: ViewOptions,
): View {
  const { language } = options
  const words = texts[language]
  const { whose, shown } = place
  const open = entries.filter(({ isShown }) => isShown)
  const chosen = entries.filter((entry) => isChosen(entry, shown))
  const { rows, ...page } = pageOf(linesOf(chosen), place.page, perPage)
  const put = entries.length - open.length
  const newest = freshestOf<Freshness>(entries.map(({ position }) => position))
  const html = [
    [
      open.length === 0 ? words.nothing(words[whose]) : words.title(open.length, words[whose]),
      ...countLines(open, options),
      ...(put > 0 ? [words.putAway(put)] : []),
      ...(isCut ? [cutView(whose, language)] : []),
    ].join('\n'),
    ...rows.map((line, index) => `${page.page * perPage + index + 1}. ${lineView(line, options).join('\n')}`),
    ...(newest ? [freshnessView(newest, options)] : []),
  ].join('\n\n')
  const numbers = rows.map((line, index) => {
    const { container } = isGroup(line) ? line.first : line
    const target = { container, whose, shown }
    const text = String(page.page * perPage + index + 1)
    return isGroup(line)
      ? actions.openGroup.button(text, { ...target, page: 0 })
      : actions.openAttention.button(text, target)
  })
  return {
    html,
    keyboard: {
      inline_keyboard: [
        numbers,
        ...pageRow(page, (target) => actions.showAttention.data({ whose, shown, page: target })),
        choices(entries, place, options),
        [
          whose === 'own'
            ? actions.showAttention.button(words.buttons.everything, { whose: 'all', shown: 'any' })
            : actions.showAttention.button(words.buttons.own, { whose: 'own', shown: 'any' }),
          actions.showAttention.button(words.buttons.refresh, { whose, shown, page: page.page }),
        ],
      ].filter((row) => row.length > 0),
    },
  }
}

function cutView(whose: ListPlace['whose'], language: Language): string {
  if (whose === 'own') return changesTexts[language].cut(formatNumber(mostOwn, language))
  return texts[language].cut(formatNumber(mostLooked, language))
}

/** One container: why it needs somebody, what can be done, who is at it, with the buttons to decide. */
export function entryView(entry: AttentionEntry, { whose, shown }: ListPlace, options: ViewOptions): View {
  const words = texts[options.language]
  const { container, attention, mark, isShown } = entry
  const place = { container, whose, shown }
  const html = [
    entryLines(entry, options).join('\n'),
    attention.length === 0 ? words.calm : attention.map(({ reason }) => words.todo[reason]).join('\n'),
    freshnessView(entry.position, options),
  ].join('\n\n')
  const { buttons } = words
  const isTaken = mark?.takenBy !== null && mark?.takenBy !== undefined
  return {
    html,
    keyboard: {
      inline_keyboard: [
        [
          isTaken
            ? actions.releaseContainer.button(buttons.release, place)
            : actions.takeContainer.button(buttons.take, place),
          actions.askForNote.button(buttons.note, place),
        ],
        isShown
          ? hoursLater.map((hours) => actions.putOffContainer.button(buttons.later(hours), { hours, ...place }))
          : [actions.showContainerAgain.button(buttons.show, place)],
        ...(isShown
          ? [[actions.askUntil.button(buttons.until, place), actions.hideContainer.button(buttons.hide, place)]]
          : []),
        [openCard.button(buttons.card, { container })],
        [actions.showAttention.button(buttons.back, { whose, shown })],
      ],
    },
  }
}

function isChosen({ isShown, attention }: AttentionEntry, shown: ListPlace['shown']): boolean {
  if (shown === 'hidden') return !isShown
  return isShown && (shown === 'any' || attention.some(({ reason }) => reason === shown))
}

function countLines(entries: readonly AttentionEntry[], { language }: ViewOptions): readonly string[] {
  return attentionReasons.flatMap((reason) => {
    const count = entries.filter((entry) => isChosen(entry, reason)).length
    return count === 0 ? [] : [`${texts[language].reasons[reason]}: ${count}`]
  })
}

/** Buttons for the reasons that occur, by their signs. */
function choices(
  entries: readonly AttentionEntry[],
  { whose, shown }: ListPlace,
  { language }: ViewOptions,
): InlineKeyboardButton[] {
  const { reasons, buttons } = texts[language]
  const occurring = attentionReasons.filter((reason) => entries.some((entry) => isChosen(entry, reason)))
  const offered = [
    ['any', buttons.all] as const,
    ...occurring.map((reason) => [reason, reasons[reason].split(' ')[0] ?? reason] as const),
    ...(entries.some(({ isShown }) => !isShown) ? [['hidden', buttons.hidden] as const] : []),
  ]
  if (offered.length < 3) return []
  return offered.map(([target, text]) =>
    actions.showAttention.button(target === shown ? `·${text}·` : text, { whose, shown: target }),
  )
}
