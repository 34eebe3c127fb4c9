import type { AccessWait, Person, PersonalDataCounts } from '@atermtrack/data'
import { type Language, privacyTexts as texts } from '@atermtrack/messages'
import type { InlineKeyboardMarkup } from 'telegraf/types'
import type { Action, NoParameters } from '../../routing/action.ts'
import type { View } from '../../routing/view.ts'
import * as actions from './actions.ts'

export function privacyView(language: Language): View {
  const words = texts[language]
  return { html: words.privacy, keyboard: rows([words.export, actions.exportData], [words.erase, actions.askToErase]) }
}

export interface Erasure {
  readonly counts: PersonalDataCounts
  readonly access: Person['access']
  /** The waiting time before another request, which erasing does not shorten. */
  readonly wait: AccessWait | undefined
}

/** Names the erased and the kept data; the button shows the number of erased records. */
export function eraseView({ counts, access, wait }: Erasure, language: Language): View {
  const words = texts[language]
  const { actions: _kept, ...erased } = counts
  const records = Object.values(erased).reduce((sum, n) => sum + n, 0)
  const kept = wait ? [words.keptAWhile, words.keptAccount[wait.access], ''] : []
  return {
    html: words.askErase(counts, words.endOfAccess[access], kept),
    keyboard: rows([words.confirm(records), actions.eraseData], [words.back, actions.showPrivacy]),
  }
}

function rows(...buttons: readonly (readonly [text: string, action: Action<NoParameters>])[]): InlineKeyboardMarkup {
  return { inline_keyboard: buttons.map(([text, action]) => [action.button(text)]) }
}
