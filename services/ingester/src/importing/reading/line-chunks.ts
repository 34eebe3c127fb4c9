import { createHash } from 'node:crypto'

export interface LineChunks {
  readonly add: (line: string) => void
  readonly end: () => { readonly contentHash: Uint8Array; readonly chunks: readonly Uint8Array[] }
}

const chunkLength = 256 * 1024

/** Gathers lines into chunks of bytes and hashes what they say, after `salt`. */
export function createLineChunks(salt: string): LineChunks {
  const encoder = new TextEncoder()
  const hash = createHash('sha256').update(salt)
  const chunks: Uint8Array[] = []
  let pending = ''

  function flush(): void {
    if (pending === '') return
    const chunk = encoder.encode(pending)
    hash.update(chunk)
    chunks.push(chunk)
    pending = ''
  }
  return {
    add(line) {
      pending += line
      if (pending.length >= chunkLength) flush()
    },
    end() {
      flush()
      return { contentHash: hash.digest(), chunks }
    },
  }
}
