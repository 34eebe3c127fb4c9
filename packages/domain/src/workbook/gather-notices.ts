/** Notices are gathered by topic: files of unknown senders, other files, and mail that was not accepted. */
export type NoticeTopic = 'strangers' | 'files' | 'mail'

/** One event that admins are notified about. */
export interface NoticeEntry {
  /** A file name or a subject. */
  readonly name: string
  /** A code of the workbooks or, under `mail`, of messages. */
  readonly reason: string
}

/** The events that admins are notified about within one period. */
export interface NoticePeriod {
  /** Events that had a message of their own. */
  readonly single: number
  readonly gathered: number
  /** Counts of the gathered events by reason. */
  readonly reasons: Readonly<Record<string, number>>
  /** Names of the newest gathered ones, the newest first. */
  readonly newest: readonly string[]
}

/** Number of events of a topic that have a message of their own within a period. */
const mostSingle: Readonly<Record<NoticeTopic, number>> = { strangers: 2, files: 5, mail: 2 }
const namesKept = 5

export const emptyPeriod: NoticePeriod = { single: 0, gathered: 0, reasons: {}, newest: [] }

/** Adds one event to a period and says whether it has a message of its own. */
export function addToPeriod(
  period: NoticePeriod,
  topic: NoticeTopic,
  { name, reason }: NoticeEntry,
): { readonly isSingle: boolean; readonly period: NoticePeriod } {
  if (period.single < mostSingle[topic]) return { isSingle: true, period: { ...period, single: period.single + 1 } }
  return {
    isSingle: false,
    period: {
      ...period,
      gathered: period.gathered + 1,
      reasons: { ...period.reasons, [reason]: (period.reasons[reason] ?? 0) + 1 },
      newest: [name, ...period.newest].slice(0, namesKept),
    },
  }
}
