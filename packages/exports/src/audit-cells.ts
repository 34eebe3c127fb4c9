import type { ExportValue } from '@atermtrack/data'
import type { AuditPart, ExportColumnType } from '@atermtrack/domain'
import {
  auditActorText,
  auditFacts,
  auditObjectText,
  type AuditReader,
  auditTexts,
  type RecordedAction,
  type RecordedActor,
} from '@atermtrack/messages'

/** The JSON of a part, as the source of the export composes it. */
type Stored = RecordedAction & RecordedActor

const parts: Readonly<Record<AuditPart, (stored: Stored, reader: AuditReader) => string>> = {
  auditActor: (stored, { language }) => auditActorText(stored, language),
  auditObject: (stored, { language }) => auditObjectText(stored, language),
  auditDetails: (stored, reader) => auditFacts(stored, reader).join(', '),
  auditOrigin: ({ updateId, command }, { language }) => {
    const words = auditTexts[language]
    if (typeof updateId === 'number') return words.update(updateId)
    return command ? words.commandLine(command) : words.service
  },
}

export function isAuditPart(type: ExportColumnType): type is AuditPart {
  return Object.hasOwn(parts, type)
}

/** A cell with a part of an entry of the audit in words. */
export function createAuditCell(type: AuditPart, reader: AuditReader): (value: ExportValue) => string | undefined {
  return (value) =>
    typeof value === 'string' ? parts[type](JSON.parse(value) as Stored, reader) || undefined : undefined
}
