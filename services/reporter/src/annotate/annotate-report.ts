import { annotations, type Db, type reports, scopeOf, workbooks } from '@atermtrack/data'
import { reasonSentence, toWall } from '@atermtrack/domain'
import { sniffFormat, type ThreadDeath } from '@atermtrack/workbook-reader'
import type { ReadingSettings } from '@atermtrack/workbook-reader/settings'
import { escapeHtml } from '../report/caption.ts'
import { warnings } from '../report/notes.ts'
import { texts as reportTexts } from '../report/texts.ts'
import { findInThread, writeInThread } from './annotate-in-thread.ts'
import { composeAnnotationCaption } from './caption.ts'
import { annotatedFileName } from './file-name.ts'
import type { UnreadableFile } from './find-numbers.ts'
import { findKnown } from './known-containers.ts'
import { ownSets, makePlan } from './make-plan.ts'
import { type AnnotationSummary, summarise } from './summary.ts'
import { texts } from './texts.ts'

export interface AnnotateDependencies {
  readonly db: Db
  /** What a file may cost. */
  readonly reading: ReadingSettings
  readonly sourceZone: string
  readonly scheduleZone: string
  readonly adminChatIds: readonly number[]
  readonly staleAfterMinutes: number
  readonly standingAfterMinutes: number
  readonly now: () => Date
}

type Waiting = NonNullable<Awaited<ReturnType<typeof reports.beginBuilding>>>

/** A file that is ready to leave, or the sentence about one that cannot be had. */
export type Annotated =
  | { readonly kind: 'built'; readonly file: reports.BuiltReport; readonly html: string }
  | { readonly kind: 'refused'; readonly reason: string; readonly html: string }

/** Gives somebody's own workbook statuses beside its numbers: reads it, looks the numbers up, and writes the columns in. */
export async function annotateReport(
  dependencies: AnnotateDependencies,
  report: Waiting,
  signal: AbortSignal,
): Promise<Annotated> {
  const { db, reading: settings, sourceZone: zone, standingAfterMinutes } = dependencies
  const { language, personId, reader } = report
  const now = dependencies.now()
  const bytes = await annotations.getSource(db, report.id)
  const found = await findInThread(bytes, ownSets({ zone, now }), { settings, signal })
  if (found.kind === 'no_numbers') {
    return { kind: 'refused', reason: found.kind, html: escapeHtml(texts[language].noNumbers(nameOf(report))) }
  }
  if (found.kind !== 'found') return refusal(report, found, bytes)
  // What the reader may see now, whatever it was when the file was sent.
  const scope = scopeOf(reader, dependencies.adminChatIds.includes(reader.telegramId))
  const known = await findKnown(db, found.sheets, { personId, scope, standingAfterMinutes })
  const plan = makePlan(found.sheets, known, { language, zone, now })
  const written = await writeInThread(bytes, plan, { settings, signal })
  if (written.kind !== 'written') return refusal(report, written, bytes)
  const summary = await withFreshness(db, summarise(found.sheets, known, plan))
  const { isKept, content } = written
  const isBare = found.sheets.some(({ headerRow }) => headerRow === undefined)
  return {
    kind: 'built',
    html: composeAnnotationCaption(summary, {
      language,
      zone,
      isKept,
      warnings: staleness(dependencies, summary, report),
      bareColumns: isBare ? plan.columns.map(({ header }) => header) : [],
    }),
    file: {
      fileName: annotatedFileName(nameOf(report), { language, isKept, wall: toWall(now, dependencies.scheduleZone) }),
      content: Buffer.from(content.buffer, content.byteOffset, content.byteLength),
      rowCount: summary.found,
      missing: [...summary.unknown, ...summary.mistyped],
      asOf: summary.asOf,
    },
  }
}

/** What is said of a file that was begun too often without an end. */
export function annotationFailed(report: Waiting): string {
  return escapeHtml(texts[report.language].failed(nameOf(report)))
}

function nameOf({ name = '' }: Waiting): string {
  return name
}

function refusal(report: Waiting, { reason }: UnreadableFile | ThreadDeath, bytes: Uint8Array): Annotated {
  const words = texts[report.language]
  const isArchive = reason === 'not_a_workbook' && sniffFormat(bytes) === 'zip'
  const why = isArchive ? words.archive : reasonSentence(reason, report.language)
  return { kind: 'refused', reason, html: escapeHtml(words.refused(nameOf(report), why)) }
}

/** Where nothing of the file is known, the newest report says how fresh that knowledge is. */
async function withFreshness(db: Db, summary: AnnotationSummary): Promise<AnnotationSummary> {
  if (summary.heardAt) return summary
  const freshness = await workbooks.findFreshness(db)
  const heardAt = freshness?.confirmedAt ?? freshness?.stamp
  return { ...summary, heardAt, asOf: summary.asOf ?? freshness?.stamp }
}

function staleness(
  { staleAfterMinutes, scheduleZone, now }: AnnotateDependencies,
  { heardAt }: AnnotationSummary,
  { language, plannedAt }: Waiting,
): readonly string[] {
  const facts = { late: false, plannedAt, plannedZone: scheduleZone, heardAt, staleAfterMinutes, now: now() }
  return warnings(facts, reportTexts[language])
}
