import type { EmailAddress } from '@atermtrack/data'
import { emailTexts as texts, type Language } from '@atermtrack/messages'
import type { InlineKeyboardMarkup } from 'telegraf/types'
import { callbackData } from '../../routing/callback-data.ts'

export interface View {
  readonly html: string
  readonly keyboard: InlineKeyboardMarkup
}

/** What is known of a person's address and what can be done about it. */
export function emailView(email: EmailAddress | undefined, language: Language): View {
  const words = texts[language]
  if (!email) return { html: words.none, keyboard: rows([words.add, 'email-add']) }
  const { address, verifiedAt, bouncedAt } = email
  const change = [words.change, 'email-add'] as const
  const remove = [words.remove, 'email-remove'] as const
  if (bouncedAt) return { html: words.bounced(address), keyboard: rows(change, remove) }
  if (verifiedAt) return { html: words.verified(address), keyboard: rows(change, remove) }
  return { html: words.unverified(address), keyboard: rows([words.enterCode, 'email-code'], change, remove) }
}

export function removeView(address: string, language: Language): View {
  const words = texts[language]
  return {
    html: words.askRemove(address),
    keyboard: rows([words.confirmRemove, 'email-remove-yes'], [words.back, 'email-show']),
  }
}

function rows(...buttons: readonly (readonly [text: string, action: string])[]): InlineKeyboardMarkup {
  return { inline_keyboard: buttons.map(([text, action]) => [{ text, callback_data: callbackData(action) }]) }
}
