import { type Language, lookupTexts as texts } from '@atermtrack/messages'
import type { InlineKeyboardButton, InlineKeyboardMarkup } from 'telegraf/types'
import { callbackData } from '../../routing/callback-data.ts'

/** A card, and the list it was opened from: the update of the question that the list answers. */
export interface CardPlace {
  readonly container: string
  readonly list?: number | undefined
}

export interface CardButtons extends CardPlace {
  readonly isWatched: boolean
  /** The railway has seen it, so that there is something to tell of its past. */
  readonly isSeen: boolean
}

export function cardKeyboard(card: CardButtons, language: Language): InlineKeyboardMarkup {
  const words = texts[language]
  const ids = placeIds(card)
  const past = [
    button(words.history, 'history', card.container, card.list ?? 0, 0),
    button(words.excel, 'card-excel', card.container),
  ]
  return {
    inline_keyboard: [
      ...(card.isSeen ? [past] : []),
      [watchButton(card.container, card.isWatched, language), button(words.refresh, 'card', ...ids)],
      ...backToList(card, language),
    ],
  }
}

/** The button that begins or ends watching a container. */
export function watchButton(container: string, isWatched: boolean, language: Language): InlineKeyboardButton {
  const { watch, unwatch } = texts[language]
  return isWatched ? button(unwatch, 'unwatch', container) : button(watch, 'watch', container)
}

/** The ids of a button that opens a card. */
export function placeIds({ container, list }: CardPlace): readonly (string | number)[] {
  return list === undefined ? [container] : [container, list]
}

export function backToList({ list }: Pick<CardPlace, 'list'>, language: Language): InlineKeyboardButton[][] {
  return list === undefined ? [] : [[button(texts[language].backToList, 'lookup-list', list)]]
}

export function button(text: string, action: string, ...ids: readonly (string | number)[]): InlineKeyboardButton {
  return { text, callback_data: callbackData(action, ...ids) }
}
