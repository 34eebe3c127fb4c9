import { escapeHtml, kindName, type Language, workbooksTexts as texts } from '@atermtrack/messages'
import type { Wanted } from './place.ts'

/** The choices that narrow a list, as a line above it; the sender is the one of its rows. */
export function wantedLine(
  { kind, day, senderOf }: Wanted,
  rows: readonly { readonly sender: string | null }[],
  language: Language,
): string {
  const words = texts[language]
  const parts = [
    kind && kindName(kind, language),
    day && day.split('-').toReversed().join('.'),
    senderOf !== undefined && rows[0] && (rows[0].sender ?? words.byHand),
  ]
  return `🔎 ${escapeHtml(parts.filter(Boolean).join(', '))}`
}
