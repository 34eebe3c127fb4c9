import { containerHistory, events, factsOf, type MovementView, positions } from '@atermtrack/data'
import { type AlertEvent, type ContainerNumber, directionOf } from '@atermtrack/domain'
import { bold, code, escapeHtml, eventHeading, lookupTexts as texts } from '@atermtrack/messages'
import type { InlineKeyboardMarkup } from 'telegraf/types'
import { answerOutdated } from '../../../routing/action.ts'
import type { BotContext } from '../../../routing/context.ts'
import { countPages, type Page, pageRow } from '../../../text/pages.ts'
import { openCard, showHistory } from '../actions.ts'
import type { CardPlace } from '../buttons.ts'
import { kmView } from './distance.ts'
import { ageView } from './facts/absence.ts'
import { type ViewOptions, viewOptionsOf } from '../view-options.ts'
import { formatDay, formatInstant, formatOperated, type ViewSettings } from '../view-settings.ts'

const operationsPerPage = 8
const mostEvents = 10
const longestName = 60

/** Operations, with the events of their time. */
interface HistoryPage extends Page<MovementView> {
  /** The newest first; `mostEvents` at most. */
  readonly events: readonly AlertEvent[]
  /** How many events of this time are left out. */
  readonly others: number
}

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
  const freshness = ageView(position, factsOf(position, settings), view)
  ctx.edit(historyView(place, shown, { ...view, freshness, eventZone: position.zone }), {
    keyboard: historyKeyboard(place, shown, view),
  })
}

/** A page of operations and events, the newest first, each trip under a title of its own. */
export function historyView(
  { container }: CardPlace,
  { rows, events: happened, others }: HistoryPage,
  options: HistoryOptions,
): string {
  const words = texts[options.language]
  const oldest = rows.at(-1)
  const older = happened.filter(({ happenedAt }) => !oldest || happenedAt < oldest.operatedAt)
  const records = [
    ...rows.flatMap((row, index) => recordsOf(row, rows[index - 1], { happened, options })),
    ...older.map((event) => eventView(event, options)),
  ]
  const shown = records.length === 0 ? ['', words.noHistory] : records
  const more = others > 0 ? [words.moreEvents(others)] : []
  return [words.historyOf(container), ...shown, ...more, '', options.freshness].join('\n')
}

/** An operation with the title of its trip, and the events since the operation; those of its moment stand below it, without their time. */
function recordsOf(
  row: MovementView,
  after: MovementView | undefined,
  { happened, options }: { readonly happened: readonly AlertEvent[]; readonly options: HistoryOptions },
): readonly string[] {
  const title = after && after.tripId === row.tripId ? [] : ['', tripTitle(row, options)]
  const since = happened.filter(
    ({ happenedAt }) => happenedAt > row.operatedAt && (!after || happenedAt < after.operatedAt),
  )
  const isOfLaterTrip = ({ tripId }: AlertEvent) => title.length > 0 && tripId !== null && tripId !== row.tripId
  const isFirstOfMoment = after?.operatedAt.getTime() !== row.operatedAt.getTime()
  const atOnce = happened.filter(
    ({ happenedAt }) => isFirstOfMoment && happenedAt.getTime() === row.operatedAt.getTime(),
  )
  return [
    ...since.filter(isOfLaterTrip).map((event) => eventView(event, options)),
    ...title,
    ...since.filter((event) => !isOfLaterTrip(event)).map((event) => eventView(event, options)),
    operationView(row, options),
    ...atOnce.map((event) => headingOf(event, options)),
  ]
}

interface HistoryOptions extends ViewOptions {
  readonly freshness: string
  /** Zone of the times of events. */
  readonly eventZone: string
}

function eventView(event: AlertEvent, options: HistoryOptions): string {
  return `• ${formatInstant(event.happenedAt, options.eventZone)} ${headingOf(event, options)}`
}

function headingOf(event: AlertEvent, { language }: ViewOptions): string {
  return eventHeading({ kind: event.kind, direction: directionOf(event) }, language)
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

/** The events of a page are those since its oldest operation, up to the oldest one of the page before: each event is on one page. */
async function loadPage({ tx, scope }: BotContext, container: string, page: number): Promise<HistoryPage> {
  const extra = page > 0 ? 1 : 0
  const part = { offset: page * operationsPerPage - extra, limit: operationsPerPage + extra }
  const { total, rows: found } = await containerHistory.list(tx, { containers: [container], scope }, part)
  const rows = found.slice(extra)
  // A page that is gone since an undo: the first one is loaded instead.
  if (rows.length === 0 && page > 0) return { rows, page, pages: 0, events: [], others: 0 }
  const pages = countPages(total, operationsPerPage)
  const span = {
    from: page < pages - 1 ? rows.at(-1)?.operatedAt : undefined,
    before: extra === 1 ? found[0]?.operatedAt : undefined,
  }
  const happened = await events.listOfContainer(tx, { container, scope }, { ...span, limit: mostEvents })
  return { rows, page, pages, events: happened.events, others: happened.total - happened.events.length }
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
