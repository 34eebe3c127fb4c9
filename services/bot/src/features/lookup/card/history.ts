import { containerHistory, factsOf, type MovementView, positions } from '@atermtrack/data'
import { type ContainerNumber } from '@atermtrack/domain'
import { bold, code, escapeHtml, lookupTexts as texts } from '@atermtrack/messages'
import type { InlineKeyboardMarkup } from 'telegraf/types'
import { answerOutdated } from '../../../routing/action.ts'
import type { BotContext } from '../../../routing/context.ts'
import { countPages, type Page, pageRow } from '../../../text/pages.ts'
import { openCard, showHistory } from '../actions.ts'
import type { CardPlace } from '../buttons.ts'
import { kmView } from './distance.ts'
import { ageView } from './facts/absence.ts'
import { type ViewOptions, viewOptionsOf } from '../view-options.ts'
import { formatDay, formatOperated, type ViewSettings } from '../view-settings.ts'

const operationsPerPage = 8
const longestName = 60

/** Replaces the card of a container by a page of its history. */
export async function turnHistoryPage(
  ctx: BotContext,
  asked: { readonly container: ContainerNumber; readonly list: number | undefined; readonly page: number },
  settings: ViewSettings,
): Promise<void> {
  const { tx, scope } = ctx
  const [position] = await positions.findMany(tx, [asked.container], scope)
  if (!position) return answerOutdated(ctx)
  const load = (page: number) => loadPage(ctx, position.container, page)
  const found = await load(asked.page)
  const shown = found.rows.length === 0 && asked.page > 0 ? await load(0) : found
  const view = viewOptionsOf(ctx, settings)
  const place = { container: position.container, list: asked.list }
  ctx.edit(historyView(place, shown, { ...view, freshness: ageView(position, factsOf(position, settings), view) }), {
    keyboard: historyKeyboard(place, shown, view),
  })
}

/** A page of operations, the newest first, each trip under a title of its own. */
export function historyView(
  { container }: CardPlace,
  { rows }: Page<MovementView>,
  options: ViewOptions & { readonly freshness: string },
): string {
  const words = texts[options.language]
  const records = rows.flatMap((row, index) => {
    const before = rows[index - 1]
    const title = before && before.tripId === row.tripId ? [] : ['', tripTitle(row, options)]
    return [...title, operationView(row, options)]
  })
  const shown = records.length === 0 ? ['', words.noHistory] : records
  return [words.historyOf(container), ...shown, '', options.freshness].join('\n')
}

function historyKeyboard(place: CardPlace, page: Page<MovementView>, { language }: ViewOptions): InlineKeyboardMarkup {
  const words = texts[language]
  const { container, list } = place
  return {
    inline_keyboard: [
      ...pageRow(page, (target) => showHistory.data({ container, list, page: target })),
      [openCard.button(words.backToCard, { container, list })],
    ],
  }
}

async function loadPage({ tx, scope }: BotContext, container: string, page: number): Promise<Page<MovementView>> {
  const part = { offset: page * operationsPerPage, limit: operationsPerPage }
  const { total, rows } = await containerHistory.list(tx, { containers: [container], scope }, part)
  return { rows, page, pages: countPages(total, operationsPerPage) }
}

function tripTitle({ tripStartedAt, waybill, zone }: MovementView, { language }: ViewOptions): string {
  const words = texts[language]
  const title = tripStartedAt === null ? words.someTrip : words.tripSince(formatDay(tripStartedAt, zone))
  return waybill === null ? title : `${title}, ${words.underOne(code(waybill))}`
}

function operationView(row: MovementView, { language }: ViewOptions): string {
  const { operation, station, kmLeft } = row
  const left = kmLeft === null ? [] : [`${texts[language].left.toLowerCase()}: ${kmView(kmLeft, language)}`]
  return `• ${formatOperated(row)} ${bold(station)}\n${[escapeHtml(operation, longestName), ...left].join(', ')}`
}
