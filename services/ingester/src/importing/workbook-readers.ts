import { openProcessPool } from '@atermtrack/workbook-reader'
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

/** Processes that read workbooks, and survive them or not. */
export interface WorkbookReaders extends AsyncDisposable {
  /**
   * Digests a workbook in a process of its own. A file that kills the process or keeps it too long is reported as unreadable. Throws
   * when `signal` aborts or lines are not accepted.
   */
  readonly read: (bytes: Uint8Array, request: DigestRequest, options?: ReadOptions) => Promise<WorkbookDigest>
}

/** Opens the readers; with `warm`, one is started at once and waits, with a heap of so many megabytes. */
export function openWorkbookReaders(warm?: { readonly maxHeapMb: number }): WorkbookReaders {
  const pool = openProcessPool({ entry, warm })
  return {
    async read(bytes, request, { signal, acceptLines } = {}) {
      const outcome = await pool.run<WorkbookDigest>({
        data: { bytes, request },
        limits: request.limits.task,
        signal,
        ...(acceptLines && { acceptPart: acceptLines }),
      })
      return outcome.kind === 'answered' ? outcome.answer : { ...outcome, kind: 'unreadable' }
    },
    [Symbol.asyncDispose]: async () => pool[Symbol.asyncDispose](),
  }
}
