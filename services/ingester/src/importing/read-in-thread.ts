import { Worker } from 'node:worker_threads'
import type { ThreadLimits } from './reading-settings.ts'
import type { DigestRequest, WorkbookDigest } from './workbook-digest.ts'

// Tests run from the sources, but a thread on Node 20 needs compiled code.
const entry = new URL(
  import.meta.url.replace('/src/', '/dist/').replace(/read-in-thread\.[jt]s$/, 'reading/reading-thread.js'),
)

/**
 * Digests a workbook in a thread of its own. A file that kills the thread or keeps it too long is told as unreadable; the
 * process is never harmed. Throws when `signal` aborts.
 */
export async function readInThread(
  bytes: Uint8Array,
  request: DigestRequest,
  signal?: AbortSignal,
): Promise<WorkbookDigest> {
  signal?.throwIfAborted()
  const worker = new Worker(entry, {
    workerData: { bytes, request },
    // A reader has no business with the secrets of the service.
    env: {},
    resourceLimits: { maxOldGenerationSizeMb: request.limits.thread.maxHeapMb },
  })
  try {
    return await outcome(worker, request.limits.thread, signal)
  } finally {
    await worker.terminate()
  }
}

async function outcome(worker: Worker, { timeoutMs }: ThreadLimits, signal?: AbortSignal): Promise<WorkbookDigest> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(
      () => resolve({ kind: 'unreadable', reason: 'too_slow', detail: `not read within ${timeoutMs / 1000} s` }),
      timeoutMs,
    )
    const onAbort = () => reject(signal?.reason as Error)
    const settled = () => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', onAbort)
    }
    signal?.addEventListener('abort', onAbort, { once: true })
    worker.once('message', (digest: WorkbookDigest) => {
      settled()
      resolve(digest)
    })
    worker.once('error', (error: Error & { code?: string }) => {
      settled()
      if (error.code !== 'ERR_WORKER_OUT_OF_MEMORY') return reject(error)
      resolve({ kind: 'unreadable', reason: 'reader_died', detail: 'needs more memory than a workbook may' })
    })
    worker.once('exit', (code) => {
      settled()
      reject(new Error(`the reading thread left with ${code} before it answered`))
    })
  })
}
