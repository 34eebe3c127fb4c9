import { containerHistory, events, factsOf, type MovementView, positions, type TerminalMoment } from '@atermtrack/data'
import { type AlertEvent, type ContainerNumber, directionOf, toInstant } from '@atermtrack/domain'
import {
  bold,
  code,
  escapeHtml,
  eventHeading,
  formatDate,
  formatDateTime,
  lookupTexts as texts,
  operationName,
  stationName,
} from '@atermtrack/messages'
import type { InlineKeyboardMarkup } from 'telegraf/types'
import { answerOutdated } from '../../../routing/action.ts'
import type { BotContext } from '../../../routing/context.ts'
import { countPages, type Page, pageRow } from '../../../text/pages.ts'
import { openCard, showHistory } from '../actions.ts'
import type { CardPlace } from '../buttons.ts'
import { kmView } from './distance.ts'
import { ageView } from './facts/absence.ts'
import { momentReaderOf, type ViewOptions, viewOptionsOf } from '../view-options.ts'
import type { ViewSettings } from '../view-settings.ts'
import { transportView } from './links.ts'

const operationsPerPage = 8
const mostEvents = 10
/** Names of terminals are long, and a page is one message. */
const mostMoments = 10
const longestName = 60

/** Operations, with the events of their time. */
interface HistoryPage extends Page<MovementView> {
  /** The newest first; `mostEvents` at most. */
  readonly events: readonly AlertEvent[]
  /** The entries of terminals and lists of trains, the newest first. */
  readonly moments: readonly TerminalMoment[]
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
  const load = (page: number) => loadPage(ctx, asked.container, page)
  const found = await load(asked.page)
  const shown = found.rows.length === 0 && asked.page > 0 ? await load(0) : found
  if (!position && shown.moments.length === 0) return answerOutdated(ctx)
  const view = viewOptionsOf(ctx, settings)
  const place = { container: asked.container, list: asked.list }
  const freshness = position ? ageView(position, factsOf(position, settings), view) : texts[view.language].notSeenYet
  ctx.edit(historyView(place, shown, { ...view, freshness }), {
    keyboard: historyKeyboard(place, shown, view),
  })
}

/** Something beside the operations: an event, or what a terminal or the list of a train says. */
interface Note {
  readonly at: Date
  /** Undefined for what belongs to no trip. */
  readonly tripId: number | null
  /** With its time, and without where an operation of the same moment stands above it. */
  readonly timed: string
  readonly bare: string
}

/** A page of operations with everything that stands beside them, the newest first, each trip under a title of its own. */
export function historyView({ container }: CardPlace, page: HistoryPage, options: HistoryOptions): string {
  const words = texts[options.language]
  const { rows, others } = page
  const notes = notesOf(page, options)
  const oldest = rows.at(-1)
  const older = notes.filter(({ at }) => !oldest || at < oldest.operatedAt)
  const records = [
    ...rows.flatMap((row, index) => recordsOf(row, rows[index - 1], { notes, options })),
    ...(rows.length === 0 && older.length > 0 ? [''] : []),
    ...older.map(({ timed }) => timed),
  ]
  const shown = records.length === 0 ? ['', words.noHistory] : records
  const more = others > 0 ? [words.moreEvents(others)] : []
  return [words.historyOf(container), ...shown, ...more, '', options.freshness].join('\n')
}

/** An operation with the title of its trip, and the notes since the operation; those of its moment stand below it, without their time. */
function recordsOf(
  row: MovementView,
  after: MovementView | undefined,
  { notes, options }: { readonly notes: readonly Note[]; readonly options: HistoryOptions },
): readonly string[] {
  const title = after && after.tripId === row.tripId ? [] : ['', tripTitle(row, options)]
  const since = notes.filter(({ at }) => at > row.operatedAt && (!after || at < after.operatedAt))
  const isOfLaterTrip = ({ tripId }: Note) => title.length > 0 && tripId !== null && tripId !== row.tripId
  const isFirstOfMoment = after?.operatedAt.getTime() !== row.operatedAt.getTime()
  const atOnce = notes.filter(({ at }) => isFirstOfMoment && at.getTime() === row.operatedAt.getTime())
  return [
    ...since.filter(isOfLaterTrip).map(({ timed }) => timed),
    ...title,
    ...since.filter((note) => !isOfLaterTrip(note)).map(({ timed }) => timed),
    operationView(row, options),
    ...atOnce.map(({ bare }) => bare),
  ]
}

interface HistoryOptions extends ViewOptions {
  readonly freshness: string
}

/** Events that repeat what a terminal says, which names itself and the transport. */
const momentOfEvent: Readonly<Partial<Record<AlertEvent['kind'], TerminalMoment['kind']>>> = {
  came_to_terminal: 'came',
  left_terminal: 'left',
}

function keyOfMoment(kind: TerminalMoment['kind'], at: Date): string {
  return `${kind} ${at.getTime()}`
}

/** The newest first. */
function notesOf({ events: happened, moments }: HistoryPage, options: HistoryOptions): readonly Note[] {
  const reported = new Set(moments.map(({ kind, at }) => keyOfMoment(kind, at)))
  const others = happened.filter(({ kind, happenedAt }) => {
    const moment = momentOfEvent[kind]
    return moment === undefined || !reported.has(keyOfMoment(moment, happenedAt))
  })
  const ofEvents = others.map((event): Note => {
    const bare = headingOf(event, options)
    const timed = `• ${formatDateTime(event.happenedAt, momentReaderOf(options))} ${bare}`
    return { at: event.happenedAt, tripId: event.tripId, timed, bare }
  })
  return [...ofEvents, ...moments.map((moment) => momentNote(moment, options))].toSorted(
    (a, b) => b.at.getTime() - a.at.getTime(),
  )
}

function momentNote(moment: TerminalMoment, options: HistoryOptions): Note {
  const { language, settings } = options
  const reader = momentReaderOf(options)
  const words = texts[language]
  const note = (time: string, bare: string): Note => ({ at: moment.at, tripId: null, timed: `• ${time} ${bare}`, bare })
  if (moment.kind === 'listed') {
    return note(formatDateTime(moment.at, reader), words.onListOf(code(moment.train)))
  }
  const { terminal, by, wall, zone } = moment
  const name = terminal === null ? undefined : escapeHtml(terminal, longestName)
  const what = moment.kind === 'came' ? words.cameToTerminal(name) : words.leftTerminal(name)
  const transport = transportView(by, language)
  return note(
    formatDateTime(toInstant(wall, zone ?? settings.sourceZone), reader),
    transport === undefined ? what : `${what}, ${transport}`,
  )
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
  if (rows.length === 0 && page > 0) return { rows, page, pages: 0, events: [], moments: [], others: 0 }
  const pages = countPages(total, operationsPerPage)
  const span = {
    from: page < pages - 1 ? rows.at(-1)?.operatedAt : undefined,
    before: extra === 1 ? found[0]?.operatedAt : undefined,
  }
  const happened = await events.listOfContainer(tx, { container, scope }, { ...span, limit: mostEvents })
  const moments = happened.moments.slice(0, mostMoments)
  const others = happened.total - happened.events.length + happened.moments.length - moments.length
  return { rows, page, pages, events: happened.events, moments, others }
}

function tripTitle({ tripStartedAt, waybill }: MovementView, options: ViewOptions): string {
  const words = texts[options.language]
  const title =
    tripStartedAt === null ? words.someTrip : words.tripSince(formatDate(tripStartedAt, momentReaderOf(options)))
  return waybill === null ? title : `${title}, ${words.underOne(code(waybill))}`
}

function operationView({ operation, operatedAt, station, kmLeft }: MovementView, options: ViewOptions): string {
  const { language } = options
  const left = kmLeft === null ? [] : [`${texts[language].left.toLowerCase()}: ${kmView(kmLeft, language)}`]
  const what = escapeHtml(operationName(operation, language), longestName)
  const when = formatDateTime(operatedAt, momentReaderOf(options))
  return `• ${when} ${bold(stationName(station, language))}\n${[what, ...left].join(', ')}`
}
