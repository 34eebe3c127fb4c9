import {
  type AskedTrains,
  type Background,
  type ContainerLinks,
  lookups,
  noTrains,
  positions,
  type PositionView,
} from '@atermtrack/data'
import type { ContainerNumber, CorrectedNumber } from '@atermtrack/domain'
import type { BotContext } from '../../routing/context.ts'
import { freshestOf, type Freshness, freshnessView } from './freshness.ts'
import type { Absent } from './missing.ts'
import { type Carriers, containersOnWagon } from './card/wagon-containers.ts'
import { repairsOf, type Suggestions, toSuggestions } from './suggestions.ts'
import { viewOptionsOf } from './view-options.ts'
import type { ViewSettings } from './view-settings.ts'

/** Numbers in a question. A wagon or a waybill stands for the containers on it. */
export interface Asked extends Carriers {
  readonly containers: readonly ContainerNumber[]
  readonly mistyped: readonly string[]
  /** Containers among them that were written with a slip. */
  readonly corrected?: readonly CorrectedNumber[]
  /** Says how the question was taken, as HTML. */
  readonly note?: string
  /** Codes of trains, which are answered in messages of their own. */
  readonly trains: readonly string[]
}

/** Train data that the statements of an answer read as well. */
export interface TrainsRead {
  readonly trains: AskedTrains
  /** Positions of the containers of the trains, and perhaps of others. */
  readonly positions: readonly PositionView[]
  readonly newest: Background['newest']
}

/** Everything known about the subjects of a question. */
export interface Answered {
  readonly asked: Asked
  /** Positions of the containers that were asked for by their own numbers, in that order. */
  readonly found: readonly PositionView[]
  /** Positions of the containers on the wagons and under the waybills. */
  readonly carried: readonly PositionView[]
  /** Links of the containers that the railway has not seen but others know. */
  readonly linked: readonly ContainerLinks[]
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
  const carried = containersOnWagon(all, asked, settings)
  const unseen = containers.filter((number) => !known.has(number))
  const { links, suggestionsFor, newest, trains } = await readBackground(ctx, {
    linksOf: unseen,
    pieces: [...unseen, ...mistyped],
    trains: asked.trains,
    isNeeded: found.length + carried.length === 0 || unseen.length + mistyped.length + asked.trains.length > 0,
  })
  const missing = unseen.filter((number) => !links.has(number))
  const freshness = freshestOf<Freshness>([...found, ...carried]) ?? reportOf(newest)
  return {
    asked,
    found,
    carried,
    linked: unseen.map((number) => links.get(number)).filter((found) => found !== undefined),
    absent: { missing, mistyped },
    suggestions: suggestionsFor([...missing, ...mistyped]),
    freshness: freshnessView(freshness, viewOptionsOf(ctx, settings)),
    beside: { trains, positions: all, newest },
  }
}

/** Reads the data of trains and the suggestions for mistyped pieces, in two statements. */
export async function readTrains(ctx: BotContext, { trains, mistyped }: Pick<Asked, 'trains' | 'mistyped'>) {
  const asked = { containers: [], wagons: [], waybills: [], trains }
  const read = await positions.findAsked(ctx.tx, asked, ctx.scope)
  const background = await readBackground(ctx, { linksOf: [], pieces: mistyped, trains })
  return { ...background, positions: read }
}

interface Need {
  readonly linksOf: readonly string[]
  /** Pieces that may be mistyped numbers. */
  readonly pieces: readonly string[]
  /** The container whose card is shown. */
  readonly watched?: string
  readonly trains?: readonly string[]
  readonly isNeeded?: boolean
}

const nothing: Background = { links: [], tiers: new Map(), isWatched: false, newest: undefined, trains: noTrains }

/** Reads links, suggestions, the newest report and the lists of trains, in one statement or none. */
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
    links: new Map(links.map((one) => [one.container, one])),
    suggestionsFor: (asked: readonly string[]) => toSuggestions(repairs, asked, tiers),
  }
}

/** The freshness of the newest report. */
export function reportOf(newest: Background['newest']): Freshness | undefined {
  return newest && { asOf: newest.stamp, confirmedAt: newest.confirmedAt }
}
