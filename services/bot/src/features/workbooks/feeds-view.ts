import type { Feed } from '@atermtrack/data'
import { rhythmOf } from '@atermtrack/domain'
import {
  escapeHtml,
  formatDateTime,
  formatDuration,
  formatMoment,
  kindName,
  type Language,
  type MomentReader,
  workbooksTexts as texts,
  zoneLine,
} from '@atermtrack/messages'
import type { View } from '../../routing/view.ts'
import * as actions from './actions.ts'

const minuteMs = 60_000
const shownFeeds = 15
const longestSender = 60

/** The sources that send reports by themselves: the last good one, how long ago that was, and when the next one is expected. */
export function feedsView(feeds: readonly Feed[], reader: MomentReader): View {
  const { language } = reader
  const words = texts[language].feeds
  const lines = feeds.slice(0, shownFeeds).flatMap((feed) => ['', ...feedLines(feed, reader)])
  const more = feeds.length - shownFeeds
  return {
    html: [
      words.title,
      ...(feeds.length === 0 ? ['', words.none] : lines),
      ...(more > 0 ? ['', words.more(more)] : []),
      ...(feeds.length > 0 ? ['', zoneLine(reader)] : []),
    ].join('\n'),
    keyboard: {
      inline_keyboard: [
        [actions.listFeeds.button(texts[language].buttons.refresh)],
        [actions.listWorkbooks.button(texts[language].buttons.list, { filter: 'all', page: 0 })],
      ],
    },
  }
}

function feedLines(feed: Feed, reader: MomentReader): readonly string[] {
  const { language, now } = reader
  const words = texts[language].feeds
  const { kind, sender, reportNumber, receivedAt, rowCount, usualRows } = feed
  const rhythm = rhythmOf(receivedAt, now)
  const [last] = receivedAt
  const sign = rhythm === undefined ? '⚪' : rhythm.lateMinutes > 0 ? '🟠' : '🟢'
  const name = [kindName(kind, language), reportNumber === '' ? undefined : `№${reportNumber}`]
    .filter(Boolean)
    .join(' ')
  const usual = usualRows === null ? undefined : Math.round(usualRows)
  return [
    `${sign} <b>${escapeHtml(name)}</b>, ${escapeHtml(sender, longestSender)}`,
    ...(last ? [words.last(formatMoment(last, reader), spell(now.getTime() - last.getTime(), language))] : []),
    ...(rowCount === null ? [] : [words.rows(rowCount, usual)]),
    ...(rhythm
      ? [
          rhythm.lateMinutes > 0
            ? words.late(formatDateTime(rhythm.expectedAt, reader), spell(rhythm.lateMinutes * minuteMs, language))
            : words.expected(
                formatDateTime(rhythm.expectedAt, reader),
                spell(rhythm.usualMinutes * minuteMs, language),
              ),
        ]
      : [words.irregular]),
  ]
}

function spell(ms: number, language: Language): string {
  return formatDuration(Math.max(0, Math.round(ms / minuteMs)), language)
}
