import { TextDecoder } from 'node:util'

/** Encodes into a one-byte charset by the table that decoding all 256 bytes gives; fails for a character it lacks. */
export function encodeText(text: string, charset: string): Buffer {
  const decoder = new TextDecoder(charset)
  const bytes = new Map(Array.from({ length: 256 }, (_, byte) => [decoder.decode(Uint8Array.of(byte)), byte]))
  return Buffer.from(
    Array.from(text, (char) => {
      const byte = bytes.get(char)
      if (byte === undefined) throw new Error(`${charset} lacks ${char}`)
      return byte
    }),
  )
}
