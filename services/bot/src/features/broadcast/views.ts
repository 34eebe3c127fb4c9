import type { broadcasts } from '@atermtrack/data'
import {
  broadcastLines,
  broadcastTexts as texts,
  formatDuration,
  type Language,
  languageOf,
} from '@atermtrack/messages'
import type { InlineKeyboardButton, InlineKeyboardMarkup } from 'telegraf/types'
import { callbackData } from '../../routing/callback-data.ts'

export interface View {
  readonly html: string
  readonly keyboard: InlineKeyboardMarkup
}

type Shown = Pick<broadcasts.Broadcast, 'id' | 'status' | 'language'>

/** Deliveries settled in the last so many minutes are counted as `recent`. */
const recentMinutes = 0.5

/** What stands under the preview: how many would get it, and the button that sends it to so many. */
export function previewView(id: number, count: number, language: Language): View {
  const words = texts[language]
  const rewrite = button(words.rewrite, 'broadcast-rewrite', id)
  const drop = button(words.drop, 'broadcast-drop', id)
  if (count === 0) return { html: words.nobody, keyboard: { inline_keyboard: [[rewrite, drop]] } }
  const send = button(`📣 ${words.send(count)}`, 'broadcast-send', id, count)
  return { html: words.preview(count), keyboard: { inline_keyboard: [[send], [rewrite, drop]] } }
}

/** How far a broadcast is, or how it ended. */
export function progressView({ id, status, ...author }: Shown, counts: broadcasts.BroadcastCounts): View {
  const language = languageOf(author.language)
  const words = texts[language]
  const lines = [...broadcastLines(status, counts, language)]
  if (counts.left > 0)
    lines.push(words.left(counts.left, status === 'sending' ? timeLeft(counts, language) : undefined))
  return { html: lines.join('\n'), keyboard: { inline_keyboard: progressButtons({ id, status, language }, counts) } }
}

/** Asks once more before the rest is left out. */
export function confirmStopView({ id, language }: Shown, left: number): View {
  const words = texts[languageOf(language)]
  const row = [button(words.cancel(left), 'broadcast-cancel', id), button(words.resume, 'broadcast-resume', id)]
  return { html: words.confirmStop(left), keyboard: { inline_keyboard: [row] } }
}

function progressButtons({ id, status, language }: Shown, { unknown }: broadcasts.BroadcastCounts) {
  const words = texts[languageOf(language)]
  const stop = button(words.stop, 'broadcast-stop', id)
  if (status === 'sending') return [[button(words.pause, 'broadcast-pause', id), stop]]
  if (status === 'paused') return [[button(words.resume, 'broadcast-resume', id), stop]]
  const isOver = status === 'done' || status === 'cancelled'
  return isOver && unknown > 0 ? [[button(words.showUnknown(unknown), 'unknown-show', id)]] : []
}

function timeLeft({ left, recent }: broadcasts.BroadcastCounts, language: Language): string | undefined {
  return recent === 0 ? undefined : formatDuration(Math.max(1, (left / recent) * recentMinutes), language)
}

function button(text: string, action: string, ...ids: readonly number[]): InlineKeyboardButton {
  return { text, callback_data: callbackData(action, ...ids) }
}
