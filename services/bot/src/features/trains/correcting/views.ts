import type { CorrectableTrain } from '@atermtrack/data'
import { code, escapeHtml, formatExact, type Language, trainCorrectionsTexts as texts } from '@atermtrack/messages'
import type { InlineKeyboardButton } from 'telegraf/types'
import type { View } from '../../../routing/view.ts'
import { nameView } from '../../lookup/card/way.ts'
import { showTrain } from '../actions.ts'
import * as actions from './actions.ts'

export interface CorrectionOptions {
  readonly language: Language
  readonly sourceZone: string
}

/** The fields of a train that may be corrected, with a button each. */
export function correctionView(train: CorrectableTrain, { language, sourceZone }: CorrectionOptions): View {
  const words = texts[language]
  const { code: trainCode, destination, sentAt, containers } = train
  return view(
    [
      words.title(code(trainCode)),
      [
        words.destinationIs(destination === null ? words.noDestination : nameView(destination, language)),
        words.dateIs(formatExact(sentAt, { zone: sourceZone, language })),
        words.containersAre(containers),
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
