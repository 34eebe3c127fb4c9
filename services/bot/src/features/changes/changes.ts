import { events, type FindDirectory, findOwnContainers, workbooks } from '@atermtrack/data'
import {
  type ChangesReading,
  type ChangesSince,
  readChanges,
  toInstant,
  toWall,
  type WallTime,
} from '@atermtrack/domain'
import type { BotContext } from '../../routing/context.ts'
import { reportOf } from '../lookup/answer.ts'
import { freshnessView } from '../lookup/freshness.ts'
import { viewOptionsOf } from '../lookup/view-options.ts'
import type { ViewSettings } from '../lookup/view-settings.ts'
import { changesKeyboard, changesView } from './views.ts'

export interface ChangesSettings extends ViewSettings {
  /** A forecast that has moved by more hours is an event. */
  readonly forecastMovedHours: number
}

export interface ChangesOptions {
  readonly settings: ChangesSettings
  readonly findDirectory: FindDirectory
}

export interface Changes {
  /** Answers a text that asks what has changed; false when it does not. */
  readonly answer: (ctx: BotContext, text: string) => Promise<boolean>
}

const dayMs = 86_400_000

/** Answers what has changed for a person, a train or a destination, from the events that became known. */
export function createChanges({ settings, findDirectory }: ChangesOptions): Changes {
  return {
    async answer(ctx, text) {
      const zone = ctx.person.zone ?? settings.sourceZone
      const today = toWall(ctx.now, zone).slice(0, 10)
      const reading = readChanges(text, { directory: await findDirectory(ctx.tx, ctx.now), today })
      if (!reading) return false
      await say(ctx, reading, { settings, findDirectory, zone, today })
      return true
    },
  }
}

interface Place extends ChangesOptions {
  readonly zone: string
  readonly today: string
}

async function say(
  ctx: BotContext,
  reading: ChangesReading,
  { settings, findDirectory, zone, today }: Place,
): Promise<void> {
  const { tx, scope, person, now } = ctx
  const { trains, destinations } = reading
  const isNamed = trains.length + destinations.length > 0
  const { standingAfterMinutes } = settings
  const own = isNamed
    ? undefined
    : await findOwnContainers(tx, person.id, scope, { now, standingAfterMinutes, findDirectory })
  const isOwn = own !== undefined && (own.kind === 'all' || own.containers.length > 0)
  const lastReport = reading.since === 'report' ? await events.findLastReport(tx, person.id) : undefined
  const since = lastReport ?? beginOf(reading.since, { now, zone, today })
  const found = await events.countChanges(tx, {
    since,
    scope,
    trains,
    destinationIds: destinations.flatMap(({ stationIds }) => stationIds),
    containers: isOwn && own.kind === 'some' ? own.containers : undefined,
  })
  const options = viewOptionsOf(ctx, settings)
  const answer = {
    ...found,
    since,
    trains,
    destinations: destinations.map(({ name }) => name),
    isOwn,
    isCut: own?.kind === 'some' && own.isCut,
    lacksReport: reading.since === 'report' && !lastReport,
    forecastMovedHours: settings.forecastMovedHours,
    freshness: freshnessView(reportOf(await workbooks.findFreshness(tx)), options),
  }
  ctx.say(changesView(answer, options), { keyboard: changesKeyboard(answer) })
}

/** A day begins at midnight of the reader. */
function beginOf(since: ChangesSince, { now, zone, today }: { now: Date; zone: string; today: string }): Date {
  if (since === 'morning') return toInstant(`${today}T00:00:00` as WallTime, zone)
  return new Date(now.getTime() - dayMs)
}
