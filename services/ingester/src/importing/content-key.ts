/** The first 53 bits of a content hash: a number that PostgreSQL and JavaScript order alike. */
export function contentKeyOf(contentHash: Uint8Array): number {
  return Number(Buffer.from(contentHash).readBigUInt64BE(0) >> 11n)
}
