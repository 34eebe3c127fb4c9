import { stockBoxes, terminalStock } from '@atermtrack/data'
import { asksForAll, readStockQuestion, type StockName, toWall } from '@atermtrack/domain'
import { inEachLanguage, terminalsTexts as texts } from '@atermtrack/messages'
import type { BotContext } from '../../routing/context.ts'
import { answerOutdated } from '../../routing/action.ts'
import type { Feature } from '../../routing/feature.ts'
import type { View } from '../../routing/view.ts'
import { freshnessView } from '../lookup/freshness.ts'
import { orderPicture } from '../lookup/order-picture.ts'
import { viewOptionsOf } from '../lookup/view-options.ts'
import type { Lookup } from '../lookup/lookup.ts'
import type { ViewSettings } from '../lookup/view-settings.ts'
import * as actions from './actions.ts'
import { knowsClients, loadBoxes, sendBoxes, turnBoxes } from './boxes.ts'
import { fitsStockButton } from './stock-code.ts'
import { terminalId } from './terminal-id.ts'
import { stockView, terminalListView, terminalsOfPage } from './views.ts'

export interface TerminalsOptions {
  readonly settings: ViewSettings
  readonly lookup: Pick<Lookup, 'lookUp'>
}

export interface Terminals {
  readonly feature: Feature
  /** Answers a text that names a terminal or asks for its stock; false when it does neither. */
  readonly answer: (ctx: BotContext, text: string) => Promise<boolean>
}

/** A terminal reports once a day. */
const staleAfterMinutes = 30 * 60

/** Answers which containers are at the terminals, as counts and one by one. */
export function createTerminals({ settings, lookup }: TerminalsOptions): Terminals {
  const view = { ...settings, staleAfterMinutes }
  const description = inEachLanguage(texts, (words) => words.command)
  const show = async (ctx: BotContext) => offer(ctx, await terminalStock.listTerminals(ctx.tx, ctx.scope), view)
  return {
    answer: (ctx, text) => answer(ctx, text, view),
    feature: {
      name: 'terminals',
      right: 'ask',
      declares: Object.values(actions),
      commands: [{ name: 'terminal', description, handle: show }],
      actions: [
        actions.listTerminals.handle(async (ctx, { page }) => {
          const names = await terminalStock.listTerminals(ctx.tx, ctx.scope)
          const { html, keyboard } = await loadList(ctx, names, { page, settings: view })
          ctx.edit(html, { keyboard })
        }),
        actions.showStock.handle((ctx, asked) => turnPage(ctx, asked, view)),
        actions.drawStock.handle((ctx, { terminal }) => draw(ctx, terminal, view)),
        actions.refreshStock.handle(async (ctx, asked) => {
          ctx.toast(texts[ctx.language].refreshed)
          await turnPage(ctx, asked, view)
        }),
        actions.showBoxes.handle((ctx, asked) => turnBoxes(ctx, asked, view)),
        actions.refreshBoxes.handle(async (ctx, asked) => {
          ctx.toast(texts[ctx.language].refreshed)
          await turnBoxes(ctx, asked, view)
        }),
        actions.sendStockWorkbook.handle((ctx, { filter }) => sendBoxes(ctx, filter)),
        actions.openBox.handle(async (ctx, { container }) => {
          await lookup.lookUp(ctx, { containers: [container], mistyped: [], wagons: [], waybills: [], trains: [] })
        }),
      ],
    },
  }
}

async function answer(ctx: BotContext, text: string, settings: ViewSettings): Promise<boolean> {
  const names = await stockBoxes.listNames(ctx.tx, ctx.scope, { showsClients: knowsClients(ctx) })
  const today = toWall(ctx.now, ctx.person.zone ?? settings.sourceZone).slice(0, 10)
  const reading = readStockQuestion(text, { names, today })
  if (!reading) return false
  const { filter, unread } = reading
  const asksForPlace = asksForAll(filter) && unread.length === 0
  if (names.terminals.length === 0) await offer(ctx, [], settings)
  else if (asksForPlace) await offer(ctx, filter.terminals.length === 0 ? names.terminals : filter.terminals, settings)
  else if (fitsStockButton(filter)) say(ctx, await loadBoxes(ctx, { filter, unread, page: 0 }, settings))
  else return false
  return true
}

/** Shows the stock of an only terminal at once, or a choice among several. */
async function offer(ctx: BotContext, names: readonly StockName[], settings: ViewSettings): Promise<void> {
  const [only, ...others] = names
  if (only === undefined || others.length > 0) return say(ctx, await loadList(ctx, names, { page: 0, settings }))
  say(ctx, await loadStock(ctx, only, { page: 0, names, settings }))
}

async function loadList(
  ctx: BotContext,
  names: readonly StockName[],
  { page, settings }: { readonly page: number; readonly settings: ViewSettings },
): Promise<View> {
  const shown = terminalsOfPage(names, page)
  const summaries = await terminalStock.summarise(ctx.tx, shown.rows, ctx.scope)
  return terminalListView(shown, summaries, viewOptionsOf(ctx, settings))
}

async function turnPage(
  ctx: BotContext,
  { terminal, page }: { readonly terminal: string; readonly page: number },
  settings: ViewSettings,
): Promise<void> {
  const names = await terminalStock.listTerminals(ctx.tx, ctx.scope)
  const name = names.find((known) => terminalId(known) === terminal)
  if (name === undefined) return answerOutdated(ctx)
  const { html, keyboard } = await loadStock(ctx, name, { page, names, settings })
  ctx.edit(html, { keyboard })
}

async function draw(ctx: BotContext, terminal: string, settings: ViewSettings): Promise<void> {
  const names = await terminalStock.listTerminals(ctx.tx, ctx.scope)
  const name = names.find((known) => terminalId(known) === terminal)
  if (name === undefined) return answerOutdated(ctx)
  await orderPicture(ctx, { picture: 'stock', ...(name !== null && { name }) }, settings)
}

async function loadStock(
  ctx: BotContext,
  terminal: StockName,
  {
    page,
    names,
    settings,
  }: { readonly page: number; readonly names: readonly StockName[]; readonly settings: ViewSettings },
): Promise<View> {
  const { tx, scope, language } = ctx
  const { groups, conditions, news } = await terminalStock.findStock(tx, terminal, scope)
  const freshness = news && { ...news, zone: news.zone ?? settings.sourceZone }
  return stockView(
    { terminal, groups, conditions, news, freshness: freshnessView(freshness, viewOptionsOf(ctx, settings)) },
    { page, hasOthers: names.length > 1, language },
  )
}

function say(ctx: BotContext, { html, keyboard }: View): void {
  ctx.say(html, keyboard.inline_keyboard.length > 0 ? { keyboard } : {})
}
