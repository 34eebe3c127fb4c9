import { containerLinks, positions, type PositionView, trains } from '@atermtrack/data'
import type { TrainCode } from '@atermtrack/domain'
import { shareTexts as texts } from '@atermtrack/messages'
import { answerOutdated } from '../../routing/action.ts'
import type { BotContext } from '../../routing/context.ts'
import type { Feature } from '../../routing/feature.ts'
import { say, type View } from '../../routing/view.ts'
import { readTrains } from '../lookup/answer.ts'
import { findQuestion } from '../lookup/earlier-question.ts'
import { containersOnWagon } from '../lookup/card/wagon-containers.ts'
import { orderWorkbook } from '../lookup/order-workbook.ts'
import { viewOptionsOf } from '../lookup/view-options.ts'
import type { ViewSettings } from '../lookup/view-settings.ts'
import { trainSnapshot } from '../trains/train-snapshot.ts'
import * as actions from './actions.ts'
import { cleanCard, cleanList, type CleanSubject, cleanTrain, isShareable } from './clean-view.ts'

export interface ShareOptions {
  readonly settings: ViewSettings
}

/** More containers make a message that nobody reads; they go as a workbook. */
const mostInText = 25

/** Passes a card, a list or a train on to somebody outside: a message to forward, or a workbook, of what a client may know. */
export function createShare({ settings }: ShareOptions): Feature {
  return {
    name: 'share',
    right: 'share_answers',
    declares: Object.values(actions),
    actions: [
      actions.shareCard.handle(async (ctx, { container }) => say(ctx, chooseForCard(ctx, container))),
      actions.shareList.handle((ctx, { list }) => chooseForList(ctx, list, settings)),
      actions.shareTrain.handle(async (ctx, { trainCode }) => say(ctx, chooseForTrain(ctx, trainCode))),
      actions.sendCard.handle((ctx, { as, container }) =>
        as === 'excel'
          ? sendWorkbook(ctx, { containers: [container], name: container })
          : sendCard(ctx, container, settings),
      ),
      actions.sendList.handle((ctx, { as, list }) => sendList(ctx, { as, list }, settings)),
      actions.sendTrain.handle((ctx, { as, trainCode }) =>
        as === 'excel' ? sendTrainWorkbook(ctx, trainCode) : sendTrain(ctx, trainCode, settings),
      ),
    ],
  }
}

function chooseForCard(ctx: BotContext, container: string): View {
  return chooser(ctx, container, {
    text: actions.sendCard.data({ as: 'text', container }),
    excel: actions.sendCard.data({ as: 'excel', container }),
    query: container,
  })
}

function chooseForTrain(ctx: BotContext, trainCode: TrainCode): View {
  return chooser(ctx, trainCode, {
    text: actions.sendTrain.data({ as: 'text', trainCode }),
    excel: actions.sendTrain.data({ as: 'excel', trainCode }),
    query: trainCode,
  })
}

async function chooseForList(ctx: BotContext, list: number, settings: ViewSettings): Promise<void> {
  const found = await findList(ctx, list, settings)
  if (!found) return answerOutdated(ctx)
  if (found.length === 0) return ctx.toast(texts[ctx.language].nothing)
  say(ctx, listChooser(ctx, { list, count: found.length }))
}

/** Asks how the containers of a question of the person are to be passed on. */
export function listChooser(ctx: BotContext, { list, count }: { readonly list: number; readonly count: number }): View {
  return chooser(ctx, texts[ctx.language].list(count), {
    text: count > mostInText ? undefined : actions.sendList.data({ as: 'text', list }),
    excel: actions.sendList.data({ as: 'excel', list }),
    query: undefined,
  })
}

interface Ways {
  readonly text: string | undefined
  readonly excel: string
  /** Asked in the chat that the person chooses; undefined where no question of a few words says it. */
  readonly query: string | undefined
}

/** Telegram refuses buttons that ask in other chats where this is not switched on for the bot. */
function chooser({ language, botInfo }: BotContext, what: string, { text, excel, query }: Ways): View {
  const words = texts[language]
  return {
    html: words.choose(what),
    keyboard: {
      inline_keyboard: [
        [
          ...(text === undefined ? [] : [{ text: words.text, callback_data: text }]),
          { text: words.excel, callback_data: excel },
        ],
        ...(query !== undefined && botInfo.supports_inline_queries
          ? [[{ text: words.intoChat, switch_inline_query: query }]]
          : []),
      ],
    },
  }
}

async function sendCard(ctx: BotContext, container: string, settings: ViewSettings): Promise<void> {
  const [found] = await findSubjects(ctx, [container])
  pass(ctx, found && cleanCard(found, viewOptionsOf(ctx, settings)))
}

async function sendList(
  ctx: BotContext,
  { as, list }: { readonly as: 'text' | 'excel'; readonly list: number },
  settings: ViewSettings,
): Promise<void> {
  const found = await findList(ctx, list, settings)
  if (!found) return answerOutdated(ctx)
  if (as === 'excel') return sendWorkbook(ctx, { containers: found.map(({ container }) => container) })
  const shown = found.slice(0, mostInText)
  pass(ctx, shown.length === 0 ? undefined : cleanList(shown, viewOptionsOf(ctx, settings)))
}

async function sendTrain(ctx: BotContext, trainCode: TrainCode, settings: ViewSettings): Promise<void> {
  const read = await readTrains(ctx, { trains: [trainCode], mistyped: [] })
  const [train] = read.trains.known
  if (!train) return answerOutdated(ctx)
  const known = new Map(read.positions.map((position) => [position.container, position]))
  pass(ctx, cleanTrain(train, trainSnapshot(train, known, settings), viewOptionsOf(ctx, settings)))
}

async function sendTrainWorkbook(ctx: BotContext, trainCode: TrainCode): Promise<void> {
  const { known } = await trains.find(ctx.tx, [trainCode], ctx.scope)
  const containers = known.flatMap(({ rows }) => rows.map(({ container }) => container))
  await sendWorkbook(ctx, { containers, trainCode })
}

/** Takes the place of the question, without buttons: it is forwarded as it is. */
function pass(ctx: BotContext, html: string | undefined): void {
  ctx.edit(html ?? texts[ctx.language].nothing)
}

async function sendWorkbook(
  ctx: BotContext,
  asked: { readonly containers: readonly string[]; readonly name?: string; readonly trainCode?: string },
): Promise<void> {
  const words = texts[ctx.language]
  if (asked.containers.length === 0) return ctx.edit(words.nothing)
  await orderWorkbook(ctx, { ...asked, isForClient: true })
  ctx.edit(words.preparing)
}

/** The containers of an earlier question of the same person, in its order; undefined when it is forgotten. */
async function findList(
  ctx: BotContext,
  list: number,
  settings: ViewSettings,
): Promise<readonly CleanSubject[] | undefined> {
  const asked = await findQuestion(ctx, list)
  if (!asked) return undefined
  const all = await positions.findAsked(ctx.tx, asked, ctx.scope)
  const own = await withVisits(ctx, asked.containers, all)
  return [...new Set([...own, ...containersOnWagon(all, asked, settings)])]
}

/** The containers as somebody outside may know them, in their order; those of which nothing is known are left out. */
export async function findSubjects(ctx: BotContext, containers: readonly string[]): Promise<readonly CleanSubject[]> {
  if (containers.length === 0) return []
  return withVisits(ctx, containers, await positions.findMany(ctx.tx, containers, ctx.scope))
}

/** The containers with their positions; one that the railway has not seen with what a terminal says of it. */
async function withVisits(
  { tx, scope }: BotContext,
  containers: readonly string[],
  seen: readonly PositionView[],
): Promise<readonly CleanSubject[]> {
  const known = new Map<string, CleanSubject>(seen.map((position) => [position.container, position]))
  const unseen = containers.filter((number) => !known.has(number))
  const visits = await containerLinks.findMany(tx, unseen, scope)
  for (const visit of visits.filter(isShareable)) known.set(visit.container, visit)
  return containers.flatMap((number) => known.get(number) ?? [])
}
