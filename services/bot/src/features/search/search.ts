import {
  type FindDirectory,
  type FoundPosition,
  positionSearch,
  type SearchResult,
  trains,
  workbooks,
} from '@atermtrack/data'
import {
  type Directory,
  emptyFilter,
  type Filter,
  type FilterReading,
  forecastIn,
  type Knowledge,
  parseRailwayTrain,
  readFilter,
  toWall,
} from '@atermtrack/domain'
import { searchTexts as texts } from '@atermtrack/messages'
import type { BotContext } from '../../routing/context.ts'
import { answerOutdated } from '../../routing/action.ts'
import { type Feature, withRight } from '../../routing/feature.ts'
import { say } from '../../routing/view.ts'
import { reportOf } from '../lookup/answer.ts'
import { freshestOf, type Freshness, freshnessView } from '../lookup/freshness.ts'
import { orderPicture } from '../lookup/order-picture.ts'
import { orderWorkbook } from '../lookup/order-workbook.ts'
import { viewOptionsOf } from '../lookup/view-options.ts'
import type { ViewSettings } from '../lookup/view-settings.ts'
import { listChooser } from '../share/share.ts'
import { listTerminals } from '../terminals/actions.ts'
import { listTrains } from '../trains/actions.ts'
import * as actions from './actions.ts'
import { decodeFilter, encodeFilter, fitFilter } from './filter-code.ts'
import { type Nearest, nearestTo } from './nearest.ts'
import type { TrainCodes } from './group-view.ts'
import { entriesOf, isGroup } from './train-groups.ts'
import { searchKeyboard } from './search-keyboard.ts'
import { perPage, type SearchAnswer, searchView } from './views.ts'
import { pageOf } from '../../text/pages.ts'

export interface SearchOptions {
  readonly settings: ViewSettings
  readonly findDirectory: FindDirectory
}

export interface Search {
  readonly feature: Feature
  /** Answers a text that asks for containers by place, state, time or distance; false when it does not. */
  readonly answer: (ctx: BotContext, text: string) => Promise<boolean>
  /** Says what waits for its departure, since no report plans any. */
  readonly sayWaiting: (ctx: BotContext) => Promise<void>
  /** Says that a number is that of a train with so many containers, with the way to it. */
  readonly offerTrain: (ctx: BotContext, number: string, count: number) => void
  /** The answer to a text that is not understood, but names a place; undefined when it names none. */
  readonly nearest: (ctx: BotContext, text: string) => Promise<Nearest | undefined>
}

/** Finds containers by place, state, time or distance. Buttons change how the question was understood. */
export function createSearch(parts: SearchOptions): Search {
  return {
    answer: (ctx, text) => answer(ctx, text, parts),
    sayWaiting: (ctx) => sayWaiting(ctx, parts),
    offerTrain,
    nearest: async (ctx, text) => nearestTo(text, await knowledgeOf(ctx, parts), ctx.language),
    feature: {
      name: 'search',
      right: 'ask',
      declares: Object.values(actions),
      actions: [
        actions.showFound.handle((ctx, asked) => show(ctx, asked, parts)),
        actions.refreshFound.handle(async (ctx, asked) => {
          ctx.toast(texts[ctx.language].refreshed)
          await show(ctx, asked, parts)
        }),
        actions.drawFoundMap.handle((ctx, { filter }) => draw(ctx, filter, 'map', parts)),
        actions.drawFoundArrivals.handle((ctx, { filter }) => draw(ctx, filter, 'arrivals', parts)),
        ...withRight('share_answers', [actions.shareFound.handle((ctx, { filter }) => share(ctx, filter, parts))]),
        actions.sendFoundWorkbook.handle((ctx, { filter }) => sendWorkbook(ctx, filter, parts)),
      ],
    },
  }
}

async function answer(ctx: BotContext, text: string, parts: SearchOptions): Promise<boolean> {
  const reading = await read(ctx, text, parts)
  if (!reading) return false
  const found = await find(ctx, { filter: fitFilter(reading.filter), unread: reading.unread, page: 0 }, parts)
  const view = await viewOf(ctx, parts)
  ctx.say(searchView(found, view), {
    keyboard: searchKeyboard(found, { ...view, question: ctx.isPrivate && ctx.message ? ctx.updateId : undefined }),
  })
  return true
}

function offerTrain(ctx: BotContext, number: string, count: number): void {
  const railTrain = parseRailwayTrain(number)
  if (railTrain === undefined) return
  const words = texts[ctx.language]
  const filter = encodeFilter({ ...emptyFilter, railTrain })
  const button = actions.showFound.button(words.trainButton(railTrain, count), { filter, page: 0 })
  ctx.say(words.isTrain(railTrain, count), { keyboard: { inline_keyboard: [[button]] } })
}

/** No source knows what will depart: neither the railway nor a terminal reports plans, and a list of a train says that it has left. */
async function sayWaiting(ctx: BotContext, parts: SearchOptions): Promise<void> {
  const filter: Filter = { ...emptyFilter, states: ['at_origin'] }
  const { found } = await search(ctx, filter, parts)
  const words = texts[ctx.language]
  const waiting =
    found.length === 0
      ? []
      : [[actions.showFound.button(words.atOrigin(found.length), { filter: encodeFilter(filter), page: 0 })]]
  const keyboard = {
    inline_keyboard: [
      ...waiting,
      [listTerminals.button(words.atTerminals, { page: 0 }), listTrains.button(words.trainLists, { page: 0 })],
    ],
  }
  ctx.say(words.noPlans(found.length), { keyboard })
}

async function viewOf(ctx: BotContext, { settings, findDirectory }: SearchOptions) {
  const directory: Directory = await findDirectory(ctx.tx, ctx.now)
  return { ...viewOptionsOf(ctx, settings), directory, mayShare: ctx.may('share_answers') }
}

async function read(ctx: BotContext, text: string, parts: SearchOptions): Promise<FilterReading | undefined> {
  return readFilter(text, await knowledgeOf(ctx, parts))
}

async function knowledgeOf(ctx: BotContext, { settings, findDirectory }: SearchOptions): Promise<Knowledge> {
  const directory = await findDirectory(ctx.tx, ctx.now)
  const today = toWall(ctx.now, ctx.person.zone ?? settings.sourceZone).slice(0, 10)
  return { directory, today }
}

async function show(
  ctx: BotContext,
  { filter: code, page }: { readonly filter: string; readonly page: number },
  parts: SearchOptions,
): Promise<void> {
  const filter = await decode(ctx, code, parts)
  if (!filter) return answerOutdated(ctx)
  const found = await find(ctx, { filter, unread: [], page }, parts)
  const view = await viewOf(ctx, parts)
  ctx.edit(searchView(found, view), { keyboard: searchKeyboard(found, view) })
}

/** The choice points at a question of the person, as that of a list does: so the containers are recorded as one. */
async function share(ctx: BotContext, code: string, parts: SearchOptions): Promise<void> {
  const containers = await listFound(ctx, code, parts)
  if (containers.length === 0) return answerOutdated(ctx)
  const asked = { containers, wagons: [], waybills: [], mistyped: [] }
  ctx.recordQuestion({ personId: ctx.person.id, updateId: ctx.updateId, asked, found: containers.length })
  say(ctx, listChooser(ctx, { list: ctx.updateId, count: containers.length }))
}

async function sendWorkbook(ctx: BotContext, code: string, parts: SearchOptions): Promise<void> {
  const containers = await listFound(ctx, code, parts)
  if (containers.length === 0) return answerOutdated(ctx)
  await orderWorkbook(ctx, { containers })
  ctx.toast(texts[ctx.language].preparing)
}

async function draw(ctx: BotContext, code: string, picture: 'map' | 'arrivals', parts: SearchOptions): Promise<void> {
  const containers = await listFound(ctx, code, parts)
  if (containers.length === 0) return answerOutdated(ctx)
  await orderPicture(ctx, { picture, containers }, parts.settings)
}

async function listFound(ctx: BotContext, code: string, parts: SearchOptions): Promise<readonly string[]> {
  const filter = await decode(ctx, code, parts)
  const { found } = filter ? await search(ctx, filter, parts) : { found: [] }
  return found.map(({ container }) => container)
}

/** The code of a button is outside input. It grants nothing: each person finds only containers in their own scope. */
async function decode(ctx: BotContext, code: string, { findDirectory }: SearchOptions): Promise<Filter | undefined> {
  return decodeFilter(code, await findDirectory(ctx.tx, ctx.now))
}

async function find(
  ctx: BotContext,
  asked: Pick<SearchAnswer, 'filter' | 'unread' | 'page'>,
  parts: SearchOptions,
): Promise<SearchAnswer> {
  const { found, isCut } = await search(ctx, asked.filter, parts)
  const newest = freshestOf<Freshness>(found) ?? reportOf(await workbooks.findFreshness(ctx.tx))
  const codes = await codesFor(ctx, { ...asked, found })
  return { ...asked, found, isCut, codes, freshness: freshnessView(newest, viewOptionsOf(ctx, parts.settings)) }
}

/** The codes of the trains on the page, and of the one that is asked for. */
async function codesFor(
  { tx }: BotContext,
  { found, filter, page }: Pick<SearchAnswer, 'found' | 'filter' | 'page'>,
): Promise<TrainCodes> {
  const groups = pageOf(entriesOf(found, filter), page, perPage).rows.filter(isGroup)
  const positions = filter.railTrain === undefined ? groups.flatMap((group) => group.positions) : found
  return trains.codesOf(
    tx,
    positions.map(({ container }) => container),
  )
}

async function search(
  { tx, scope, person }: BotContext,
  filter: Filter,
  { settings }: SearchOptions,
): Promise<SearchResult> {
  const { standingAfterMinutes } = settings
  const { found, isCut } = await positionSearch.search(tx, filter, {
    scope,
    standingAfterMinutes,
    zone: person.zone ?? undefined,
  })
  return { found: found.toSorted((a, b) => compare(a, b, filter)), isCut }
}

/** A question about lateness lists the latest first, one about arrivals the next arrival; any other, the longest time since the last operation. */
function compare(a: FoundPosition, b: FoundPosition, { arrives, kmLeft, norm, places }: Filter): number {
  const lateDays = ({ facts }: FoundPosition) => ('days' in facts.norm ? facts.norm.days : 0)
  const isAwaited = arrives !== undefined || kmLeft !== undefined || places.some(({ role }) => role === 'destination')
  const arrival = ({ facts }: FoundPosition) => forecastIn(facts.arrival)?.arrivesAt.getTime() ?? Infinity
  const byDays = norm ? lateDays(b) - lateDays(a) : 0
  if (byDays !== 0) return byDays
  const order = isAwaited
    ? Math.sign(arrival(a) - arrival(b)) || 0
    : b.facts.operationMinutes - a.facts.operationMinutes
  return order || a.container.localeCompare(b.container)
}
