import type { broadcasts } from '@atermtrack/data'
import { clipText, toWall, formatWall } from '@atermtrack/domain'
import {
  broadcastLines,
  broadcastTexts as texts,
  countUnreached,
  formatDuration,
  type Language,
  formatExact,
  recallLines,
  toPlainText,
} from '@atermtrack/messages'
import type { InlineKeyboardMarkup } from 'telegraf/types'
import type { View } from '../../routing/view.ts'
import { pageRow, type Page } from '../../text/pages.ts'
import { showUnknown } from '../unknown-deliveries/actions.ts'
import * as actions from './actions.ts'
import type { ReaderOfTimes } from './draft-view.ts'
import type { Progress } from './read-progress.ts'

/** Deliveries that ended in the last so many minutes are counted as `recent`. */
const recentMinutes = 0.5

/** The progress of a broadcast that is confirmed, or its end. */
export function progressView(progress: Progress, { language, zone }: ReaderOfTimes): View {
  const { broadcast, counts, recall } = progress
  const { status, sendAt, recalledAt, recallEndedAt } = broadcast
  const words = texts[language]
  const isBefore = status === 'scheduled' && sendAt !== undefined
  const lines = isBefore
    ? [`📣 <b>${words.title.scheduled}</b>`, words.scheduledFor(formatExact(sendAt, { language, zone }))]
    : [...broadcastLines(status === 'scheduled' ? 'expanding' : status, counts, language)]
  if (counts.left > 0)
    lines.push(words.left(counts.left, status === 'sending' ? timeLeft(counts, language) : undefined))
  if (recalledAt) lines.push(...recallLines(recall, { isOver: recallEndedAt !== undefined, language }))
  return { html: lines.join('\n'), keyboard: { inline_keyboard: progressButtons(progress, language) } }
}

function progressButtons(progress: Progress, language: Language) {
  const words = texts[language]
  const { broadcast, counts } = progress
  const { id: broadcastId, status, round, recalledAt } = broadcast
  const stop = actions.askToStop.button(words.stop, { broadcastId })
  const around = [
    actions.openBroadcast.button(words.refresh, { broadcastId }),
    actions.listBroadcasts.button(words.toList, { page: 0 }),
  ]
  if (status === 'sending') return [[actions.pauseBroadcast.button(words.pause, { broadcastId }), stop], around]
  if (status === 'paused') return [[actions.resumeBroadcast.button(words.resume, { broadcastId }), stop], around]
  if (status === 'scheduled') return [[stop], around]
  if (status !== 'done' && status !== 'cancelled') return [around]
  const unreached = countUnreached(counts)
  return [
    counts.unknown > 0 ? [showUnknown.button(words.showUnknown(counts.unknown), { broadcastId })] : [],
    unreached > 0 ? [actions.orderUnreached.button(words.unreached(unreached), { broadcastId })] : [],
    counts.failed > 0 && !recalledAt
      ? [actions.resendFailed.button(words.resendFailed(counts.failed), { broadcastId, round })]
      : [],
    progress.mayRecall ? [actions.askToRecall.button(words.recall, { broadcastId })] : [],
    around,
  ].filter((row) => row.length > 0)
}

function timeLeft({ left, recent }: broadcasts.BroadcastCounts, language: Language): string | undefined {
  return recent === 0 ? undefined : formatDuration(Math.max(1, (left / recent) * recentMinutes), language)
}

/** Asks for confirmation before the remaining recipients are left out. */
export function confirmStopView(
  { id: broadcastId, status }: Pick<broadcasts.Broadcast, 'id' | 'status'>,
  left: number,
  language: Language,
): View {
  const words = texts[language]
  if (status === 'scheduled') {
    const row = [
      actions.cancelBroadcast.button(words.unschedule, { broadcastId }),
      actions.openBroadcast.button(words.back, { broadcastId }),
    ]
    return { html: words.confirmUnschedule, keyboard: { inline_keyboard: [row] } }
  }
  const row = [
    actions.cancelBroadcast.button(words.cancel(left), { broadcastId }),
    actions.resumeBroadcast.button(words.resume, { broadcastId }),
  ]
  return { html: words.confirmStop(left), keyboard: { inline_keyboard: [row] } }
}

/** Asks for confirmation before the messages are deleted. */
export function confirmRecallView(broadcastId: number, messages: number, language: Language): View {
  const words = texts[language]
  const row = [
    actions.recallBroadcast.button(words.confirmRecall(messages), { broadcastId, messages }),
    actions.openBroadcast.button(words.back, { broadcastId }),
  ]
  return { html: words.askRecall(messages), keyboard: { inline_keyboard: [row] } }
}

/** The last broadcasts with their states, each a button; `head` stands above them. */
export function listView(head: string, page: Page<broadcasts.Broadcast>, { language, zone }: ReaderOfTimes): View {
  const words = texts[language]
  const rows = page.rows.map((broadcast) => [
    actions.openBroadcast.button(lineOf(broadcast, { language, zone }), { broadcastId: broadcast.id }),
  ])
  return {
    html: rows.length === 0 ? head : `${head}\n\n${words.recent}`,
    keyboard: {
      inline_keyboard: [...rows, ...pageRow(page, (target) => actions.listBroadcasts.data({ page: target }))],
    },
  }
}

function lineOf(
  { status, recalledAt, sendAt, createdAt, text }: broadcasts.Broadcast,
  { language, zone }: ReaderOfTimes,
) {
  const words = texts[language]
  const state = recalledAt ? words.state.recalled : words.state[status]
  const at = formatWall(toWall(sendAt ?? createdAt, zone))
  const plain = toPlainText(text).replaceAll(/\s+/g, ' ').trim()
  return `${state} · ${at} · ${plain === '' ? words.untitled : clipText(plain, 25)}`
}

/** Below the question for the time. */
export function timeButtons(broadcastId: number, language: Language): InlineKeyboardMarkup {
  return { inline_keyboard: [[actions.sendAtOnce.button(texts[language].atOnce, { broadcastId })]] }
}
