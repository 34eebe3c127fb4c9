import { type ContainerLinks, factsOf, type PositionView } from '@atermtrack/data'
import { lookupTexts as texts, picturesTexts, shareTexts } from '@atermtrack/messages'
import type { InlineKeyboardButton, InlineKeyboardMarkup } from 'telegraf/types'
import { shareList } from '../share/actions.ts'
import { isShareable } from '../share/clean-view.ts'
import { subscribeToList } from '../subscriptions/actions.ts'
import * as actions from './actions.ts'
import type { Answered } from './answer.ts'
import { listView } from './card/list.ts'
import { absentView, isAbridged } from './missing.ts'
import { carrierTitles, containersOnWagonView } from './card/wagon-containers.ts'
import { offered, type Suggestions } from './suggestions.ts'
import { statusView } from './card/facts/status.ts'
import { summaryView } from './card/summary.ts'
import { notSeenView, unseenTitle } from './card/links.ts'
import type { ViewOptions } from './view-options.ts'

const longestList = 10
const buttonsPerRow = 2
/** More rows push the answer off a phone: pictures give way. */
const mostRows = 8

/** All containers of an answer without duplicates, unknown ones included. */
export function containersOf({ asked, carried }: Pick<Answered, 'asked' | 'carried'>): readonly string[] {
  return [...new Set([...asked.containers, ...carried.map(({ container }) => container)])]
}

/** True when the answer is too long for a list. */
export function isLong(answered: Answered): boolean {
  return containersOf(answered).length > longestList
}

/** HTML records: a short list or a summary of a long one, then what was not found and the age of the data. */
export function answerView(answered: Answered, options: ViewOptions): readonly string[] {
  const { linked, absent, suggestions, freshness } = answered
  const { language } = options
  const long = isLong(answered)
  return [
    ...(long ? longView(answered, options) : shortView(answered, options)),
    ...notSeenView(linked, options),
    ...absentView(absent, suggestions, language),
    '',
    freshness,
    ...(long ? ['', texts[language].workbookFollows] : []),
  ]
}

/** A button for each container of a short list, for each suggestion, and for the rest of what was not found. */
export function answerKeyboard(
  answered: Answered,
  list: number,
  options: ViewOptions & { readonly mayShare?: boolean },
): InlineKeyboardMarkup | undefined {
  const words = texts[options.language]
  const { absent, suggestions } = answered
  const long = isLong(answered)
  const known = knownOf(answered)
  const rows = [
    ...(long ? [] : inRows(known.map((one) => openButton(one, list, options)))),
    ...suggestionRows(suggestions, { list, besides: known.map(({ container }) => container) }),
    [
      ...(long || known.length === 0 ? [] : [actions.sendListWorkbook.button(words.excel, { list })]),
      ...(isAbridged(absent)
        ? [
            actions.showAbsent.button(words.allAbsent(absent.missing.length + absent.mistyped.length), {
              list,
              page: 0,
            }),
          ]
        : []),
    ],
    ...(options.mayShare === true && known.some(isShareable)
      ? [[shareList.button(shareTexts[options.language].button, { list })]]
      : []),
  ].filter((row) => row.length > 0)
  const subscribe = containersOf(answered).length > 1 ? [[subscribeToList.button(words.subscribe, { list })]] : []
  const hasRoom = rows.length + subscribe.length < mostRows
  const drawn = known.length > 1 && hasRoom ? [pictureRow(list, options)] : []
  const all = [...rows, ...drawn, ...subscribe]
  return all.length > 0 ? { inline_keyboard: all } : undefined
}

function pictureRow(list: number, { language }: ViewOptions): InlineKeyboardButton[] {
  const words = picturesTexts[language].buttons
  return [actions.drawListMap.button(words.map, { list }), actions.drawListArrivals.button(words.arrivals, { list })]
}

/** Buttons for the suggestions, except those in `besides`, which have buttons already. `list` is the question to return to. */
export function suggestionRows(
  suggestions: Suggestions,
  { list, besides = [] }: { readonly list?: number; readonly besides?: readonly string[] } = {},
): InlineKeyboardButton[][] {
  const fresh = offered(suggestions).filter((container) => !besides.includes(container))
  return inRows(fresh.map((container) => actions.openCard.button(`📦 ${container}`, { container, list })))
}

function shortView({ asked, found, carried }: Answered, options: ViewOptions): readonly string[] {
  const list = listView(found, options).flatMap((record) => ['', record])
  return [...list, ...containersOnWagonView(carried, asked, options)]
}

function longView(answered: Answered, options: ViewOptions): readonly string[] {
  const { asked, carried, absent } = answered
  const known = knownOf(answered).filter((one) => 'station' in one)
  // Mistyped numbers count as asked for, so that found and not found add up to the total.
  const summary = summaryView(known, containersOf(answered).length + absent.mistyped.length, options)
  return [...summary, ...carrierTitles(carried, asked, options)]
}

/** The containers that have a card. */
function knownOf({ found, carried, linked }: Answered): readonly (PositionView | ContainerLinks)[] {
  return [...new Set([...found, ...carried, ...linked])]
}

function openButton(
  one: PositionView | ContainerLinks,
  list: number,
  { language, settings }: ViewOptions,
): InlineKeyboardButton {
  const state = 'station' in one ? statusView(one, factsOf(one, settings), language) : unseenTitle(one, language)
  const [sign = ''] = state.split(' ')
  return actions.openCard.button(`${sign} ${one.container}`, { container: one.container, list })
}

function inRows(buttons: readonly InlineKeyboardButton[]): InlineKeyboardButton[][] {
  const rows = Math.ceil(buttons.length / buttonsPerRow)
  return Array.from({ length: rows }, (_, row) => buttons.slice(row * buttonsPerRow, (row + 1) * buttonsPerRow))
}
