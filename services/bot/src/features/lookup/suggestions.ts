import type { Background } from '@atermtrack/data'
import { type ContainerNumber, oneCharacterRepairs, rankSuggestions } from '@atermtrack/domain'

/** For each piece, the known containers that it may stand for: at most three, the likeliest first. */
export type Suggestions = ReadonlyMap<string, readonly ContainerNumber[]>

type Repairs = ReadonlyMap<string, readonly ContainerNumber[]>

/** A list with more slips than this is for its author to check. */
const mostPieces = 10
const mostOffered = 3

/** The numbers that are one slip away from a piece, for the first pieces that have any. */
export function repairsOf(pieces: readonly string[]): Repairs {
  const repairs = new Map<string, readonly ContainerNumber[]>()
  for (const piece of pieces) {
    if (repairs.size >= mostPieces) break
    const numbers = oneCharacterRepairs(piece)
    if (numbers.length > 0) repairs.set(piece, numbers)
  }
  return repairs
}

/** For each piece, the repairs that the person who asks may see. */
export function toSuggestions(repairs: Repairs, pieces: readonly string[], tiers: Background['tiers']): Suggestions {
  return new Map(
    pieces.flatMap((piece) => {
      const numbers = rankSuggestions(repairs.get(piece) ?? [], (number) => tiers.get(number))
      return numbers.length > 0 ? [[piece, numbers] as const] : []
    }),
  )
}

/** The best suggestions over all pieces, for buttons: the first of each piece, then the second ones. */
export function offered(suggestions: Suggestions): readonly ContainerNumber[] {
  const lists = [...suggestions.values()]
  const inTurn = Array.from({ length: mostOffered }, (_, place) => lists.flatMap((list) => list[place] ?? [])).flat()
  return [...new Set(inTurn)].slice(0, mostOffered)
}
