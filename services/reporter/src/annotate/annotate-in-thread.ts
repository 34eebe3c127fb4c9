import { runInThread, type ThreadDeath } from '@atermtrack/workbook-reader'
import type { ReadingSettings } from '@atermtrack/workbook-reader/settings'
import type { ArchiveFound, ArchivePlan, WrittenArchive } from './archive.ts'
import type { NumbersFound, UnreadableFile } from './plan/find-numbers.ts'
import type { OwnSet } from './plan/own-columns.ts'
import type { AnnotationPlan } from './plan/plan.ts'
import type { NotFillable, WrittenFile } from './write-columns.ts'

// Tests run from the sources, but a thread on Node 20 needs compiled code.
const entry = new URL(
  import.meta.url.replace('/src/', '/dist/').replace(/annotate-in-thread\.[jt]s$/, 'annotating-thread.js'),
)

export interface ThreadOptions {
  readonly settings: ReadingSettings
  readonly signal?: AbortSignal | undefined
}

/** Finds the container numbers of a file in a thread of its own. */
export async function findInThread(
  bytes: Uint8Array,
  ownSets: readonly OwnSet[],
  { settings, signal }: ThreadOptions,
): Promise<NumbersFound | ThreadDeath> {
  const data = { task: 'find', bytes, ownSets, limits: settings.workbook } as const
  return run<NumbersFound>(data, { settings, signal })
}

/** Finds the container numbers of a workbook, and the table for them where there are none yet, in a thread of its own. */
export async function findTablesInThread(
  bytes: Uint8Array,
  ownSets: readonly OwnSet[],
  { settings, signal }: ThreadOptions,
): Promise<NumbersFound | ThreadDeath> {
  const data = { task: 'find', bytes, ownSets, limits: settings.workbook, takesEmpty: true } as const
  return run<NumbersFound>(data, { settings, signal })
}

/** Writes columns and rows into a workbook in its own package, in a thread of its own. */
export async function fillInThread(
  bytes: Uint8Array,
  plan: AnnotationPlan,
  { settings, signal }: ThreadOptions,
): Promise<WrittenFile | NotFillable | UnreadableFile | ThreadDeath> {
  const data = { task: 'fill', bytes, plan, limits: settings.workbook } as const
  return run<WrittenFile | NotFillable | UnreadableFile>(data, { settings, signal })
}

/** Writes the columns into a file in a thread of its own. */
export async function writeInThread(
  bytes: Uint8Array,
  plan: AnnotationPlan,
  { settings, signal }: ThreadOptions,
): Promise<WrittenFile | UnreadableFile | ThreadDeath> {
  const data = { task: 'write', bytes, plan, limits: settings.workbook } as const
  return run<WrittenFile | UnreadableFile>(data, { settings, signal })
}

/** Finds the container numbers of the files in an archive in a thread of its own. */
export async function findArchivedInThread(
  bytes: Uint8Array,
  ownSets: readonly OwnSet[],
  { settings, signal }: ThreadOptions,
): Promise<ArchiveFound | ThreadDeath> {
  const { workbook: limits, archive } = settings
  const data = { task: 'find-archived', bytes, ownSets, limits, archive } as const
  return run<ArchiveFound>(data, { settings, signal })
}

/** Writes the columns into the files of an archive in a thread of its own. */
export async function writeArchivedInThread(
  bytes: Uint8Array,
  plan: ArchivePlan,
  { settings, signal }: ThreadOptions,
): Promise<WrittenArchive | UnreadableFile | ThreadDeath> {
  const { workbook: limits, archive } = settings
  const data = { task: 'write-archived', bytes, plan, limits, archive } as const
  return run<WrittenArchive | UnreadableFile>(data, { settings, signal })
}

async function run<Answer>(data: object, { settings, signal }: ThreadOptions): Promise<Answer | ThreadDeath> {
  const ended = await runInThread<Answer>({ entry, data, limits: settings.thread, signal })
  return ended.kind === 'answered' ? ended.answer : ended
}
