import { attention as rules, type AttentionEntry } from '@atermtrack/data'
import type { Attention } from '@atermtrack/domain'
import {
  attentionTexts as texts,
  code,
  escapeHtml,
  formatDate,
  formatDateTime,
  formatDuration,
  formatMoment,
  lookupTexts,
  searchTexts,
} from '@atermtrack/messages'
import { wayView } from '../lookup/card/way.ts'
import { momentReaderOf, type ViewOptions } from '../lookup/view-options.ts'
import { type AttentionGroup, type AttentionLine, isGroup } from './attention-lines.ts'

const longestNote = 200

/** A line of the list, as lines of text: what it is, where, why it needs somebody, and what people have decided. */
export function lineView(line: AttentionLine, options: ViewOptions): readonly string[] {
  return isGroup(line) ? groupLines(line, options) : entryLines(line, options)
}

/** One container. */
export function entryLines(entry: AttentionEntry, options: ViewOptions): readonly string[] {
  const { container, position, facts, attention } = entry
  const { language } = options
  const status = lookupTexts[language].status[facts.status]
  // The status of an abandoned or a missing container is its reason, too.
  const isReason = attention.some(({ reason }) => texts[language].one[reason] === status)
  return [
    isReason ? code(container) : `${code(container)} ${status}`,
    `📍 ${wayView(position, facts, language)}`,
    ...attention.map((one) => reasonLine(one, position, options)),
    ...markLines(entry, options),
  ]
}

/** Containers of one train: a reason stands since the first of them has it. */
export function groupLines({ train, first, entries }: AttentionGroup, options: ViewOptions): readonly string[] {
  const { language } = options
  const reasons = first.attention.map(({ reason }, place): Attention => {
    const times = entries.flatMap(({ attention }) => attention[place]?.since?.getTime() ?? [])
    return { reason, since: times.length === 0 ? undefined : new Date(Math.min(...times)) }
  })
  return [
    searchTexts[language].train(train, '', entries.length),
    `📍 ${wayView(first.position, first.facts, language)}`,
    ...reasons.map((one) => reasonLine(one, first.position, options, texts[language].reasons)),
    ...markLines(first, options),
  ]
}

function markLines({ mark }: AttentionEntry, options: ViewOptions): readonly string[] {
  const words = texts[options.language]
  const reader = momentReaderOf(options)
  const { takenAt, takenByName, laterUntil, hiddenState, note } = mark ?? {}
  return [
    ...(takenAt ? [words.taken(takenByName ?? '—', formatMoment(takenAt, reader))] : []),
    ...(laterUntil && laterUntil > options.now ? [words.later(formatDateTime(laterUntil, reader))] : []),
    ...(hiddenState ? [words.hidden] : []),
    ...(note ? [words.note(escapeHtml(note, longestNote))] : []),
  ]
}

/** `🛑 брошен с 12 августа 08:00 (3 сут 4 ч)` */
function reasonLine(
  attention: Attention,
  position: AttentionEntry['position'],
  options: ViewOptions,
  names = texts[options.language].one,
): string {
  const { language, now } = options
  const { reason, since } = attention
  const { zone, deliveryDueAt } = position
  const words = texts[language]
  const isAboutNorm = reason === 'late' || reason === 'at_risk'
  // The norm is a day of the source.
  const due = isAboutNorm && deliveryDueAt ? `, ${words.due(formatDate(deliveryDueAt, { language, zone, now }))}` : ''
  if (!since || reason === 'late') return `${names[reason]}${due}`
  const duration = formatDuration((rules.heldUntil(attention, position).getTime() - since.getTime()) / 60_000, language)
  return `${names[reason]} ${words.since(formatDateTime(since, momentReaderOf(options)), duration)}${due}`
}
