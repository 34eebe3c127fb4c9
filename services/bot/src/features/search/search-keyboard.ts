import { clipText, type Directory } from '@atermtrack/domain'
import { picturesTexts, searchTexts as texts, shareTexts } from '@atermtrack/messages'
import type { InlineKeyboardButton, InlineKeyboardMarkup } from 'telegraf/types'
import { pageOf, pageRow } from '../../text/pages.ts'
import { inPairs } from '../../routing/view.ts'
import { openCard } from '../lookup/actions.ts'
import type { ViewOptions } from '../lookup/view-options.ts'
import { subscribeToQuestion } from '../subscriptions/actions.ts'
import { openTrain } from '../trains/actions.ts'
import * as actions from './actions.ts'
import { changesOf } from './changes.ts'
import { encodeFilter, fitsButton } from './filter-code.ts'
import { codesOf } from './group-view.ts'
import { type Entry, entriesOf, filterOfGroup, isGroup } from './train-groups.ts'
import { perPage, type SearchAnswer } from './views.ts'

const mostRows = 8
const mostCards = 4
const mostTrains = 4

export interface KeyboardOptions extends Pick<ViewOptions, 'language'> {
  readonly directory: Directory
  /** Whether the person may pass answers on to clients. */
  readonly mayShare?: boolean
  /** The update of the question, where the person can subscribe to it. */
  readonly question?: number | undefined
}

/** Buttons for pages, for trains, for the cards of a few containers, for other readings of the question and for the workbook. */
export function searchKeyboard(answer: SearchAnswer, options: KeyboardOptions): InlineKeyboardMarkup {
  const { filter, found, page } = answer
  const { language, question, mayShare = false } = options
  const words = texts[language]
  const own = encodeFilter(filter)
  const cards =
    found.length <= mostCards ? found.map(({ container }) => openCard.button(`📦 ${container}`, { container })) : []
  const shown = pageOf(entriesOf(found, filter), page, perPage)
  const pages = pageRow(shown, (target) => actions.showFound.data({ filter: own, page: target }))
  const first = [...inPairs(cards), ...inPairs(trainButtons(answer, shown.rows, options)), ...pages]
  const changes = changesOf(filter, language).map((row) =>
    row.map((change) =>
      actions.showFound.button(clipText(change.label, 32), { filter: encodeFilter(change.filter), page: 0 }),
    ),
  )
  const { map, arrivals } = picturesTexts[language].buttons
  const drawn =
    found.length > 1
      ? [
          [
            actions.drawFoundMap.button(map, { filter: own }),
            actions.drawFoundArrivals.button(arrivals, { filter: own }),
          ],
        ]
      : []
  const last = [
    ...(found.length > 0 ? [actions.sendFoundWorkbook.button(words.excel, { filter: own })] : []),
    actions.refreshFound.button(words.refresh, { filter: own, page }),
  ]
  // The text of the question is not in the buttons: only the answer itself knows where it stands.
  const onwards = [
    ...(question === undefined ? [] : [subscribeToQuestion.button(words.subscribe, { question })]),
    ...(mayShare && found.length > 0 ? [actions.shareFound.button(shareTexts[language].button, { filter: own })] : []),
  ]
  const room = Math.max(0, mostRows - first.length - drawn.length - 1)
  return {
    inline_keyboard: [...first, ...changes.slice(0, room), ...drawn, last, ...(onwards.length > 0 ? [onwards] : [])],
  }
}

/** Of the trains on the page, whose containers are one line; or of the terminal's trains within the one that is asked for. */
function trainButtons(
  { filter, found, codes }: SearchAnswer,
  entries: readonly Entry[],
  { language, directory }: KeyboardOptions,
): readonly InlineKeyboardButton[] {
  const words = texts[language]
  if (filter.railTrain !== undefined) {
    return codesOf({ positions: found }, codes)
      .slice(0, mostTrains)
      .map((trainCode) => openTrain.button(`🚂 ${trainCode}`, { trainCode }))
  }
  return entries
    .filter(isGroup)
    .map((group) => ({ group, own: filterOfGroup(group, filter, directory) }))
    .filter(({ own }) => fitsButton(own))
    .slice(0, mostTrains)
    .map(({ group, own }) =>
      actions.showFound.button(words.trainButton(group.train, group.positions.length), {
        filter: encodeFilter(own),
        page: 0,
      }),
    )
}
