import { trains, type TrainView } from '@atermtrack/data'
import type { TrainCode } from '@atermtrack/domain'
import { commonTexts, inEachLanguage, joinRecords, trainsTexts as texts } from '@atermtrack/messages'
import type { BotContext } from '../../routing/context.ts'
import { answerOutdated } from '../../routing/action.ts'
import type { Feature } from '../../routing/feature.ts'
import { countPages } from '../../text/pages.ts'
import { readTrains, reportOf, type TrainsRead } from '../lookup/answer.ts'
import { freshestOf, type Freshness, freshnessView } from '../lookup/freshness.ts'
import { orderWorkbook } from '../lookup/order-workbook.ts'
import { viewOptionsOf } from '../lookup/view-options.ts'
import type { ViewSettings } from '../lookup/view-settings.ts'
import { beginSubscription } from '../subscriptions/create-dialog.ts'
import * as actions from './actions.ts'
import { trainCardView, trainKeyboard, type TrainViewOptions } from './card.ts'
import { trainLine, trainListView, trainsPerPage, unknownTrainsView } from './list.ts'
import { containersPage, clientsPage, type View } from './pages.ts'
import { type TrainPicture, trainPicture } from './train-snapshot.ts'

export interface TrainsOptions {
  readonly settings: ViewSettings
}

export interface Trains {
  readonly feature: Feature
  /** Tells of the trains of the codes. */
  readonly answer: (ctx: BotContext, codes: readonly string[]) => Promise<void>
  /** The same of what is read already. */
  readonly say: (ctx: BotContext, codes: readonly string[], read: TrainsRead) => void
  /** Lists all trains. */
  readonly list: (ctx: BotContext) => Promise<void>
}

interface Loaded {
  readonly train: TrainView
  readonly picture: TrainPicture
  readonly freshness: Freshness | undefined
}

const mostCards = 5

/** The terminal's trains: where their boxes are, as cards that one can leaf through. */
export function createTrains(options: TrainsOptions): Trains {
  const { settings } = options
  const description = inEachLanguage(texts, (words) => words.command)
  const list = async (ctx: BotContext) => sayView(ctx, await loadList(ctx, 0, settings))
  return {
    answer: async (ctx, codes) => say(ctx, codes, { read: await read(ctx, codes), settings }),
    list,
    say: (ctx, codes, read) => say(ctx, codes, { read, settings }),
    feature: {
      name: 'trains',
      declares: Object.values(actions),
      commands: [{ name: 'trains', description, handle: list }],
      actions: [
        actions.listTrains.handle(async (ctx, { page }) => editView(ctx, await loadList(ctx, page, settings))),
        actions.openTrain.handle((ctx, { trainCode }) =>
          withTrain(ctx, trainCode, settings, (loaded) => sayCard(ctx, loaded, settings)),
        ),
        actions.showTrain.handle((ctx, { trainCode }) =>
          withTrain(ctx, trainCode, settings, (loaded) => editView(ctx, cardOf(ctx, loaded, settings))),
        ),
        actions.refreshTrain.handle((ctx, { trainCode }) =>
          withTrain(ctx, trainCode, settings, (loaded) => {
            ctx.toast(texts[ctx.language].refreshed)
            editView(ctx, cardOf(ctx, loaded, settings))
          }),
        ),
        actions.showContainers.handle((ctx, { trainCode, page }) =>
          withTrain(ctx, trainCode, settings, (loaded) =>
            editPage(ctx, loaded, { page, settings, view: containersPage }),
          ),
        ),
        actions.showClients.handle(async (ctx, { trainCode, page }) =>
          mayReadClients(ctx)
            ? withTrain(ctx, trainCode, settings, (loaded) =>
                editPage(ctx, loaded, { page, settings, view: clientsPage }),
              )
            : answerOutdated(ctx),
        ),
        actions.sendTrainWorkbook.handle((ctx, { trainCode }) => sendWorkbook(ctx, trainCode)),
        actions.subscribeToTrain.handle((ctx, { trainCode }) => subscribe(ctx, trainCode)),
      ],
    },
  }
}

function read(ctx: BotContext, codes: readonly string[]): Promise<TrainsRead> {
  return readTrains(ctx, { trains: codes, mistyped: [] })
}

function say(
  ctx: BotContext,
  codes: readonly string[],
  { read, settings }: { readonly read: TrainsRead; readonly settings: ViewSettings },
): void {
  const loaded = picturesOf(codes, read, settings)
  if (loaded.length > mostCards) sayList(ctx, loaded, settings)
  else for (const one of loaded) sayCard(ctx, one, settings)
  const unknown = codes.filter((code) => !loaded.some(({ train }) => train.code === code))
  if (unknown.length > 0) sayView(ctx, unknownTrainsView(unknown, read.trains.similar, ctx.language))
}

/** In the order of the codes. */
function picturesOf(
  codes: readonly string[],
  { trains, positions, newest: report }: TrainsRead,
  settings: ViewSettings,
): readonly Loaded[] {
  const known = new Map(positions.map((position) => [position.container, position]))
  const pictures = trains.known.map((train) => ({ train, picture: trainPicture(train, known, settings) }))
  const newest = freshestOf<Freshness>(pictures.map(({ picture }) => picture.newest)) ?? reportOf(report, settings)
  return pictures
    .map(({ train, picture }) => ({ train, picture, freshness: picture.newest ?? newest }))
    .sort((a, b) => codes.indexOf(a.train.code) - codes.indexOf(b.train.code))
}

async function withTrain(
  ctx: BotContext,
  code: TrainCode,
  settings: ViewSettings,
  work: (loaded: Loaded) => void,
): Promise<void> {
  const [loaded] = picturesOf([code], await read(ctx, [code]), settings)
  return loaded ? work(loaded) : answerOutdated(ctx)
}

function sayList(ctx: BotContext, loaded: readonly Loaded[], settings: ViewSettings): void {
  const lines = loaded.map(({ train, picture }) => trainLine(train, picture, ctx.language))
  const newest = freshestOf(loaded.map(({ freshness }) => freshness))
  const records = [...lines, freshnessView(newest, viewOptionsOf(ctx, settings))]
  for (const html of joinRecords(records, { separator: '\n\n' })) ctx.say(html)
}

function sayCard(ctx: BotContext, loaded: Loaded, settings: ViewSettings): void {
  sayView(ctx, cardOf(ctx, loaded, settings))
}

function cardOf(ctx: BotContext, { train, picture, freshness }: Loaded, settings: ViewSettings): View {
  const options: TrainViewOptions = { ...viewOptionsOf(ctx, settings), showClients: mayReadClients(ctx) }
  return {
    html: trainCardView(train, picture, freshnessView(freshness, options), options),
    keyboard: trainKeyboard(train.code, options),
  }
}

function editPage(
  ctx: BotContext,
  { train, picture, freshness }: Loaded,
  asked: { readonly page: number; readonly settings: ViewSettings; readonly view: typeof containersPage },
): void {
  const age = freshnessView(freshness, viewOptionsOf(ctx, asked.settings))
  editView(ctx, asked.view(train, picture, { page: asked.page, freshness: age, language: ctx.language }))
}

/** A page beyond the last is the last. */
async function loadList(ctx: BotContext, asked: number, { sourceZone }: ViewSettings): Promise<View> {
  const read = (page: number) =>
    trains.list(ctx.tx, { offset: page * trainsPerPage, limit: trainsPerPage, scope: ctx.scope })
  let page = asked
  let found = await read(page)
  if (found.rows.length === 0 && page > 0) {
    const { total } = await read(0)
    page = countPages(total, trainsPerPage) - 1
    found = await read(page)
  }
  return trainListView({ ...found, page, pages: countPages(found.total, trainsPerPage) }, sourceZone, ctx.language)
}

async function sendWorkbook(ctx: BotContext, trainCode: TrainCode): Promise<void> {
  const containers = await listContainers(ctx, trainCode)
  if (containers.length === 0) return answerOutdated(ctx)
  await orderWorkbook(ctx, { containers, trainCode })
  ctx.toast(texts[ctx.language].preparing)
}

async function subscribe(ctx: BotContext, code: TrainCode): Promise<void> {
  if (!ctx.isPrivate) return ctx.toast(commonTexts[ctx.language].onlyInPrivate)
  const containers = await listContainers(ctx, code)
  return containers.length === 0 ? answerOutdated(ctx) : beginSubscription(ctx, containers)
}

async function listContainers({ tx, scope }: BotContext, code: TrainCode): Promise<readonly string[]> {
  const { known } = await trains.find(tx, [code], scope)
  return known.flatMap(({ rows }) => rows.map(({ container }) => container))
}

/** Names of clients are for those who work with them, and not for whoever else reads a group. */
function mayReadClients({ isPrivate, role }: BotContext): boolean {
  return isPrivate && (role === 'admin' || role === 'operator')
}

function sayView(ctx: BotContext, { html, keyboard }: View): void {
  ctx.say(html, keyboard.inline_keyboard.length > 0 ? { keyboard } : {})
}

function editView(ctx: BotContext, { html, keyboard }: View): void {
  ctx.edit(html, { keyboard })
}
