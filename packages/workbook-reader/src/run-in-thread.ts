import { setFlagsFromString } from 'node:v8'
import { Worker } from 'node:worker_threads'

export interface ThreadLimits {
  readonly timeoutMs: number
  /** Of the thread's heap; the file's bytes and what is unpacked of it come on top. */
  readonly maxHeapMb: number
}

/** The answer of the thread, or why there was none. */
export type ThreadOutcome<Answer> = { readonly kind: 'answered'; readonly answer: Answer } | ThreadDeath

/** The file is at fault, as with one that cannot be read: trying again gives the same. */
export interface ThreadDeath {
  readonly kind: 'died'
  readonly reason: 'reader_died' | 'too_slow'
  readonly detail: string
}

export interface ThreadWork {
  /** Compiled code: a thread on Node 20 cannot run the sources. */
  readonly entry: URL
  /** What the thread finds as its `workerData`. */
  readonly data: object
  /** Of `data`: given to the thread instead of copied, and gone here. */
  readonly transfer?: readonly ArrayBuffer[]
  /** Is shown each message before the answer, and says whether it was a part that the thread sends ahead. */
  readonly takePart?: (message: unknown) => boolean
  readonly limits: ThreadLimits
  readonly signal?: AbortSignal | undefined
}

// A thread that ends while V8 still compiles for it on another one aborts the whole process on Node 20, about once in a
// thousand threads. Compiling in the thread itself costs its short life nothing that can be measured.
setFlagsFromString('--no-concurrent-recompilation')

/**
 * Works on a file in a thread of its own that answers with one message, before which it may send parts. A file that kills
 * the thread or keeps it too long is told; the process is never harmed. Throws when `signal` aborts, and what the thread throws.
 */
export async function runInThread<Answer>(work: ThreadWork): Promise<ThreadOutcome<Answer>> {
  const { entry, data, transfer = [], limits, signal } = work
  signal?.throwIfAborted()
  const worker = new Worker(entry, {
    workerData: data,
    transferList: [...transfer],
    // A reader has no business with the secrets of the service.
    env: {},
    resourceLimits: { maxOldGenerationSizeMb: limits.maxHeapMb },
  })
  try {
    return await outcome<Answer>(worker, work)
  } finally {
    await worker.terminate()
  }
}

async function outcome<Answer>(
  worker: Worker,
  { limits: { timeoutMs }, signal, takePart }: ThreadWork,
): Promise<ThreadOutcome<Answer>> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(
      () => resolve({ kind: 'died', reason: 'too_slow', detail: `not read within ${timeoutMs / 1000} s` }),
      timeoutMs,
    )
    const onAbort = () => reject(signal?.reason as Error)
    const settled = () => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', onAbort)
    }
    signal?.addEventListener('abort', onAbort, { once: true })
    worker.on('message', (answer: Answer) => {
      if (takePart?.(answer)) return
      settled()
      resolve({ kind: 'answered', answer })
    })
    worker.once('error', (error: Error & { code?: string }) => {
      settled()
      if (error.code !== 'ERR_WORKER_OUT_OF_MEMORY') return reject(error)
      resolve({ kind: 'died', reason: 'reader_died', detail: 'needs more memory than a workbook may' })
    })
    worker.once('exit', (code) => {
      settled()
      reject(new Error(`the reading thread left with ${code} before it answered`))
    })
  })
}
