import { createHash } from 'node:crypto'

export interface LineChunks {
  readonly add: (line: string) => void
  /** Passes the rest on, and returns the hash of the content of all lines. */
  readonly end: () => Uint8Array
}

const chunkLength = 256 * 1024

/** Gathers lines into chunks of bytes for `take`, and hashes their content, after `salt`. */
export function createLineChunks(salt: string, take: (chunk: Uint8Array) => void): LineChunks {
  const encoder = new TextEncoder()
  const hash = createHash('sha256').update(salt)
  let pending = ''

  function flush(): void {
    if (pending === '') return
    const chunk = encoder.encode(pending)
    hash.update(chunk)
    take(chunk)
    pending = ''
  }
  return {
    add(line) {
      pending += line
      if (pending.length >= chunkLength) flush()
    },
    end() {
      flush()
      return hash.digest()
    },
  }
}
