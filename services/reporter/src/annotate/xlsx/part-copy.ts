import { toBytes } from './parts/part-bytes.ts'

/**
 * A copy of a part that is made while a scanner goes through it, with changes on the way. Places are those of the scanner's
 * current `bytes`, and each change stands behind the one before.
 */
export interface PartCopy {
  /** Puts XML, a string of its bytes, in front of a place. */
  insert(bytes: Buffer, at: number, xml: string): void
  /** Puts XML in the place of `bytes[from, to)`. */
  replace(bytes: Buffer, from: number, to: number, xml: string): void
  /** Leaves out all from a place on, up to the one that `resume` names. */
  drop(bytes: Buffer, from: number): void
  resume(at: number): void
  /** Ends the piece: `bytes[0, to)` is through. */
  scanned(bytes: Buffer, to: number): void
  /** The bytes copied since the last call. */
  take(): Buffer
}

/** Starts a copy. */
export function createPartCopy(): PartCopy {
  const pieces: Buffer[] = []
  let added = ''
  let copied = 0
  let isDropping = false

  function flush(): void {
    if (added !== '') pieces.push(toBytes(added))
    added = ''
  }

  function keepTo(bytes: Buffer, at: number): void {
    if (at <= copied) return
    flush()
    pieces.push(bytes.subarray(copied, at))
    copied = at
  }

  return {
    insert(bytes, at, xml) {
      keepTo(bytes, at)
      added += xml
    },
    replace(bytes, from, to, xml) {
      keepTo(bytes, from)
      added += xml
      copied = to
    },
    drop(bytes, from) {
      keepTo(bytes, from)
      isDropping = true
    },
    resume(at) {
      copied = at
      isDropping = false
    },
    scanned(bytes, to) {
      if (!isDropping) keepTo(bytes, to)
      copied = 0
    },
    take() {
      flush()
      return Buffer.concat(pieces.splice(0))
    },
  }
}
