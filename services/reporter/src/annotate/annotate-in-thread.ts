import { runInThread, type ThreadDeath } from '@atermtrack/workbook-reader'
import type { ReadingSettings } from '@atermtrack/workbook-reader/settings'
import type { WrittenFile } from './annotating.ts'
import type { NumbersFound, UnreadableFile } from './find-numbers.ts'
import type { OwnSet } from './own-columns.ts'
import type { AnnotationPlan } from './plan.ts'

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

/** Writes the columns into a file in a thread of its own. */
export async function writeInThread(
  bytes: Uint8Array,
  plan: AnnotationPlan,
  { settings, signal }: ThreadOptions,
): Promise<WrittenFile | UnreadableFile | ThreadDeath> {
  const data = { task: 'write', bytes, plan, limits: settings.workbook } as const
  return run<WrittenFile | UnreadableFile>(data, { settings, signal })
}

async function run<Answer>(data: object, { settings, signal }: ThreadOptions): Promise<Answer | ThreadDeath> {
  const ended = await runInThread<Answer>({ entry, data, limits: settings.thread, signal })
  return ended.kind === 'answered' ? ended.answer : ended
}
