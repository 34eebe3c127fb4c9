import { runInThread } from '@atermtrack/workbook-reader'
import type { DigestRequest, LinesMessage, WorkbookDigest } from './workbook-digest.ts'

// Tests run from the sources, but a thread on Node 20 needs compiled code.
const entry = new URL(
  import.meta.url.replace('/src/', '/dist/').replace(/read-in-thread\.[jt]s$/, 'reading/reading-thread.js'),
)

export interface ReadOptions {
  readonly signal?: AbortSignal
  /** Accepts the lines of a dislocation report while the thread reads on; the thread waits when too many are not accepted yet. */
  readonly acceptLines?: (lines: Uint8Array) => Promise<void>
}

/**
 * Digests a workbook in a thread of its own, which takes `bytes` over: they are gone here. A file that kills the thread or
 * keeps it too long is reported as unreadable; the process is never harmed. Throws when `signal` aborts or lines are not accepted.
 */
export async function readInThread(
  bytes: Uint8Array<ArrayBuffer>,
  request: DigestRequest,
  { signal, acceptLines }: ReadOptions = {},
): Promise<WorkbookDigest> {
  const read = await runInThread<WorkbookDigest>({
    entry,
    data: { bytes, request },
    transfer: [bytes.buffer],
    limits: request.limits.thread,
    signal,
    acceptPart(message) {
      const { kind, lines } = message as LinesMessage | (WorkbookDigest & { lines?: never })
      return kind === 'lines' ? (acceptLines?.(lines) ?? Promise.resolve()) : undefined
    },
  })
  return read.kind === 'answered' ? read.answer : { ...read, kind: 'unreadable' }
}
