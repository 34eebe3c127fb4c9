import type { RecentFile } from '@atermtrack/data'
import { openProcessPool } from '@atermtrack/workbook-reader'
import type { ReadingSettings } from '@atermtrack/workbook-reader/settings'
import type { DigestRequest, WorkbookDigest } from './workbook-digest.ts'

// Tests run from the sources, but a process on Node 20 needs compiled code.
const entry = new URL(
  import.meta.url.replace('/src/', '/dist/').replace(/workbook-readers\.[jt]s$/, 'reading/reading-process.js'),
)

export interface ReadOptions {
  readonly signal?: AbortSignal
  /** Accepts the lines of a dislocation report while the process reads on; it waits when too many are not accepted yet. */
  readonly acceptLines?: (lines: Uint8Array) => Promise<void>
}

type Ending = Pick<RecentFile, 'id' | 'ending'>

/** The work of a reading process. */
export type ReadingTask =
  | {
      readonly kind: 'digest'
      readonly bytes: Uint8Array
      readonly request: DigestRequest
      readonly recent: readonly Ending[]
    }
  | {
      readonly kind: 'compare'
      readonly bytes: Uint8Array
      readonly other: Uint8Array
      readonly limits: ReadingSettings
    }

/** The digest of a workbook, or the recent one whose parts it seems to hold: then it was not read. */
export type FirstLook = WorkbookDigest | { readonly kind: 'like'; readonly workbookId: number }

/** Processes that read workbooks, and survive them or not. */
export interface WorkbookReaders extends AsyncDisposable {
  /**
   * Digests a workbook in a process of its own. A file that kills the process or keeps it too long is reported as unreadable. Throws
   * when `signal` aborts or lines are not accepted.
   */
  readonly read: (bytes: Uint8Array, request: DigestRequest, options?: ReadOptions) => Promise<WorkbookDigest>
  /** As `read`, unless the workbook seems to have the same parts as one of the recent ones. */
  readonly readUnlike: (
    bytes: Uint8Array,
    request: DigestRequest,
    options: ReadOptions & { readonly recent: readonly Ending[] },
  ) => Promise<FirstLook>
  /** Whether the parts of two zips hold the same; false where one is not sound, or kills the process. Throws as `read`. */
  readonly haveSameParts: (
    bytes: Uint8Array,
    other: Uint8Array,
    options: { readonly limits: ReadingSettings; readonly signal: AbortSignal | undefined },
  ) => Promise<boolean>
}

/** Opens the readers; with `warm`, one is started at once and waits, with a heap of so many megabytes. */
export function openWorkbookReaders(warm?: { readonly maxHeapMb: number }): WorkbookReaders {
  const pool = openProcessPool({ entry, warm })

  async function digest<Digest>(task: ReadingTask & { kind: 'digest' }, { signal, acceptLines }: ReadOptions) {
    const outcome = await pool.run<Digest>({
      data: task,
      limits: task.request.limits.task,
      signal,
      ...(acceptLines && { acceptPart: acceptLines }),
    })
    return outcome.kind === 'answered' ? outcome.answer : { ...outcome, kind: 'unreadable' as const }
  }
  return {
    read: async (bytes, request, options = {}) =>
      digest<WorkbookDigest>({ kind: 'digest', bytes, request, recent: [] }, options),
    readUnlike: async (bytes, request, { recent, ...options }) =>
      digest<FirstLook>({ kind: 'digest', bytes, request, recent }, options),
    async haveSameParts(bytes, other, { limits, signal }) {
      const data: ReadingTask = { kind: 'compare', bytes, other, limits }
      const outcome = await pool.run<boolean>({ data, limits: limits.task, signal })
      return outcome.kind === 'answered' && outcome.answer
    },
    [Symbol.asyncDispose]: async () => pool[Symbol.asyncDispose](),
  }
}
