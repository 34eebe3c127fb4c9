import { type ContainerLinks, currentLinks, type Db, factsOf, lookups, positions, type Scope } from '@atermtrack/data'
import { type ContainerNumber, oneCharacterRepairs, rankSuggestions } from '@atermtrack/domain'
import type { PictureRow } from '../report/picture.ts'
import type { NumberSheet } from './plan/plan.ts'

/** What is known of the numbers in a file, by what stands there. */
export interface KnownContainers {
  readonly rows: ReadonlyMap<string, PictureRow>
  readonly ties: ReadonlyMap<string, ContainerLinks>
  /** What a number that nothing is known of may have been meant for, the likeliest first. */
  readonly suggestions: ReadonlyMap<string, readonly ContainerNumber[]>
}

export interface KnowingOptions {
  readonly personId: number
  readonly scope: Scope
  readonly standingAfterMinutes: number
  /** Zone of a terminal's own times where its report names none. */
  readonly sourceZone: string
}

/** Numbers asked for in one statement. */
const batchSize = 2_000
/** A list full of slips is better looked through by who wrote it. */
const mostRepaired = 200

/** Reads what the person may know of the numbers of a file. */
export async function findKnown(
  db: Db,
  sheets: readonly NumberSheet[],
  { personId, scope, standingAfterMinutes, sourceZone }: KnowingOptions,
): Promise<KnownContainers> {
  const places = sheets.flatMap(({ cells }) => cells)
  const containers = [...new Set(places.flatMap(({ text, isMistyped }) => (isMistyped ? [] : [text])))]
  const rows = new Map<string, PictureRow>()
  const ties = new Map<string, ContainerLinks>()
  for (const batch of batches(containers)) {
    for (const position of await positions.findMany(db, batch, scope)) {
      rows.set(position.container, { position, ...factsOf(position, { standingAfterMinutes }) })
    }
    const background = await lookups.findBackground(db, { linksOf: batch, tiersOf: [] }, { personId, scope })
    for (const tied of background.links) {
      const position = rows.get(tied.container)?.position
      ties.set(tied.container, currentLinks(tied, position, { standingAfterMinutes, sourceZone }))
    }
  }
  const lost = [...new Set(places.map(({ text }) => text))].filter((text) => !rows.has(text) && !ties.has(text))
  return { rows, ties, suggestions: await suggest(db, lost.slice(0, mostRepaired), { personId, scope }) }
}

async function suggest(
  db: Db,
  pieces: readonly string[],
  { personId, scope }: Pick<KnowingOptions, 'personId' | 'scope'>,
): Promise<KnownContainers['suggestions']> {
  const repairs = new Map(pieces.map((piece) => [piece, oneCharacterRepairs(piece)]))
  const tiersOf = [...new Set([...repairs.values()].flat())]
  if (tiersOf.length === 0) return new Map()
  const { tiers } = await lookups.findBackground(db, { linksOf: [], tiersOf }, { personId, scope })
  return new Map(
    pieces.flatMap((piece) => {
      const numbers = rankSuggestions(repairs.get(piece) ?? [], (number) => tiers.get(number))
      return numbers.length > 0 ? [[piece, numbers] as const] : []
    }),
  )
}

function* batches(items: readonly string[]): Generator<readonly string[]> {
  for (let at = 0; at < items.length; at += batchSize) yield items.slice(at, at + batchSize)
}
