import { type ContainerLinks, factsOf, type PositionView } from '@atermtrack/data'
import { lookupTexts as texts } from '@atermtrack/messages'
import type { InlineKeyboardButton, InlineKeyboardMarkup } from 'telegraf/types'
import * as actions from './actions.ts'
import type { Answered } from './answer.ts'
import { listView } from './card/list.ts'
import { absentView, isAbridged } from './missing.ts'
import { carrierTitles, containersOnWagonView } from './card/wagon-containers.ts'
import { offered, type Suggestions } from './suggestions.ts'
import { summaryView } from './card/summary.ts'
import { notSeenView } from './card/links.ts'
import type { ViewOptions } from './view-options.ts'

const longestList = 10
const buttonsPerRow = 2

/** All containers that an answer is about, each once, the unknown ones too. */
export function containersOf({ asked, riders }: Pick<Answered, 'asked' | 'riders'>): readonly string[] {
  return [...new Set([...asked.containers, ...riders.map(({ container }) => container)])]
}

/** There is too much for a list. */
export function isLong(answered: Answered): boolean {
  return containersOf(answered).length > longestList
}

/** Records of HTML: a short list, or the counts of a long one; what was not found, and how old all of it is. */
export function answerView(answered: Answered, options: ViewOptions): readonly string[] {
  const { tied, absent, suggestions, freshness } = answered
  const { language } = options
  const long = isLong(answered)
  return [
    ...(long ? longView(answered, options) : shortView(answered, options)),
    ...notSeenView(tied, options),
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
  options: ViewOptions,
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
  ].filter((row) => row.length > 0)
  return rows.length > 0 ? { inline_keyboard: rows } : undefined
}

/** Buttons to what was perhaps meant, `besides` what has a button; `list` is the question to come back to. */
export function suggestionRows(
  suggestions: Suggestions,
  { list, besides = [] }: { readonly list?: number; readonly besides?: readonly string[] } = {},
): InlineKeyboardButton[][] {
  const fresh = offered(suggestions).filter((container) => !besides.includes(container))
  return inRows(fresh.map((container) => actions.openCard.button(`📦 ${container}`, { container, list })))
}

function shortView({ asked, found, riders }: Answered, options: ViewOptions): readonly string[] {
  const list = listView(found, options).flatMap((record) => ['', record])
  return [...list, ...containersOnWagonView(riders, asked, options)]
}

function longView(answered: Answered, options: ViewOptions): readonly string[] {
  const { asked, riders, absent } = answered
  const known = knownOf(answered).filter((one) => 'station' in one)
  // What was mistyped was asked for too: what is found and what is not are all of it.
  const summary = summaryView(known, containersOf(answered).length + absent.mistyped.length, options)
  return [...summary, ...carrierTitles(riders, asked, options)]
}

/** Those that have a card. */
function knownOf({ found, riders, tied }: Answered): readonly (PositionView | ContainerLinks)[] {
  return [...new Set([...found, ...riders, ...tied])]
}

function openButton(
  one: PositionView | ContainerLinks,
  list: number,
  { language, settings }: ViewOptions,
): InlineKeyboardButton {
  const words = texts[language]
  const state = 'station' in one ? words.status[factsOf(one, settings).status] : words.notSeenOne
  const [sign = ''] = state.split(' ')
  return actions.openCard.button(`${sign} ${one.container}`, { container: one.container, list })
}

function inRows(buttons: readonly InlineKeyboardButton[]): InlineKeyboardButton[][] {
  const rows = Math.ceil(buttons.length / buttonsPerRow)
  return Array.from({ length: rows }, (_, row) => buttons.slice(row * buttonsPerRow, (row + 1) * buttonsPerRow))
}
