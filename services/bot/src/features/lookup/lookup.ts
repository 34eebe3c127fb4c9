import { type ContainerLinks, lookups, positions } from '@atermtrack/data'
import type { ContainerNumber } from '@atermtrack/domain'
import { lookupTexts as texts } from '@atermtrack/messages'
import { askForNumbers } from '../question/examples.ts'
import { answerOutdated } from '../../routing/action.ts'
import type { BotContext } from '../../routing/context.ts'
import type { Feature } from '../../routing/feature.ts'
import { sayRecords, toMessages } from '../../text/records.ts'
import * as actions from './actions.ts'
import {
  type Answered,
  type Asked,
  readAnswer,
  readBackground,
  readTrains,
  reportOf,
  type TrainsRead,
} from './answer.ts'
import { answerKeyboard, answerView, containersOf, isLong, suggestionRows } from './answer-view.ts'
import { type CardPlace, cardKeyboard } from './buttons.ts'
import { cardView } from './card/card.ts'
import { findQuestion } from './earlier-question.ts'
import { freshnessView } from './freshness.ts'
import { turnHistoryPage } from './card/history.ts'
import { absentPage, absentView, noteOf } from './missing.ts'
import { drawCard, orderPicture } from './order-picture.ts'
import { enqueueReport, orderWorkbook } from './order-workbook.ts'
import { containersOnWagon } from './card/wagon-containers.ts'
import type { OnRoute } from './card/route.ts'
import type { Suggestions } from './suggestions.ts'
import { linksCardView } from './card/links.ts'
import { isShareable } from '../share/clean-view.ts'
import { type ViewOptions, viewOptionsOf } from './view-options.ts'
import type { ViewSettings } from './view-settings.ts'
import { lookUpTail, type TailAnswer } from './tail.ts'
import { unwatch, watch } from './watch.ts'

export interface LookupOptions {
  readonly settings: ViewSettings
  /** Zone of the reports on watched containers when the person has chosen none. */
  readonly scheduleZone: string
}

type MistypedAsked = Pick<Asked, 'mistyped' | 'trains'>

export interface Lookup {
  readonly feature: Feature
  /** Answers where containers are. Returns the train data that the same statements read. */
  readonly lookUp: (ctx: BotContext, asked: Asked) => Promise<TrainsRead>
  /** Answers by the last digits of a number. */
  readonly lookUpTail: (ctx: BotContext, digits: string) => Promise<TailAnswer>
  /** Says what is wrong with pieces that look like numbers. Suggests known numbers, or else gives the hint. */
  readonly sayMistyped: (ctx: BotContext, asked: MistypedAsked, hint: string) => Promise<TrainsRead>
}

/** Answers where containers are: one with a card, some with a list, many with a summary and a workbook. */
export function createLookup(options: LookupOptions): Lookup {
  const { settings, scheduleZone } = options
  return {
    lookUp: (ctx, asked) => lookUp(ctx, asked, options),
    lookUpTail: (ctx, digits) => lookUpTail(ctx, digits, (asked) => lookUp(ctx, asked, options)),
    sayMistyped,
    feature: {
      name: 'lookup',
      right: 'ask',
      declares: Object.values(actions),
      menu: { lookup: askForNumbers },
      actions: [
        actions.refreshCard.handle((ctx, place) =>
          showCard(ctx, place, { settings, toast: texts[ctx.language].refreshed }),
        ),
        actions.openCard.handle((ctx, place) => showCard(ctx, place, { settings })),
        actions.sendCardWorkbook.handle((ctx, { container }) => sendWorkbook(ctx, [container])),
        ...drawCard(settings),
        actions.drawListMap.handle((ctx, { list }) => drawList(ctx, list, 'map', settings)),
        actions.drawListArrivals.handle((ctx, { list }) => drawList(ctx, list, 'arrivals', settings)),
        actions.showHistory.handle((ctx, place) => turnHistoryPage(ctx, place, settings)),
        actions.watchContainer.handle((ctx, { container }) => watch(ctx, container, scheduleZone)),
        actions.unwatchContainer.handle((ctx, { container }) => unwatch(ctx, container)),
        actions.showList.handle((ctx, { list }) =>
          withAnswer(ctx, list, settings, (answered) => showList(ctx, answered, { id: list, settings })),
        ),
        actions.sendListWorkbook.handle((ctx, { list }) =>
          withQuestion(ctx, list, async (asked) => sendWorkbook(ctx, await listContainers(ctx, asked, settings))),
        ),
        actions.showAbsent.handle((ctx, { list, page }) =>
          withAnswer(ctx, list, settings, async ({ absent }) => {
            const { html, keyboard } = absentPage(absent, { page, list }, ctx.language)
            ctx.edit(html, { keyboard })
          }),
        ),
      ],
    },
  }
}

async function sayMistyped(ctx: BotContext, asked: MistypedAsked, hint: string): Promise<TrainsRead> {
  const { mistyped } = asked
  const { suggestionsFor, ...read } = await readTrains(ctx, asked)
  const suggestions = suggestionsFor(mistyped)
  sayMissing(ctx, { missing: [], mistyped }, suggestions, suggestions.size > 0 ? [] : ['', hint])
  return read
}

async function lookUp(ctx: BotContext, asked: Asked, options: LookupOptions): Promise<TrainsRead> {
  const { containers, wagons, waybills } = asked
  const [container] = containers
  const isOne = containers.length === 1 && wagons.length + waybills.length === 0
  return isOne && container ? lookUpOne(ctx, container, asked, options) : lookUpMany(ctx, asked, options)
}

async function lookUpOne(
  ctx: BotContext,
  container: ContainerNumber,
  asked: Asked,
  { settings }: LookupOptions,
): Promise<TrainsRead> {
  const { mistyped, trains } = asked
  const read = await readCard(ctx, { container }, { settings, mistyped, trains })
  const { card, keyboard, newest, suggestionsFor } = read
  record(ctx, asked, card === undefined ? 0 : 1)
  if (card !== undefined) {
    ctx.say([...noteOf(asked, ctx.language), card].join('\n\n'), { keyboard })
    if (mistyped.length > 0) sayMissing(ctx, { missing: [], mistyped }, suggestionsFor(mistyped))
    return read
  }
  const freshness = freshnessView(reportOf(newest), viewOptionsOf(ctx, settings))
  sayMissing(ctx, { missing: [container], mistyped }, suggestionsFor([container, ...mistyped]), ['', freshness])
  return read
}

async function lookUpMany(ctx: BotContext, asked: Asked, options: LookupOptions): Promise<TrainsRead> {
  const answered = await readAnswer(ctx, asked, options.settings)
  const { found, carried, linked } = answered
  const count = new Set([...found, ...carried]).size + linked.length
  if (isLong(answered)) await recordWithWorkbook(ctx, answered, count)
  else record(ctx, asked, count)
  const view = { ...viewOptionsOf(ctx, options.settings), mayShare: ctx.may('share_answers') }
  const notes = noteOf(asked, ctx.language)
  sayRecords(ctx, [...notes, ...answerView(answered, view)], answerKeyboard(answered, ctx.updateId, view))
  return answered.beside
}

/** Reads the card of a container: a short one when the railway has not seen it, none when nobody knows it. */
async function readCard(
  ctx: BotContext,
  place: CardPlace & { readonly container: ContainerNumber },
  {
    settings,
    mistyped = [],
    trains = [],
  }: { readonly settings: ViewSettings } & Partial<Pick<Asked, 'mistyped' | 'trains'>>,
) {
  const { container } = place
  const { position, positions: read } = await readPosition(ctx, container, trains)
  const pieces = [...(position ? [] : [container]), ...mistyped]
  const background = await readBackground(ctx, { linksOf: [container], pieces, watched: container, trains })
  // In a group all members share the same buttons.
  const isWatched = background.isWatched && ctx.isPrivate
  const links = background.links.get(container)
  const subject = position ?? links
  const isShared = ctx.may('share_answers') && subject !== undefined && isShareable(subject)
  const rights = { mayInspect: ctx.may('inspect_provenance'), mayShare: isShared }
  return {
    ...background,
    positions: read,
    card: oneView(position, links, viewOptionsOf(ctx, settings)),
    keyboard: cardKeyboard({ ...place, isWatched, isSeen: position !== undefined, ...rights }, ctx.language),
  }
}

/** Reads the position of one container with its route so far, and the positions of the containers of the trains. */
async function readPosition({ tx, scope }: BotContext, container: ContainerNumber, trains: readonly string[]) {
  if (trains.length === 0) return { position: await positions.findCard(tx, container, scope), positions: [] }
  const asked = { containers: [container], wagons: [], waybills: [], trains, cardOf: container }
  const read = await positions.findAsked(tx, asked, scope)
  return { position: read.find((one) => one.container === container), positions: read }
}

function oneView(
  position: OnRoute | undefined,
  links: ContainerLinks | undefined,
  view: ViewOptions,
): string | undefined {
  if (position) return cardView(position, view, links)
  return links && linksCardView(links, view)
}

async function showCard(
  ctx: BotContext,
  place: CardPlace & { readonly container: ContainerNumber },
  { settings, toast }: { readonly settings: ViewSettings; readonly toast?: string },
): Promise<void> {
  const { container } = place
  const shown = await readCard(ctx, place, { settings })
  if (shown.card === undefined) return answerOutdated(ctx)
  record(ctx, { containers: [container], mistyped: [], wagons: [], waybills: [], trains: [] }, 1)
  if (toast !== undefined) ctx.toast(toast)
  ctx.edit(shown.card, { keyboard: shown.keyboard })
}

/** Reads the answer to an earlier question of the same person again. */
async function withAnswer(
  ctx: BotContext,
  list: number,
  settings: ViewSettings,
  work: (answered: Answered) => Promise<void>,
): Promise<void> {
  await withQuestion(ctx, list, async (asked) => work(await readAnswer(ctx, asked, settings)))
}

/** Runs `work` with an earlier question of the same person. */
async function withQuestion(ctx: BotContext, list: number, work: (asked: Asked) => Promise<void>): Promise<void> {
  const asked = await findQuestion(ctx, list)
  await (asked ? work(asked) : answerOutdated(ctx))
}

async function showList(
  ctx: BotContext,
  answered: Answered,
  { id, settings }: { readonly id: number; readonly settings: ViewSettings },
): Promise<void> {
  const view = { ...viewOptionsOf(ctx, settings), mayShare: ctx.may('share_answers') }
  const keyboard = answerKeyboard(answered, id, view)
  const html = toMessages(answerView(answered, view)).at(-1) ?? ''
  ctx.edit(html, keyboard && { keyboard })
}

async function drawList(
  ctx: BotContext,
  list: number,
  picture: 'map' | 'arrivals',
  settings: ViewSettings,
): Promise<void> {
  await withQuestion(ctx, list, async (asked) =>
    orderPicture(ctx, { picture, containers: await listContainers(ctx, asked, settings) }, settings),
  )
}

async function listContainers(ctx: BotContext, asked: Asked, settings: ViewSettings): Promise<readonly string[]> {
  const carried = containersOnWagon(await positions.findAsked(ctx.tx, asked, ctx.scope), asked, settings)
  return containersOf({ asked, carried })
}

async function sendWorkbook(ctx: BotContext, containers: readonly string[]): Promise<void> {
  const [only] = containers
  const name = containers.length === 1 && only !== undefined ? { name: only } : {}
  await orderWorkbook(ctx, { containers, ...name })
  ctx.toast(texts[ctx.language].preparing)
}

function record(ctx: BotContext, asked: Asked, found: number): void {
  ctx.recordQuestion({ personId: ctx.person.id, updateId: ctx.updateId, asked, found })
}

async function recordWithWorkbook(ctx: BotContext, answered: Answered, count: number): Promise<void> {
  const { tx, person, updateId } = ctx
  const lookup = { personId: person.id, updateId, asked: answered.asked, found: count }
  const report = { ...ctx.destination, containers: containersOf(answered) }
  const { id } = await lookups.insertWithReport(tx, lookup, report)
  enqueueReport(ctx, id)
}

function sayMissing(
  ctx: BotContext,
  absent: Answered['absent'],
  suggestions: Suggestions,
  end: readonly string[] = [],
): void {
  const rows = suggestionRows(suggestions)
  const records = [...absentView(absent, suggestions, ctx.language), ...end]
  sayRecords(ctx, records, rows.length > 0 ? { inline_keyboard: rows } : undefined)
}
