import type { trainMoves } from '@atermtrack/data'
import { code, escapeHtml, type Language, trainMovesTexts as texts } from '@atermtrack/messages'
import type { View } from '../../../routing/view.ts'
import * as actions from './actions.ts'

const mostShown = 30

/** The changes that a move would make, with the button that makes it. */
export function previewView(plan: trainMoves.MovePlan, shown: number, language: Language): View {
  const words = texts[language]
  const { from, to, moving, elsewhere, absent } = plan
  const names = [escapeHtml(from.code), escapeHtml(to.code)] as const
  const parts = [
    `${words.preview(...names, moving.length)}\n${numbersView(moving, language)}`,
    words.sizes(names[0], from.containers - moving.length, names[1], to.containers + moving.length),
    ...(absent.length > 0 ? [words.absent(numbersView(absent, language))] : []),
    ...(elsewhere.length > 0 ? [words.elsewhere(numbersView(elsewhere, language))] : []),
    words.staysMoved,
  ]
  const confirm = actions.makeMove.button(words.confirm(moving.length), { trainCode: from.code, to: to.code, shown })
  return {
    html: parts.join('\n\n'),
    keyboard: { inline_keyboard: [[confirm], [actions.dropMove.button(words.drop)]] },
  }
}

function numbersView(containers: readonly string[], language: Language): string {
  const shown = containers.slice(0, mostShown).map(code)
  const rest = containers.length - shown.length
  return [...shown, ...(rest > 0 ? [texts[language].more(rest)] : [])].join(', ')
}
