import { setFlagsFromString } from 'node:v8'
import { Worker } from 'node:worker_threads'
import { createPartWindow, recordPartAccepted, type PartWindow } from './part-window.ts'
import { startTimeLimit } from './time-limit.ts'

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
  /** The `workerData` of the thread, beside the `partWindow` through which it may send parts. */
  readonly data: object
  /** Of `data`: given to the thread instead of copied, and gone here. */
  readonly transfer?: readonly ArrayBuffer[]
  /**
   * Is shown each message; undefined means that it is the answer. Of a part that the thread sends ahead it promises to
   * have got rid of it: the thread waits while too many are not. When it fails, so does the whole work.
   */
  readonly acceptPart?: (message: unknown) => Promise<void> | undefined
  readonly limits: ThreadLimits
  readonly signal?: AbortSignal | undefined
}

// A thread that ends while V8 still compiles for it on another one aborts the whole process on Node 20, about once in a
// thousand threads. Compiling in the thread itself costs its short life nothing that can be measured.
setFlagsFromString('--no-concurrent-recompilation')

/**
 * Works on a file in a thread of its own that answers with one message, before which it may send parts. A file that kills
 * the thread or keeps it too long is reported; the process is never harmed. Throws when `signal` aborts, and errors of the thread.
 * While the thread waits for its parts to be taken, the file is not blamed for the time.
 */
export async function runInThread<Answer>(work: ThreadWork): Promise<ThreadOutcome<Answer>> {
  const { entry, data, transfer = [], limits, signal } = work
  signal?.throwIfAborted()
  const partWindow = createPartWindow()
  const worker = new Worker(entry, {
    workerData: { ...data, partWindow },
    transferList: [...transfer],
    // A reader has no business with the secrets of the service.
    env: {},
    resourceLimits: { maxOldGenerationSizeMb: limits.maxHeapMb },
  })
  try {
    return await outcome<Answer>(worker, work, partWindow)
  } finally {
    await worker.terminate()
  }
}

async function outcome<Answer>(
  worker: Worker,
  { limits: { timeoutMs }, signal, acceptPart }: ThreadWork,
  partWindow: PartWindow,
): Promise<ThreadOutcome<Answer>> {
  return new Promise((resolve, reject) => {
    const limit = startTimeLimit(timeoutMs, () =>
      resolve({ kind: 'died', reason: 'too_slow', detail: `not read within ${timeoutMs / 1000} s` }),
    )
    const fail = (error: unknown) => {
      cleanUp()
      reject(error)
    }
    const onAbort = () => fail(signal?.reason)
    const cleanUp = () => {
      limit.clear()
      signal?.removeEventListener('abort', onAbort)
    }
    let pending = 0
    const onAccepted = () => {
      pending -= 1
      limit.resume()
      recordPartAccepted(partWindow)
    }
    signal?.addEventListener('abort', onAbort, { once: true })
    worker.on('message', (message: Answer) => {
      const acceptance = acceptPart?.(message)
      if (!acceptance) {
        cleanUp()
        return resolve({ kind: 'answered', answer: message })
      }
      pending += 1
      if (pending >= partWindow.size) limit.pause()
      acceptance.then(onAccepted, fail)
    })
    worker.once('error', (error: Error & { code?: string }) => {
      if (error.code !== 'ERR_WORKER_OUT_OF_MEMORY') return fail(error)
      cleanUp()
      resolve({ kind: 'died', reason: 'reader_died', detail: 'needs more memory than a workbook may' })
    })
    worker.once('exit', (code) => fail(new Error(`the reading thread left with ${code} before it answered`)))
  })
}
