import { trains, type TrainView } from '@atermtrack/data'
import { readTrainName, type TrainCode } from '@atermtrack/domain'
import {
  commonTexts,
  inEachLanguage,
  joinRecords,
  subscriptionsTexts,
  trainsTexts as texts,
} from '@atermtrack/messages'
import type { BotContext } from '../../routing/context.ts'
import { answerOutdated } from '../../routing/action.ts'
import type { Declared, Feature } from '../../routing/feature.ts'
import type { View } from '../../routing/view.ts'
import { countPages } from '../../text/pages.ts'
import { readTrains, reportOf, type TrainsRead } from '../lookup/answer.ts'
import { freshestOf, type Freshness, freshnessView } from '../lookup/freshness.ts'
import { orderPicture } from '../lookup/order-picture.ts'
import { orderWorkbook } from '../lookup/order-workbook.ts'
import { momentReaderOf, viewOptionsOf } from '../lookup/view-options.ts'
import type { ViewSettings } from '../lookup/view-settings.ts'
import { beginSubscription } from '../subscriptions/creating/create-dialog.ts'
import * as actions from './actions.ts'
import { trainCardView, trainKeyboard, type TrainViewOptions } from './card.ts'
import * as correctionActions from './correcting/actions.ts'
import { createCorrecting } from './correcting/correcting.ts'
import * as correctionSteps from './correcting/steps.ts'
import * as creationActions from './creating/actions.ts'
import { createCreating } from './creating/creating.ts'
import * as creationSteps from './creating/steps.ts'
import { createLists } from './lists-of-train.ts'
import * as moveActions from './moving/actions.ts'
import { createMoving } from './moving/moving.ts'
import * as moveSteps from './moving/steps.ts'
import { otherTrainsView, trainLine, trainListView, trainsPerPage, unknownTrainsView } from './list.ts'
import { containersPage, clientsPage } from './pages.ts'
import { type TrainSnapshot, trainSnapshot } from './train-snapshot.ts'

export interface TrainsOptions {
  readonly settings: ViewSettings
}

export interface Trains {
  readonly feature: Feature
  /** Answers about the trains of the codes. */
  readonly answer: (ctx: BotContext, codes: readonly string[]) => Promise<void>
  /** Answers a text that is nothing but the name of a train in short; false for any other text. */
  readonly answerName: (ctx: BotContext, text: string) => Promise<boolean>
  /** The same with data that are already read. */
  readonly say: (ctx: BotContext, codes: readonly string[], read: TrainsRead) => void
  /** Lists all trains. */
  readonly list: (ctx: BotContext) => Promise<void>
}

interface Loaded {
  readonly train: TrainView
  readonly snapshot: TrainSnapshot
  readonly freshness: Freshness | undefined
}

const mostCards = 5

const declared = [actions, correctionActions, correctionSteps, creationActions, creationSteps, moveActions, moveSteps]

/** The terminal's trains: cards that show where their containers are, with pages of details. */
export function createTrains(options: TrainsOptions): Trains {
  const { settings } = options
  const description = inEachLanguage(texts, (words) => words.command)
  const byHand = [createCorrecting(settings), createCreating(settings), createMoving()]
  const list = async (ctx: BotContext) => sayView(ctx, await loadList(ctx, 0, settings))
  return {
    answer: async (ctx, codes) => say(ctx, codes, { read: await read(ctx, codes), settings }),
    answerName: (ctx, text) => answerName(ctx, text, settings),
    list,
    say: (ctx, codes, read) => say(ctx, codes, { read, settings }),
    feature: {
      name: 'trains',
      right: 'ask',
      declares: declared.flatMap<Declared>((part) => Object.values(part)),
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
          ctx.may('read_train_clients')
            ? withTrain(ctx, trainCode, settings, (loaded) =>
                editPage(ctx, loaded, { page, settings, view: clientsPage }),
              )
            : answerOutdated(ctx),
        ),
        actions.sendTrainWorkbook.handle((ctx, { trainCode }) => sendWorkbook(ctx, trainCode)),
        actions.drawTrain.handle((ctx, { trainCode }) =>
          orderPicture(ctx, { picture: 'train_route', trainCode }, settings),
        ),
        actions.subscribeToTrain.handle((ctx, { trainCode }) => subscribe(ctx, trainCode)),
        ...createLists(settings),
        ...byHand.flatMap((part) => part.actions),
      ],
      dialogs: byHand.flatMap((part) => part.dialogs),
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
  const loaded = snapshotsOf(codes, read, settings)
  if (loaded.length > mostCards) sayList(ctx, loaded, settings)
  else for (const one of loaded) sayCard(ctx, one, settings)
  const unknown = codes.filter((code) => !loaded.some(({ train }) => train.code === code))
  if (unknown.length > 0) sayView(ctx, unknownTrainsView(unknown, read.trains.similar, ctx.language))
}

/** Of trains that share a number, the newest is meant; the others are offered. */
async function answerName(ctx: BotContext, text: string, settings: ViewSettings): Promise<boolean> {
  const name = readTrainName(text)
  if (!name) return false
  const words = texts[ctx.language]
  const [code, ...others] = name.kind === 'code' ? [name.code] : await trains.findCodes(ctx.tx, name.number, ctx.scope)
  if (code === undefined) {
    if (name.kind === 'number') ctx.say(words.unknownNumber(name.number))
    return true
  }
  say(ctx, [code], { read: await read(ctx, [code]), settings })
  if (others.length > 0) sayView(ctx, otherTrainsView(others, ctx.language))
  return true
}

/** In the order of the codes. */
function snapshotsOf(
  codes: readonly string[],
  { trains, positions, newest: report }: TrainsRead,
  settings: ViewSettings,
): readonly Loaded[] {
  const known = new Map(positions.map((position) => [position.container, position]))
  const snapshots = trains.known.map((train) => ({ train, snapshot: trainSnapshot(train, known, settings) }))
  const newest = freshestOf<Freshness>(snapshots.map(({ snapshot }) => snapshot.newest)) ?? reportOf(report)
  return snapshots
    .map(({ train, snapshot }) => ({ train, snapshot, freshness: snapshot.newest ?? newest }))
    .sort((a, b) => codes.indexOf(a.train.code) - codes.indexOf(b.train.code))
}

async function withTrain(
  ctx: BotContext,
  code: TrainCode,
  settings: ViewSettings,
  work: (loaded: Loaded) => void,
): Promise<void> {
  const [loaded] = snapshotsOf([code], await read(ctx, [code]), settings)
  return loaded ? work(loaded) : answerOutdated(ctx)
}

function sayList(ctx: BotContext, loaded: readonly Loaded[], settings: ViewSettings): void {
  const lines = loaded.map(({ train, snapshot }) => trainLine(train, snapshot, ctx.language))
  const newest = freshestOf(loaded.map(({ freshness }) => freshness))
  const records = [...lines, freshnessView(newest, viewOptionsOf(ctx, settings))]
  for (const html of joinRecords(records, { separator: '\n\n' })) ctx.say(html)
}

function sayCard(ctx: BotContext, loaded: Loaded, settings: ViewSettings): void {
  sayView(ctx, cardOf(ctx, loaded, settings))
}

function cardOf(ctx: BotContext, { train, snapshot, freshness }: Loaded, settings: ViewSettings): View {
  const options: TrainViewOptions = {
    ...viewOptionsOf(ctx, settings),
    showClients: ctx.may('read_train_clients'),
    mayCorrect: ctx.may('correct_trains'),
    mayShare: ctx.may('share_answers'),
  }
  return {
    html: trainCardView(train, snapshot, freshnessView(freshness, options), options),
    keyboard: trainKeyboard(train.code, options),
  }
}

function editPage(
  ctx: BotContext,
  { train, snapshot, freshness }: Loaded,
  asked: { readonly page: number; readonly settings: ViewSettings; readonly view: typeof containersPage },
): void {
  const options = viewOptionsOf(ctx, asked.settings)
  const age = freshnessView(freshness, options)
  editView(ctx, asked.view(train, snapshot, { ...options, page: asked.page, freshness: age }))
}

/** A number beyond the last page shows the last page. */
async function loadList(ctx: BotContext, asked: number, settings: ViewSettings): Promise<View> {
  const read = (page: number) =>
    trains.list(ctx.tx, { offset: page * trainsPerPage, limit: trainsPerPage, scope: ctx.scope })
  let page = asked
  let found = await read(page)
  if (found.rows.length === 0 && page > 0) {
    const { total } = await read(0)
    page = countPages(total, trainsPerPage) - 1
    found = await read(page)
  }
  const reader = { ...momentReaderOf(viewOptionsOf(ctx, settings)), mayAdd: ctx.may('correct_trains') }
  return trainListView({ ...found, page, pages: countPages(found.total, trainsPerPage) }, reader)
}

async function sendWorkbook(ctx: BotContext, trainCode: TrainCode): Promise<void> {
  const { known } = await trains.find(ctx.tx, [trainCode], ctx.scope)
  const containers = known.flatMap(({ rows }) => rows.map(({ container }) => container))
  const [train] = known
  if (!train || containers.length === 0) return answerOutdated(ctx)
  const name = texts[ctx.language].workbookName(train.code, train.destination)
  await orderWorkbook(ctx, { containers, trainCode, name })
  ctx.toast(texts[ctx.language].preparing)
}

async function subscribe(ctx: BotContext, code: TrainCode): Promise<void> {
  if (!ctx.isPrivate) return ctx.toast(commonTexts[ctx.language].onlyInPrivate)
  const containers = await listContainers(ctx, code)
  if (containers.length === 0) return answerOutdated(ctx)
  await beginSubscription(ctx, {
    subject: 'train',
    subjectText: code,
    suggested: subscriptionsTexts[ctx.language].about('train', code),
  })
}

async function listContainers({ tx, scope }: BotContext, code: TrainCode): Promise<readonly string[]> {
  const { known } = await trains.find(tx, [code], scope)
  return known.flatMap(({ rows }) => rows.map(({ container }) => container))
}

function sayView(ctx: BotContext, { html, keyboard }: View): void {
  ctx.say(html, keyboard.inline_keyboard.length > 0 ? { keyboard } : {})
}

function editView(ctx: BotContext, { html, keyboard }: View): void {
  ctx.edit(html, { keyboard })
}
