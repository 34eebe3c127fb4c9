import { type EmailAddress, emailAddresses } from '@atermtrack/data'
import { bold, emailTexts as texts, escapeHtml, type Language } from '@atermtrack/messages'
import type { InlineKeyboardButton } from 'telegraf/types'
import type { View } from '../../routing/view.ts'
import * as actions from './actions.ts'

/** A person's addresses: one is shown with all its buttons, several as a list that leads to each. */
export function emailView(addresses: readonly EmailAddress[], language: Language): View {
  const words = texts[language]
  const [first] = addresses
  if (!first) return { html: words.none, keyboard: { inline_keyboard: [[actions.askAddress.button(words.add)]] } }
  if (addresses.length === 1) {
    const { html, keyboard } = addressView(first, language)
    return { html, keyboard: { inline_keyboard: [...keyboard.inline_keyboard, ...addButton(1, language)] } }
  }
  const lines = addresses.map((each) => `${words.states[stateOf(each)]} ${titleOf(each)}`)
  const open = addresses.map((each) => [
    actions.showEmail.button(`${words.states[stateOf(each)]} ${each.name ?? each.address}`, { id: each.id }),
  ])
  return {
    html: [words.title(addresses.length), '', ...lines].join('\n'),
    keyboard: { inline_keyboard: [...open, ...addButton(addresses.length, language)] },
  }
}

/** One address, its state, and the buttons that change it. */
export function addressView(email: EmailAddress, language: Language, { isOneOfMany = false } = {}): View {
  const words = texts[language]
  const { id, address, name } = email
  const state = stateOf(email)
  const rename = actions.askEmailName.button(words.rename, { id })
  const remove = actions.askToRemoveEmail.button(words.remove, { id })
  const change: Readonly<Record<typeof state, InlineKeyboardButton>> = {
    receives: actions.pauseEmail.button(words.pause, { id }),
    unverified: actions.askCode.button(words.enterCode, { id }),
    bounced: actions.tryEmailAgain.button(words.again, { id }),
    unsubscribed: actions.resumeEmail.button(words.resume, { id }),
  }
  const html = { receives: words.verified, ...words }[state](address)
  const back = isOneOfMany ? [[actions.showEmail.button(words.back)]] : []
  return {
    html: name === null ? html : `${html}\n«${escapeHtml(name)}»`,
    keyboard: { inline_keyboard: [[change[state]], [rename, remove], ...back] },
  }
}

export function removeView({ id, address }: EmailAddress, language: Language): View {
  const words = texts[language]
  return {
    html: words.askRemove(address),
    keyboard: {
      inline_keyboard: [
        [actions.removeEmail.button(words.confirmRemove, { id })],
        [actions.showEmail.button(words.back)],
      ],
    },
  }
}

function stateOf({ verifiedAt, bouncedAt, unsubscribedAt }: EmailAddress) {
  if (!verifiedAt) return 'unverified'
  if (bouncedAt) return 'bounced'
  return unsubscribedAt ? 'unsubscribed' : 'receives'
}

function titleOf({ name, address }: EmailAddress): string {
  return name === null ? bold(address) : `${bold(name)} · ${escapeHtml(address)}`
}

function addButton(count: number, language: Language): InlineKeyboardButton[][] {
  return count < emailAddresses.mostAddresses ? [[actions.askAddress.button(texts[language].addMore)]] : []
}
