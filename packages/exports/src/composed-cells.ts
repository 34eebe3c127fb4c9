import type { ExportValue } from '@atermtrack/data'
import { clipText, type ComposedText, type ExportColumnType } from '@atermtrack/domain'
import {
  auditActorText,
  auditFacts,
  auditObjectText,
  type AuditReader,
  auditTexts,
  type RecordedAction,
  type RecordedActor,
  renderNotice,
  toPlainText,
} from '@atermtrack/messages'

export interface ExportReader extends AuditReader {
  readonly now: Date
}

/** The JSON of a part of an entry, as the source of the export composes it. */
type StoredEntry = RecordedAction & RecordedActor

const longestMessage = 200

const auditParts: Readonly<
  Record<Exclude<ComposedText, 'message'>, (stored: StoredEntry, reader: AuditReader) => string>
> = {
  auditActor: (stored, { language }) => auditActorText(stored, language),
  auditObject: (stored, { language }) => auditObjectText(stored, language),
  auditDetails: (stored, reader) => auditFacts(stored, reader).join(', '),
  auditOrigin: ({ updateId, command }, { language }) => {
    const words = auditTexts[language]
    if (typeof updateId === 'number') return words.update(updateId)
    return command ? words.commandLine(command) : words.service
  },
}

export function isComposed(type: ExportColumnType): type is ComposedText {
  return type === 'message' || Object.hasOwn(auditParts, type)
}

/** A cell with what the JSON of its value means. */
export function createComposedCell(
  type: ComposedText,
  reader: ExportReader,
): (value: ExportValue) => string | undefined {
  const say = (stored: unknown) =>
    type === 'message' ? sayMessage(stored, reader) : auditParts[type](stored as StoredEntry, reader)
  return (value) => (typeof value === 'string' ? say(JSON.parse(value)) || undefined : undefined)
}

/** The name of a report, or the beginning of what a notice says. */
function sayMessage(stored: unknown, reader: ExportReader): string {
  if (typeof stored === 'string') return stored
  const rendered = renderNotice(stored, reader)
  const text = rendered.kind === 'rendered' ? toPlainText(rendered.html) : rendered.reason
  return clipText(text.replaceAll(/\s+/g, ' '), longestMessage)
}
