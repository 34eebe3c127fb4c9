import type { CorrectableTrain, trainMoves } from '@atermtrack/data'
import {
  code,
  escapeHtml,
  formatExact,
  type Language,
  trainCorrectionsTexts as texts,
  trainListsTexts,
  trainMovesTexts,
} from '@atermtrack/messages'
import type { InlineKeyboardButton } from 'telegraf/types'
import type { View } from '../../../routing/view.ts'
import { nameView } from '../../lookup/card/way.ts'
import { listLists, showTrain } from '../actions.ts'
import { beginMove } from '../moving/actions.ts'
import * as actions from './actions.ts'

export interface CorrectionOptions {
  readonly language: Language
  readonly sourceZone: string
}

/** The fields of a train that may be corrected, with a button each, and the containers that have changed trains. */
export function correctionView(
  train: CorrectableTrain,
  moved: readonly trainMoves.MovedCount[],
  { language, sourceZone }: CorrectionOptions,
): View {
  const words = texts[language]
  const moveWords = trainMovesTexts[language]
  const { code: trainCode, destination, sentAt, containers } = train
  return view(
    [
      words.title(code(trainCode)),
      [
        words.destinationIs(destination === null ? words.noDestination : nameView(destination, language)),
        words.dateIs(formatExact(sentAt, { zone: sourceZone, language })),
        words.containersAre(containers),
        ...moved.map(({ way, code: other, count }) => moveWords[way](escapeHtml(other), count)),
      ].join('\n'),
      words.newerWins,
    ].join('\n\n'),
    [
      actions.correctDestination.button(words.changeDestination, { trainCode }),
      actions.correctDate.button(words.changeDate, { trainCode }),
    ],
    [
      actions.correctCode.button(words.changeCode, { trainCode }),
      actions.askToRemove.button(words.remove, { trainCode }),
    ],
    [
      beginMove.button(moveWords.move, { trainCode }),
      listLists.button(trainListsTexts[language].open, { trainCode, page: 0 }),
    ],
    [showTrain.button(words.back, { trainCode })],
  )
}

/** Asks for confirmation, and says what goes. */
export function removeView({ code: trainCode, containers, lists }: CorrectableTrain, language: Language): View {
  const words = texts[language]
  return view(
    words.askRemove(escapeHtml(trainCode), containers, lists),
    [actions.removeTrain.button(words.confirmRemove(containers), { trainCode, containers })],
    [actions.correctTrain.button(words.keep, { trainCode })],
  )
}

function view(html: string, ...rows: InlineKeyboardButton[][]): View {
  return { html, keyboard: { inline_keyboard: rows } }
}
