import type { broadcasts } from '@atermtrack/data'
import {
  broadcastLines,
  broadcastTexts as texts,
  formatDuration,
  type Language,
  languageOf,
} from '@atermtrack/messages'
import { showUnknown } from '../unknown-deliveries/actions.ts'
import type { View } from '../../routing/view.ts'
import * as actions from './actions.ts'

type Shown = Pick<broadcasts.Broadcast, 'id' | 'status' | 'language'>

/** Deliveries that ended in the last so many minutes are counted as `recent`. */
const recentMinutes = 0.5

/** The text below the preview: the number of recipients, and the button that sends to that number. */
export function previewView(id: number, count: number, language: Language): View {
  const words = texts[language]
  const rewrite = actions.rewriteDraft.button(words.rewrite, { broadcastId: id })
  const drop = actions.dropDraft.button(words.drop, { broadcastId: id })
  if (count === 0) return { html: words.nobody, keyboard: { inline_keyboard: [[rewrite, drop]] } }
  const send = actions.sendBroadcast.button(`📣 ${words.send(count)}`, { broadcastId: id, recipients: count })
  return { html: words.preview(count), keyboard: { inline_keyboard: [[send], [rewrite, drop]] } }
}

/** The progress of a broadcast, or its end. */
export function progressView({ id, status, ...author }: Shown, counts: broadcasts.BroadcastCounts): View {
  const language = languageOf(author.language)
  const words = texts[language]
  const lines = [...broadcastLines(status, counts, language)]
  if (counts.left > 0)
    lines.push(words.left(counts.left, status === 'sending' ? timeLeft(counts, language) : undefined))
  return { html: lines.join('\n'), keyboard: { inline_keyboard: progressButtons({ id, status, language }, counts) } }
}

/** Asks for confirmation before the remaining recipients are left out. */
export function confirmStopView({ id, language }: Shown, left: number): View {
  const words = texts[languageOf(language)]
  const row = [
    actions.cancelBroadcast.button(words.cancel(left), { broadcastId: id }),
    actions.resumeBroadcast.button(words.resume, { broadcastId: id }),
  ]
  return { html: words.confirmStop(left), keyboard: { inline_keyboard: [row] } }
}

function progressButtons({ id: broadcastId, status, language }: Shown, { unknown }: broadcasts.BroadcastCounts) {
  const words = texts[languageOf(language)]
  const stop = actions.askToStop.button(words.stop, { broadcastId })
  if (status === 'sending') return [[actions.pauseBroadcast.button(words.pause, { broadcastId }), stop]]
  if (status === 'paused') return [[actions.resumeBroadcast.button(words.resume, { broadcastId }), stop]]
  const isOver = status === 'done' || status === 'cancelled'
  return isOver && unknown > 0 ? [[showUnknown.button(words.showUnknown(unknown), { broadcastId })]] : []
}

function timeLeft({ left, recent }: broadcasts.BroadcastCounts, language: Language): string | undefined {
  return recent === 0 ? undefined : formatDuration(Math.max(1, (left / recent) * recentMinutes), language)
}
