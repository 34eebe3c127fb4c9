import { type Language, lookupTexts as texts, picturesTexts, provenanceTexts, shareTexts } from '@atermtrack/messages'
import type { InlineKeyboardButton, InlineKeyboardMarkup } from 'telegraf/types'
import { showProvenance } from '../provenance/actions.ts'
import { shareCard } from '../share/actions.ts'
import * as actions from './actions.ts'

/** A card and the list that it was opened from. The update of its question identifies a list. */
export interface CardPlace {
  readonly container: string
  readonly list?: number | undefined
}

export interface CardButtons extends CardPlace {
  readonly isWatched: boolean
  /** The railway has seen the container, so there is something to put into a workbook. */
  readonly isSeen: boolean
  /** The reader may see which rows of which files speak of it. */
  readonly mayInspect: boolean
  /** The reader may pass it on to somebody outside, and there is something to say of it. */
  readonly mayShare?: boolean
}

export function cardKeyboard(card: CardButtons, language: Language): InlineKeyboardMarkup {
  const words = texts[language]
  const { route, pace } = picturesTexts[language].buttons
  const { container, list } = card
  const past = [
    actions.showHistory.button(words.history, { container, list, page: 0 }),
    ...(card.isSeen ? [actions.sendCardWorkbook.button(words.excel, { container })] : []),
  ]
  return {
    inline_keyboard: [
      past,
      ...(card.isSeen
        ? [[actions.drawRoute.button(route, { container }), actions.drawPace.button(pace, { container })]]
        : []),
      [
        watchButton(container, card.isWatched, language),
        actions.refreshCard.button(words.refresh, { container, list }),
      ],
      ...(card.mayShare === true ? [[shareCard.button(shareTexts[language].button, { container })]] : []),
      ...(card.mayInspect
        ? [[showProvenance.button(provenanceTexts[language].button, { container, list, page: 0 })]]
        : []),
      ...backToList(card, language),
    ],
  }
}

/** The button that starts or stops watching a container. */
export function watchButton(
  container: string,
  isWatched: boolean,
  language: Language,
): InlineKeyboardButton.CallbackButton {
  const { watch, unwatch } = texts[language]
  return isWatched
    ? actions.unwatchContainer.button(unwatch, { container })
    : actions.watchContainer.button(watch, { container })
}

export function backToList({ list }: Pick<CardPlace, 'list'>, language: Language): InlineKeyboardButton[][] {
  return list === undefined ? [] : [[actions.showList.button(texts[language].backToList, { list })]]
}
