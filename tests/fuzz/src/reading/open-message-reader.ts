import { once } from 'node:events'
import { setTimeout as delay } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'
import type { MessageReading } from './message-thread.ts'

export interface MessageReader extends AsyncDisposable {
  /** Rejects when the reading kills its thread or takes longer than a minute; the next message gets a new thread. */
  readonly read: (raw: Uint8Array) => Promise<MessageReading>
}

const limitMs = 60_000

/** Parses messages in a thread, so that a message that hangs the reader hangs nothing else. */
export function openMessageReader(): MessageReader {
  let worker: Worker | undefined
  async function close(): Promise<void> {
    await worker?.terminate()
    worker = undefined
  }
  return {
    async read(raw) {
      worker ??= new Worker(new URL('message-thread.js', import.meta.url), { env: {} })
      const done = new AbortController()
      // once() rejects when the thread dies of an error.
      const answer = once(worker, 'message', done) as Promise<[MessageReading]>
      const late = delay(limitMs, undefined, done).then(() => Promise.reject(new Error('not read within a minute')))
      late.catch(() => undefined)
      worker.postMessage(raw, [])
      try {
        const [reading] = await Promise.race([answer, late])
        return reading
      } catch (error) {
        await close()
        throw error
      } finally {
        done.abort()
        answer.catch(() => undefined)
      }
    },
    [Symbol.asyncDispose]: close,
  }
}
