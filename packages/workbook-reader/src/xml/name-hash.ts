const COLON = 0x3a

/**
 * A name as a number: of an element of the part's own namespace or of an attribute without one the local name alone, of any other
 * the name behind the usual prefix of its namespace (`table:table-row`, `r:id`), whatever prefix the file uses. A crafted
 * collision could only make a hostile file mean something else to its sender.
 */
export function nameHash(name: string): number {
  const bytes = Buffer.from(name)
  return hashBytes(0, bytes, 0, bytes.length)
}

/** The hash of the bytes behind those that `start` is the hash of. */
export function hashBytes(start: number, bytes: Buffer, from: number, to: number): number {
  let hash = start
  for (let at = from; at < to; at++) hash = hashByte(hash, bytes[at] as number)
  return hash
}

/** The place of the colon of a name; -1 where it has none. */
export function findColon(bytes: Buffer, from: number, to: number): number {
  for (let at = from; at < to; at++) if (bytes[at] === COLON) return at
  return -1
}

function hashByte(hash: number, byte: number): number {
  return (Math.imul(hash, 31) + byte) | 0
}
