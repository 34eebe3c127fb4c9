import type { EmailAddress } from '@atermtrack/data'
import { emailTexts as texts, type Language } from '@atermtrack/messages'
import type { InlineKeyboardMarkup } from 'telegraf/types'
import type { Action, NoParameters } from '../../routing/action.ts'
import * as actions from './actions.ts'

export interface View {
  readonly html: string
  readonly keyboard: InlineKeyboardMarkup
}

/** The state of a person's address, with buttons to change it. */
export function emailView(email: EmailAddress | undefined, language: Language): View {
  const words = texts[language]
  if (!email) return { html: words.none, keyboard: rows([words.add, actions.askAddress]) }
  const { address, verifiedAt, bouncedAt } = email
  const change = [words.change, actions.askAddress] as const
  const remove = [words.remove, actions.askToRemoveEmail] as const
  if (bouncedAt) return { html: words.bounced(address), keyboard: rows(change, remove) }
  if (verifiedAt) return { html: words.verified(address), keyboard: rows(change, remove) }
  return { html: words.unverified(address), keyboard: rows([words.enterCode, actions.askCode], change, remove) }
}

export function removeView(address: string, language: Language): View {
  const words = texts[language]
  return {
    html: words.askRemove(address),
    keyboard: rows([words.confirmRemove, actions.removeEmail], [words.back, actions.showEmail]),
  }
}

function rows(...buttons: readonly (readonly [text: string, action: Action<NoParameters>])[]): InlineKeyboardMarkup {
  return { inline_keyboard: buttons.map(([text, action]) => [action.button(text)]) }
}
