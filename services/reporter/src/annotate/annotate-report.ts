import { annotations, type Db, type reports, type Scope, storedFiles, workbooks } from '@atermtrack/data'
import { toWall } from '@atermtrack/domain'
import {
  annotationTexts as texts,
  type Language,
  type Notice,
  notice,
  reportTexts,
  skippedFile,
} from '@atermtrack/messages'
import { type ProcessPool, sniffFormat, type TaskDeath } from '@atermtrack/workbook-reader'
import type { ReadingSettings } from '@atermtrack/workbook-reader/settings'
import { warnings } from '../report/notes.ts'
import { findArchivedInProcess, findInProcess, writeArchivedInProcess, writeInProcess } from './annotate-in-process.ts'
import type { ArchivePlan, NumberedFile, SkippedFile } from './archive.ts'
import { type CaptionOptions, composeAnnotationCaption } from './caption.ts'
import { annotatedArchiveName, annotatedFileName } from './file-name.ts'
import type { UnreadableFile } from './plan/find-numbers.ts'
import { findKnown } from './known-containers.ts'
import { makePlan, ownSets } from './plan/make-plan.ts'
import type { AnnotationPlan, NumberSheet } from './plan/plan.ts'
import { type AnnotationSummary, summarise } from './summary.ts'

export interface AnnotateDependencies {
  readonly db: Db
  /** The limits for reading a file. */
  readonly reading: ReadingSettings
  /** The processes that read and write files. */
  readonly readers: ProcessPool
  readonly sourceZone: string
  readonly scheduleZone: string
  /** The current scope of the reader, which may differ from the scope when the file was sent. */
  readonly scope: Scope
  readonly staleAfterMinutes: number
  readonly standingAfterMinutes: number
}

/** Files of an archive that are named where none can be completed; it may hold many. */
const mostSkipped = 10

type Begun = NonNullable<Awaited<ReturnType<typeof reports.beginBuilding>>>
type Waiting = Omit<Begun, 'language'> & { readonly language: Language }

/** A file that is ready to leave, or the notice that there will be none. */
export type Annotated =
  | { readonly kind: 'built'; readonly file: Omit<reports.BuiltReport, 'builtFor'>; readonly html: string }
  | { readonly kind: 'refused'; readonly reason: string; readonly notice: Notice }

/** Gives somebody's own workbook, or a zip of them, statuses beside its numbers: reads, looks the numbers up, writes. */
export async function annotateReport(
  dependencies: AnnotateDependencies,
  report: Waiting,
  signal: AbortSignal,
): Promise<Annotated> {
  const source = await annotations.getSource(dependencies.db, report.id)
  const bytes = storedFiles.toBuffer(await storedFiles.readWhole(dependencies.db, source))
  const job: Job = { ...dependencies, report, bytes, signal }
  return sniffFormat(bytes) === 'zip' ? annotateArchive(job) : annotateWorkbook(job)
}

interface Job extends AnnotateDependencies {
  readonly report: Waiting
  readonly bytes: Buffer
  readonly signal: AbortSignal
}

async function annotateWorkbook(job: Job): Promise<Annotated> {
  const { report, bytes, readers, reading: settings, signal, sourceZone: zone, scheduleZone } = job
  const { language, now } = report
  const words = texts[language]
  const found = await findInProcess(bytes, ownSets({ zone, now }), { readers, settings, signal })
  if (found.kind === 'no_numbers') return refusal(report, { reason: found.kind })
  if (found.kind !== 'found') return refusal(report, found)
  const looked = await lookUp(job, found.sheets)
  const written = await writeInProcess(bytes, looked.plan, { readers, settings, signal })
  if (written.kind !== 'written') return refusal(report, written)
  const { isKept, isText, content } = written
  return built(job, looked, {
    content,
    fileName: annotatedFileName(nameOf(report), { language, isKept, wall: toWall(now, scheduleZone) }),
    losses: isKept ? [] : [isText ? words.wasText : words.notKept],
    files: [],
    skipped: [],
  })
}

async function annotateArchive(job: Job): Promise<Annotated> {
  const { report, bytes, readers, reading: settings, signal, sourceZone: zone, scheduleZone } = job
  const { language, now } = report
  const words = texts[language]
  const found = await findArchivedInProcess(bytes, ownSets({ zone, now }), { readers, settings, signal })
  if (found.kind !== 'archive') return refusal(report, found)
  if (found.files.length === 0) {
    return refusal(report, { reason: 'no_numbers', skipped: found.skipped.slice(0, mostSkipped) })
  }
  const looked = await lookUp(
    job,
    found.files.flatMap(({ sheets }) => sheets),
  )
  const naming = { language, wall: toWall(now, scheduleZone) }
  const plan = { naming, files: shareOut(found.files, looked.plan) }
  const written = await writeArchivedInProcess(bytes, plan, { readers, settings, signal })
  if (written.kind !== 'archive') return refusal(report, written)
  const { files, content } = written
  const [single, ...others] = files
  const renewed = files.flatMap(({ name, isKept, isText }) => (isKept || isText ? [] : [name]))
  return built(job, looked, {
    content,
    fileName: single && others.length === 0 ? single.newName : annotatedArchiveName(nameOf(report), naming),
    losses: renewed.length === 0 ? [] : [words.notKeptOf(renewed.join(', '))],
    files: files.map(({ name }) => name),
    skipped: found.skipped.map((file) => skippedFile(file, language)),
  })
}

/** Each file's part of the plan for all sheets. */
function shareOut(files: readonly NumberedFile[], plan: AnnotationPlan): ArchivePlan['files'] {
  let next = 0
  return files.map(({ place, sheets }) => {
    const first = next
    next += sheets.length
    return { place, plan: { ...plan, sheets: plan.sheets.slice(first, next) } }
  })
}

interface LookedUp {
  readonly plan: AnnotationPlan
  readonly summary: AnnotationSummary
  readonly isBare: boolean
}

async function lookUp(job: Job, sheets: readonly NumberSheet[]): Promise<LookedUp> {
  const { db, report, sourceZone: zone, standingAfterMinutes, scope } = job
  const { language, personId, now } = report
  const known = await findKnown(db, sheets, { personId, scope, standingAfterMinutes, sourceZone: zone })
  const plan = makePlan(sheets, known, { language, zone, now })
  const summary = await withFreshness(db, summarise(sheets, known))
  return { plan, summary, isBare: sheets.some(({ headerRow }) => headerRow === undefined) }
}

interface Outcome extends Pick<CaptionOptions, 'losses' | 'files' | 'skipped'> {
  readonly content: Uint8Array
  readonly fileName: string
}

function built(job: Job, { plan, summary, isBare }: LookedUp, { content, fileName, ...rest }: Outcome): Annotated {
  const { report, sourceZone: zone } = job
  const { found: rowCount, asOf, unknown, mistyped } = summary
  const html = composeAnnotationCaption(summary, {
    language: report.language,
    zone,
    warnings: staleness(job, summary),
    bareColumns: isBare ? plan.columns.map(({ header }) => header) : [],
    ...rest,
  })
  const bytes = Buffer.from(content.buffer, content.byteOffset, content.byteLength)
  return {
    kind: 'built',
    html,
    file: { fileName, content: bytes, rowCount, missing: [...unknown, ...mistyped], asOf },
  }
}

/** Replaces a file that was begun too often without an end. */
export function annotationFailed(report: Pick<Waiting, 'name'>): Notice {
  return notice('annotation_failed', { name: nameOf(report) })
}

function nameOf({ name = '' }: Pick<Waiting, 'name'>): string {
  return name
}

function refusal(
  report: Waiting,
  {
    reason,
    skipped,
  }: (UnreadableFile | TaskDeath | { readonly reason: 'no_numbers' }) & { readonly skipped?: SkippedFile[] },
): Annotated {
  return { kind: 'refused', reason, notice: notice('annotation_refused', { name: nameOf(report), reason, skipped }) }
}

/** Where nothing of the file is known, the newest report says how fresh that knowledge is. */
async function withFreshness(db: Db, summary: AnnotationSummary): Promise<AnnotationSummary> {
  if (summary.confirmedAt) return summary
  const freshness = await workbooks.findFreshness(db)
  const confirmedAt = freshness?.confirmedAt ?? freshness?.stamp
  return { ...summary, confirmedAt, asOf: summary.asOf ?? freshness?.stamp }
}

function staleness(
  { staleAfterMinutes, scheduleZone, report }: Job,
  { confirmedAt }: AnnotationSummary,
): readonly string[] {
  const { language, plannedAt, now } = report
  const facts = { late: false, plannedAt, plannedZone: scheduleZone, confirmedAt, staleAfterMinutes, now }
  return warnings(facts, reportTexts[language])
}
