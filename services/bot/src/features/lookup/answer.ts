import {
  type AskedTrains,
  type Background,
  type ContainerLinks,
  lookups,
  noTrains,
  positions,
  type PositionView,
} from '@atermtrack/data'
import type { ContainerNumber } from '@atermtrack/domain'
import type { BotContext } from '../../routing/context.ts'
import { freshestOf, type Freshness, freshnessView } from './freshness.ts'
import type { Absent } from './missing.ts'
import { type Carriers, containersOnWagon } from './card/wagon-containers.ts'
import { repairsOf, type Suggestions, toSuggestions } from './suggestions.ts'
import { viewOptionsOf } from './view-options.ts'
import type { ViewSettings } from './view-settings.ts'

/** Numbers out of a question; of wagons and waybills, the containers on them are asked for. */
export interface Asked extends Carriers {
  readonly containers: readonly ContainerNumber[]
  readonly mistyped: readonly string[]
  /** Codes of trains, which are told of in messages of their own. */
  readonly trains: readonly string[]
}

/** What the statements of an answer have read of the trains beside it. */
export interface TrainsRead {
  readonly trains: AskedTrains
  /** Of the boxes on the lists of the trains, and perhaps of others. */
  readonly positions: readonly PositionView[]
  readonly newest: Background['newest']
}

/** What is known of all that a question asks about. */
export interface Answered {
  readonly asked: Asked
  /** Of the containers that were asked for by their own numbers, in that order. */
  readonly found: readonly PositionView[]
  readonly riders: readonly PositionView[]
  /** Containers that the railway has not seen, but others know. */
  readonly tied: readonly ContainerLinks[]
  readonly absent: Absent
  readonly suggestions: Suggestions
  readonly freshness: string
}

/** Reads the answer to a question, in two statements at most. */
export async function readAnswer(
  ctx: BotContext,
  asked: Asked,
  settings: ViewSettings,
): Promise<Answered & { readonly beside: TrainsRead }> {
  const { containers, mistyped } = asked
  const all = await positions.findAsked(ctx.tx, asked, ctx.scope)
  const known = new Map(all.map((position) => [position.container, position]))
  const found = containers.map((number) => known.get(number)).filter((position) => position !== undefined)
  const riders = containersOnWagon(all, asked, settings)
  const unseen = containers.filter((number) => !known.has(number))
  const { ties, suggestionsFor, newest, trains } = await readBackground(ctx, {
    linksOf: unseen,
    pieces: [...unseen, ...mistyped],
    trains: asked.trains,
    isNeeded: found.length + riders.length === 0 || unseen.length + mistyped.length + asked.trains.length > 0,
  })
  const missing = unseen.filter((number) => !ties.has(number))
  const freshness = freshestOf<Freshness>([...found, ...riders]) ?? reportOf(newest, settings)
  return {
    asked,
    found,
    riders,
    tied: unseen.map((number) => ties.get(number)).filter((tie) => tie !== undefined),
    absent: { missing, mistyped },
    suggestions: suggestionsFor([...missing, ...mistyped]),
    freshness: freshnessView(freshness, viewOptionsOf(ctx, settings)),
    beside: { trains, positions: all, newest },
  }
}

/** Reads what there is to tell of trains, beside pieces that look like numbers, in two statements. */
export async function readTrains(ctx: BotContext, { trains, mistyped }: Pick<Asked, 'trains' | 'mistyped'>) {
  const asked = { containers: [], wagons: [], waybills: [], trains }
  const boxes = await positions.findAsked(ctx.tx, asked, ctx.scope)
  const background = await readBackground(ctx, { linksOf: [], pieces: mistyped, trains })
  return { ...background, positions: boxes }
}

interface Need {
  readonly linksOf: readonly string[]
  /** What may have been meant for something else. */
  readonly pieces: readonly string[]
  /** The container whose card is shown. */
  readonly watched?: string
  readonly trains?: readonly string[]
  readonly isNeeded?: boolean
}

const nothing: Background = { links: [], tiers: new Map(), isWatched: false, newest: undefined, trains: noTrains }

/** Ties, suggestions, the newest report and the lists of trains, in one statement or none. */
export async function readBackground(
  { tx, person, scope }: BotContext,
  { linksOf, pieces, watched, trains, isNeeded = true }: Need,
) {
  const repairs = repairsOf(pieces)
  const need = { linksOf, tiersOf: [...repairs.values()].flat(), watched, trains }
  const { links, tiers, ...rest } = isNeeded
    ? await lookups.findBackground(tx, need, { personId: person.id, scope })
    : nothing
  return {
    ...rest,
    ties: new Map(links.map((tie) => [tie.container, tie])),
    suggestionsFor: (asked: readonly string[]) => toSuggestions(repairs, asked, tiers),
  }
}

/** How fresh the newest report is. */
export function reportOf(newest: Background['newest'], { sourceZone }: ViewSettings): Freshness | undefined {
  return newest && { asOf: newest.stamp, confirmedAt: newest.confirmedAt, zone: sourceZone }
}
