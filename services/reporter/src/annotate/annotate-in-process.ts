import { openProcessPool, type ProcessPool, type TaskDeath } from '@atermtrack/workbook-reader'
import type { ReadingSettings } from '@atermtrack/workbook-reader/settings'
import type { ArchiveFound, ArchivePlan, WrittenArchive } from './archive.ts'
import type { NumbersFound, UnreadableFile } from './plan/find-numbers.ts'
import type { OwnSet } from './plan/own-columns.ts'
import type { AnnotationPlan } from './plan/plan.ts'
import type { NotFillable, WrittenFile } from './write-columns.ts'

// Tests run from the sources, but a process on Node 20 needs compiled code.
const entry = new URL(
  import.meta.url.replace('/src/', '/dist/').replace(/annotate-in-process\.[jt]s$/, 'annotating-process.js'),
)

export interface ProcessOptions {
  readonly readers: ProcessPool
  readonly settings: ReadingSettings
  readonly signal?: AbortSignal | undefined
}

/** Opens the processes that read and write people's files; with `warm`, one waits from the beginning, with a heap of so many megabytes. */
export function openFileReaders(warm?: { readonly maxHeapMb: number }): ProcessPool {
  return openProcessPool({ entry, warm })
}

/** Finds the container numbers of a file in a process of its own. */
export async function findInProcess(
  bytes: Uint8Array,
  ownSets: readonly OwnSet[],
  options: ProcessOptions,
): Promise<NumbersFound | TaskDeath> {
  const data = { task: 'find', bytes, ownSets, limits: options.settings.workbook } as const
  return run<NumbersFound>(data, options)
}

/** Finds the container numbers of a workbook, and the table for them where there are none yet, in a process of its own. */
export async function findTablesInProcess(
  bytes: Uint8Array,
  ownSets: readonly OwnSet[],
  options: ProcessOptions,
): Promise<NumbersFound | TaskDeath> {
  const data = { task: 'find', bytes, ownSets, limits: options.settings.workbook, takesEmpty: true } as const
  return run<NumbersFound>(data, options)
}

/** Writes columns and rows into a workbook in its own package, in a process of its own. */
export async function fillInProcess(
  bytes: Uint8Array,
  plan: AnnotationPlan,
  options: ProcessOptions,
): Promise<WrittenFile | NotFillable | UnreadableFile | TaskDeath> {
  const data = { task: 'fill', bytes, plan, limits: options.settings.workbook } as const
  return run<WrittenFile | NotFillable | UnreadableFile>(data, options)
}

/** Writes the columns into a file in a process of its own. */
export async function writeInProcess(
  bytes: Uint8Array,
  plan: AnnotationPlan,
  options: ProcessOptions,
): Promise<WrittenFile | UnreadableFile | TaskDeath> {
  const data = { task: 'write', bytes, plan, limits: options.settings.workbook } as const
  return run<WrittenFile | UnreadableFile>(data, options)
}

/** Finds the container numbers of the files in an archive in a process of its own. */
export async function findArchivedInProcess(
  bytes: Uint8Array,
  ownSets: readonly OwnSet[],
  options: ProcessOptions,
): Promise<ArchiveFound | TaskDeath> {
  const { workbook: limits, archive } = options.settings
  const data = { task: 'find-archived', bytes, ownSets, limits, archive } as const
  return run<ArchiveFound>(data, options)
}

/** Writes the columns into the files of an archive in a process of its own. */
export async function writeArchivedInProcess(
  bytes: Uint8Array,
  plan: ArchivePlan,
  options: ProcessOptions,
): Promise<WrittenArchive | UnreadableFile | TaskDeath> {
  const { workbook: limits, archive } = options.settings
  const data = { task: 'write-archived', bytes, plan, limits, archive } as const
  return run<WrittenArchive | UnreadableFile>(data, options)
}

async function run<Answer>(data: object, { readers, settings, signal }: ProcessOptions): Promise<Answer | TaskDeath> {
  const ended = await readers.run<Answer>({ data, limits: settings.task, signal })
  return ended.kind === 'answered' ? ended.answer : ended
}
