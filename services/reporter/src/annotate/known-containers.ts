import {
  type ContainerLinks,
  currentLinks,
  type Db,
  factsOf,
  lookups,
  positions,
  type Scope,
  shownStatus,
} from '@atermtrack/data'
import { type ContainerNumber, oneCharacterRepairs, rankSuggestions } from '@atermtrack/domain'
import type { ReportRow } from '../report/report-data.ts'
import type { NumberSheet } from './plan/plan.ts'

/** The facts about the numbers in a file, by the text of the number. */
export interface KnownContainers {
  readonly rows: ReadonlyMap<string, ReportRow>
  readonly links: ReadonlyMap<string, ContainerLinks>
  /** The numbers that an unknown number may stand for, the likeliest first. */
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
/** The writer of a list full of slips should correct it. */
const mostRepaired = 200

/** Reads the facts that the person may know about the numbers of a file. */
export async function findKnown(
  db: Db,
  sheets: readonly NumberSheet[],
  { personId, scope, standingAfterMinutes, sourceZone }: KnowingOptions,
): Promise<KnownContainers> {
  const places = sheets.flatMap(({ cells }) => cells)
  const containers = [...new Set(places.flatMap(({ text, isMistyped }) => (isMistyped ? [] : [text])))]
  const rows = new Map<string, ReportRow>()
  const links = new Map<string, ContainerLinks>()
  for (const batch of batches(containers)) {
    for (const position of await positions.findMany(db, batch, scope)) {
      const facts = factsOf(position, { standingAfterMinutes })
      rows.set(position.container, { position, ...facts, shown: shownStatus(position, facts) })
    }
    const background = await lookups.findBackground(db, { linksOf: batch, tiersOf: [] }, { personId, scope })
    for (const tied of background.links) {
      const position = rows.get(tied.container)?.position
      links.set(tied.container, currentLinks(tied, position, { standingAfterMinutes, sourceZone }))
    }
  }
  const lost = [...new Set(places.map(({ text }) => text))].filter((text) => !rows.has(text) && !links.has(text))
  return { rows, links, suggestions: await suggest(db, lost.slice(0, mostRepaired), { personId, scope }) }
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
