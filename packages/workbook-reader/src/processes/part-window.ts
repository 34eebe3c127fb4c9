import type { Task } from './task.ts'

/**
 * Bytes of parts that are not accepted yet. With half as many the process waits so often that an import of 50,000 rows takes a quarter
 * longer.
 */
const windowBytes = 12_000_000

export interface PartWindowOptions {
  /** Paused while the window is full. */
  readonly pause: readonly { readonly pause: () => unknown; readonly resume: () => unknown }[]
  readonly acceptPart: Task['acceptPart']
  readonly onError: (error: unknown) => void
}

/** Hands parts over, and pauses their source, and the time limit with it, while too many bytes of them are not accepted. */
export function openPartWindow({ pause, acceptPart, onError }: PartWindowOptions): (bytes: Uint8Array) => void {
  let waiting = 0
  return (bytes) => {
    if (!acceptPart) return
    waiting += bytes.byteLength
    if (waiting >= windowBytes) for (const each of pause) each.pause()
    acceptPart(bytes).then(() => {
      waiting -= bytes.byteLength
      if (waiting < windowBytes) for (const each of pause) each.resume()
    }, onError)
  }
}
