import { stockBoxes, stockReports } from '@atermtrack/data'
import type { StockFilter, StockReading } from '@atermtrack/domain'
import { aboutStock, terminalsTexts as texts } from '@atermtrack/messages'
import { answerOutdated } from '../../routing/action.ts'
import type { BotContext } from '../../routing/context.ts'
import type { View } from '../../routing/view.ts'
import { freshnessView } from '../lookup/freshness.ts'
import { enqueueReport } from '../lookup/order-workbook.ts'
import { viewOptionsOf } from '../lookup/view-options.ts'
import type { ViewSettings } from '../lookup/view-settings.ts'
import { boxesView } from './boxes-view.ts'
import { decodeStock } from './stock-code.ts'

export interface AskedBoxes extends StockReading {
  readonly page: number
}

/** A page of the containers on site that fit a question. */
export async function loadBoxes(
  ctx: BotContext,
  { filter, unread, page }: AskedBoxes,
  settings: ViewSettings,
): Promise<View> {
  const found = await stockBoxes.list(ctx.tx, filter, { scope: ctx.scope, freeDays: settings.freeDays })
  const { report } = found
  const freshness = report && { ...report, zone: report.zone ?? settings.sourceZone }
  return boxesView(
    { ...found, filter, unread, page, freshness: freshnessView(freshness, viewOptionsOf(ctx, settings)) },
    { language: ctx.language, showsClients: knowsClients(ctx), mostBoxes: stockBoxes.mostBoxes },
  )
}

/** Replaces a page by the one of a button. */
export async function turnBoxes(
  ctx: BotContext,
  { filter: code, page }: { readonly filter: string; readonly page: number },
  settings: ViewSettings,
): Promise<void> {
  const filter = await decode(ctx, code)
  if (!filter) return answerOutdated(ctx)
  const { html, keyboard } = await loadBoxes(ctx, { filter, unread: [], page }, settings)
  ctx.edit(html, { keyboard })
}

/** Orders the workbook of the containers of a button; the rights of the moment when it is built decide what it holds. */
export async function sendBoxes(ctx: BotContext, code: string): Promise<void> {
  const filter = await decode(ctx, code)
  if (!filter) return answerOutdated(ctx)
  const { tx, person, updateId, destination, language } = ctx
  const name = aboutStock(filter, language)
  const { id } = await stockReports.insertAsked(tx, { personId: person.id, ...destination, updateId, name, filter })
  enqueueReport(ctx, id)
  ctx.toast(texts[language].preparing)
}

/** Whose containers stand there, is for those who may know the clients of a train. */
export function knowsClients(ctx: BotContext): boolean {
  return ctx.may('read_train_clients')
}

/** The code of a button is outside input. It grants nothing: each person finds only containers in their own scope. */
async function decode(ctx: BotContext, code: string): Promise<StockFilter | undefined> {
  return decodeStock(code, await stockBoxes.listNames(ctx.tx, ctx.scope, { showsClients: knowsClients(ctx) }))
}
