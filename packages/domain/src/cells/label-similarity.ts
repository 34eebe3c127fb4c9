import { normaliseLabel } from './header.ts'

const wordsOfMarks = new Map([
  ['№', 'номер'],
  ['км', 'расстояние'],
  ['ст', 'станция'],
])
/** Words that mean nothing when only they are shared: `№` and `№ поезда`. */
const empty = new Set(['номер', 'дата', 'время', 'код', 'наименование'])
const shortestStem = 4
const leastStemShare = 0.4

/**
 * The similarity of two headings, 0 to 1: the share of their words that agree, where word forms and abbreviations
 * of one word do (`ст. назн.` and `Станция назначения`).
 */
export function labelSimilarity(a: string, b: string): number {
  const left = wordsOf(a)
  const right = wordsOf(b)
  const total = left.length + right.length
  const shared = sharedWords(left, right)
  return shared.every((word) => empty.has(word)) ? 0 : (2 * shared.length) / total
}

function wordsOf(label: string): string[] {
  const words = normaliseLabel(label).match(/[\p{L}\p{N}]+|№/gu) ?? []
  return words
    .filter((word) => !/^(?:и|в|с|на|по|под|and|of)$/.test(word))
    .map((word) => wordsOfMarks.get(word) ?? word)
}

function sharedWords(left: readonly string[], right: readonly string[]): string[] {
  const free = [...right]
  return left.filter((word) => {
    const index = free.findIndex((other) => isOneWord(word, other))
    if (index >= 0) free.splice(index, 1)
    return index >= 0
  })
}

function isOneWord(a: string, b: string): boolean {
  if (a === b) return true
  const [shorter, longer] = a.length < b.length ? [a, b] : [b, a]
  const stem = commonStart(shorter, longer)
  if (stem === shorter.length) return stem >= 3
  return stem >= shortestStem && stem >= leastStemShare * longer.length
}

function commonStart(shorter: string, longer: string): number {
  let length = 0
  while (length < shorter.length && shorter[length] === longer[length]) length += 1
  return length
}
