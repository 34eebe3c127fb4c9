import type { ContainerNumber } from './container-number.ts'
import { latinCapitals } from './look-alikes.ts'

export interface Question {
  /** Distinct, in the order of the text; a wrong check digit does not matter. */
  readonly containers: readonly ContainerNumber[]
  /** Distinct pieces that look like a container number and are none, as they were written. */
  readonly mistyped: readonly string[]
  /** The text says something besides. */
  readonly other: boolean
}

/** A longer text is cut. */
const longestQuestion = 100_000

// Line breaks never join a number: `MSKU601167` and the `2.` of the next line of a list are two things.
// All counts are bounded, so that the work grows with the length of the text alone.
const numbers = /(?<!\p{L})[A-Z]{3}[ -]?[UJZ][\t -]{0,3}\d(?:[ -]{0,2}\d){6}(?!\d)/gu
const attempts = /(?<![\p{L}\p{N}])(?:[A-Z]{3,5}(?:[\t -]{0,2}[\dOI]){5,9}|[A-Z]{3}[UJZ]\d{3,4})(?![\p{L}\p{N}])/gu

/** Finds container numbers in free text: any separators, pasted tables, blanks or dashes inside, Cyrillic look-alikes. */
export function readQuestion(text: string): Question {
  const written = text
    .slice(0, longestQuestion)
    .replace(/\p{Cf}/gu, '')
    .replace(/[^\S\n\r\t]/g, ' ')
    .replace(/[\p{Pd}−]/gu, '-')
  const containers = new Set<ContainerNumber>()
  const mistyped = new Set<string>()

  const withoutNumbers = replaceAligned(written, numbers, (_, capitals) => {
    containers.add(capitals.replace(/[\t -]/g, '') as ContainerNumber)
    return true
  })
  const rest = replaceAligned(withoutNumbers, attempts, (piece) => {
    const likely = isLikelyAttempt(piece)
    if (likely) mistyped.add(piece)
    return likely
  })
  return { containers: [...containers], mistyped: [...mistyped], other: /[\p{L}\p{N}]/u.test(rest) }
}

/** A Russian word in front of a number (ТЕСТ 12345) consists of look-alikes and stands apart from it. */
function isLikelyAttempt(piece: string): boolean {
  if (/^\p{L}{4}[\t -]*(?:\d[\t -]*){7}$/u.test(piece)) return true
  if (/^\p{L}{4}\d{3,4}$/u.test(piece)) return true
  return /(?:\d\D*){4}/.test(piece) && (/[a-z]/i.test(piece) || /^\p{L}+\d/u.test(piece))
}

/** Matches in Latin capitals, shows each match as it was written, and blanks out those that were taken. */
function replaceAligned(written: string, pattern: RegExp, take: (piece: string, capitals: string) => boolean): string {
  let rest = ''
  let end = 0
  for (const { 0: capitals, index } of latinCapitals(written).matchAll(pattern)) {
    const piece = written.slice(index, index + capitals.length)
    rest += written.slice(end, index) + (take(piece, capitals) ? ' ; ' : piece)
    end = index + piece.length
  }
  return rest + written.slice(end)
}
