const CHUNK_BYTES = 256 * 1024

/** A file in memory as the chunks that scanners take. */
export async function* toChunks(file: Buffer): AsyncGenerator<Buffer> {
  for (let at = 0; at < file.length; at += CHUNK_BYTES) yield file.subarray(at, at + CHUNK_BYTES)
}
