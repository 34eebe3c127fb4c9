import { isUtf8 } from 'node:buffer'
import { TextDecoder } from 'node:util'

/** A one-byte charset of Russian programs. */
export type RussianCharset = 'windows-1251' | 'koi8-r' | 'ibm866'

const SCORED_BYTES = 65_536
const ASCII_END = 0x80
const UTF8_LONGEST = 4
// Letters of Russian text, per thousand.
const FREQUENCIES = [
  110, 85, 80, 74, 67, 63, 55, 47, 45, 44, 35, 32, 30, 28, 26, 20, 19, 17, 17, 16, 16, 14, 12, 10, 9, 7, 6, 5, 4, 3, 3,
  0.4, 0.4,
]
const LETTER_FREQUENCIES: ReadonlyMap<string, number> = new Map(
  Array.from('оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъё', (letter, index) => [letter, FREQUENCIES[index] ?? 1]),
)
const SIGN_FREQUENCY = 1
const SIGNS = '№«»—–…°\u00a0'
// Below the rarest letter: a character that is neither letter nor sign counts against a charset.
const FOREIGN_FREQUENCY = 0.05
/** For a capital right behind a small letter, which koi8-r read as windows-1251 has in every word. */
const CAPITAL_WITHIN_WORD = Math.log(0.05)

/** Decodes text by its byte order mark, else as UTF-8 if it is that, else in the one-byte charset it looks most like. */
export function decodeText(bytes: Uint8Array): string {
  return new TextDecoder(detectCharset(bytes)).decode(bytes)
}

/** The name of the charset as `TextDecoder` knows it. */
export function detectCharset(bytes: Uint8Array): string {
  return charsetOfMark(bytes) ?? (isWholeUtf8(bytes) ? 'utf-8' : guessRussianCharset(bytes))
}

/** The charset of the byte order mark, if there is one. */
export function charsetOfMark([first, second, third]: Uint8Array): string | undefined {
  if (first === 0xff && second === 0xfe) return 'utf-16le'
  if (first === 0xfe && second === 0xff) return 'utf-16be'
  return first === 0xef && second === 0xbb && third === 0xbf ? 'utf-8' : undefined
}

/** The likeliest of the charsets by the letters that the bytes would be; the first one among equals. */
export function guessRussianCharset(
  bytes: Uint8Array,
  charsets: readonly [RussianCharset, ...RussianCharset[]] = ['windows-1251', 'koi8-r', 'ibm866'],
): RussianCharset {
  const head = bytes.subarray(0, SCORED_BYTES)
  let [best] = charsets
  let bestScore = Number.NEGATIVE_INFINITY
  for (const charset of charsets) {
    const score = scoreText(new TextDecoder(charset).decode(head))
    if (score > bestScore) [best, bestScore] = [charset, score]
  }
  return best
}

function isWholeUtf8(bytes: Uint8Array): boolean {
  if (isUtf8(bytes)) return true
  // A download cut within a letter is still UTF-8.
  return Array.from({ length: UTF8_LONGEST - 1 }, (_, cut) => bytes.subarray(0, -1 - cut)).some(
    (head) => head.length > UTF8_LONGEST && isUtf8(head) && head.some((byte) => byte >= ASCII_END),
  )
}

function scoreText(text: string): number {
  let score = 0
  let isAfterSmall = false
  for (const char of text) {
    if (char.charCodeAt(0) < ASCII_END) {
      isAfterSmall = false
      continue
    }
    const small = char.toLowerCase()
    const frequency = LETTER_FREQUENCIES.get(small)
    const isLetter = frequency !== undefined
    score += Math.log(frequency ?? (SIGNS.includes(char) ? SIGN_FREQUENCY : FOREIGN_FREQUENCY))
    if (isAfterSmall && isLetter && char !== small) score += CAPITAL_WITHIN_WORD
    isAfterSmall = isLetter && char === small
  }
  return score
}
