import type { AuditEntry } from '@atermtrack/data'
import {
  auditActorText,
  auditFacts,
  auditObjectText,
  auditTexts as texts,
  bold,
  escapeHtml,
  formatExact,
  type Language,
} from '@atermtrack/messages'
import type { View } from '../../routing/view.ts'
import * as actions from './actions.ts'

export const entriesPerPage = 10

interface Reader {
  readonly language: Language
  readonly zone: string
}

export interface AuditPage {
  readonly rows: readonly AuditEntry[]
  readonly hasMore: boolean
  readonly page: number
  readonly text: string | undefined
}

/** A page of the audit, newest entries first. */
export function auditView({ rows, hasMore, page, text }: AuditPage, reader: Reader): View {
  const words = texts[reader.language]
  const turns = [
    ...(page > 0 ? [actions.turnAuditPage.button('‹', { page: page - 1 })] : []),
    ...(hasMore ? [actions.turnAuditPage.button('›', { page: page + 1 })] : []),
  ]
  const all = text === undefined ? [] : [actions.showAudit.button(words.everything)]
  const empty = text === undefined ? words.none : words.notFound
  return {
    html: [
      [words.title, ...(text === undefined ? [] : [words.found(text)])].join('\n'),
      ...(rows.length === 0 ? [empty] : rows.map((row) => entryView(row, reader))),
      words.hint,
    ].join('\n\n'),
    keyboard: { inline_keyboard: [turns, all].filter((row) => row.length > 0) },
  }
}

function entryView(entry: AuditEntry, { language, zone }: Reader): string {
  const words = texts[language]
  const { at, action, updateId } = entry
  const when = formatExact(at, { language, zone })
  // A release that knows more actions may have written it.
  const what = (words.actions as Readonly<Record<string, string>>)[action] ?? action
  const object = auditObjectText(entry, language)
  const facts = auditFacts(entry, { language, zone }).map((fact) => escapeHtml(fact))
  const origin = updateId === null ? [] : [words.update(updateId)]
  return [
    `${when} · ${words.entry(bold(auditActorText(entry, language)), what)}`,
    [object && bold(object), facts.join(', '), ...origin].filter(Boolean).join(' · '),
  ]
    .filter(Boolean)
    .join('\n')
}
