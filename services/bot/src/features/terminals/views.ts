import type { StockConditions, TerminalNews, TerminalSummary } from '@atermtrack/data'
import {
  clipText,
  countBy,
  emptyStockFilter,
  type StockFilter,
  type StockGroup,
  type StockName,
} from '@atermtrack/domain'
import {
  escapeHtml,
  formatDuration,
  formatExact,
  type Language,
  picturesTexts,
  stationName,
  stockName,
  terminalsTexts as texts,
} from '@atermtrack/messages'
import type { InlineKeyboardButton } from 'telegraf/types'
import { capitalise } from '../../text/capitalise.ts'
import { type Page, pageOf, pageRow } from '../../text/pages.ts'
import { nameView } from '../lookup/card/way.ts'
import { inPairs, type View } from '../../routing/view.ts'
import type { ViewOptions } from '../lookup/view-options.ts'
import * as actions from './actions.ts'
import { terminalId } from './terminal-id.ts'
import { encodeStock } from './stock-code.ts'

export interface Stock {
  readonly terminal: StockName
  /** Counts by direction and stock. */
  readonly groups: readonly StockGroup[]
  readonly conditions: StockConditions
  readonly news: TerminalNews | undefined
  /** The line that says how old the data are. */
  readonly freshness: string
}

export interface StockOptions {
  /** From 0; a number beyond the last page shows the last page. */
  readonly page: number
  readonly hasOthers: boolean
  readonly language: Language
}

const groupsPerPage = 20
/** With the row of pages, the keyboard stays within eight rows. */
const terminalsPerPage = 7
const longestName = 60
const mostDirections = 4

/** A page of the stock of a terminal, as HTML. The totals cover all pages. */
export function stockView(
  { terminal, groups, conditions, news, freshness }: Stock,
  { page, hasOthers, language }: StockOptions,
): View {
  const words = texts[language]
  const shown = pageOf(groups, page, groupsPerPage)
  const id = terminalId(terminal)
  return {
    html: [
      headView({ terminal, groups, conditions, news }, language),
      ...groupParts(shown.rows, language),
      freshness,
    ].join('\n\n'),
    keyboard: {
      inline_keyboard: [
        ...pageRow(shown, (target) => actions.showStock.data({ terminal: id, page: target })),
        ...(groups.length > 0 ? boxRows({ terminal, groups, conditions }, language) : []),
        ...movedRows({ terminal, news }, language),
        [
          actions.drawStock.button(picturesTexts[language].buttons.stock, { terminal: id }),
          actions.refreshStock.button(words.refresh, { terminal: id, page: shown.page }),
        ],
        ...(hasOthers ? [[actions.listTerminals.button(words.others, { page: 0 })]] : []),
      ],
    },
  }
}

/** The terminals of a page out of all. */
export function terminalsOfPage(names: readonly StockName[], page: number): Page<StockName> {
  return pageOf(names, page, terminalsPerPage)
}

/** A page of terminals to choose from: what stands at each, and how old its newest report is. */
export function terminalListView(
  shown: Page<StockName>,
  summaries: readonly TerminalSummary[],
  { language, zone, now, settings }: ViewOptions,
): View {
  const words = texts[language]
  const lines = summaries.map(({ terminal, containers, asOf }) => {
    const minutes = Math.max(0, Math.floor((now.getTime() - asOf.getTime()) / 60_000))
    const name = escapeHtml(terminal ?? words.noName, longestName)
    const time = formatExact(asOf, { zone: zone ?? settings.sourceZone, language })
    return words.summary(name, containers, time, formatDuration(minutes, language))
  })
  const rows = shown.rows.map((name) => [
    actions.showStock.button(clipText(name ?? words.noName, 40), { terminal: terminalId(name), page: 0 }),
  ])
  return {
    html: shown.rows.length === 0 ? words.noTerminals : [words.choose, ...lines].join('\n'),
    keyboard: {
      inline_keyboard: [...rows, ...pageRow(shown, (target) => actions.listTerminals.data({ page: target }))],
    },
  }
}

/** Buttons for the boxes of a terminal: all of them, by direction, and by condition. */
function boxRows(
  { terminal, groups, conditions }: Pick<Stock, 'terminal' | 'groups' | 'conditions'>,
  language: Language,
): InlineKeyboardButton[][] {
  const words = texts[language]
  const all: StockFilter = { ...emptyStockFilter, terminals: [terminal] }
  const ask = (label: string, filter: Partial<StockFilter>) =>
    actions.showBoxes.button(clipText(label, 32), { filter: encodeStock({ ...all, ...filter }), page: 0 })
  const directions = countBy(
    groups.flatMap(({ direction, containers20, containers40 }) =>
      Array.from({ length: containers20 + containers40 }, () => direction),
    ),
    (direction) => direction,
  )
  const asked = [
    ['empty', { loaded: false }],
    ['loaded', { loaded: true }],
    ['customs', { isAtCustoms: true }],
    ['damaged', { isDamaged: true }],
  ] as const satisfies readonly (readonly [keyof StockConditions, Partial<StockFilter>])[]
  return [
    [ask(words.boxes, {}), actions.sendStockWorkbook.button(words.excel, { filter: encodeStock(all) })],
    ...(directions.length > 1
      ? inPairs(
          directions.slice(0, mostDirections).map(([direction, count]) =>
            ask(`${direction === undefined ? words.noDirection : stationName(direction, language)} · ${count}`, {
              directions: [direction ?? null],
            }),
          ),
        )
      : []),
    ...inPairs(
      asked
        .filter(([kind]) => conditions[kind] > 0)
        .map(([kind, filter]) => ask(`${words.condition[kind]} · ${conditions[kind]}`, filter)),
    ),
  ]
}

/** Buttons for what came and left in the last 24 hours of data. */
function movedRows({ terminal, news }: Pick<Stock, 'terminal' | 'news'>, language: Language): InlineKeyboardButton[][] {
  const sides = (['arrived', 'dispatched'] as const).filter((side) => news !== undefined && news[side].containers > 0)
  const buttons = sides.map((side) =>
    actions.showBoxes.button(`${texts[language].movedButtons[side]} · ${news?.[side].containers ?? 0}`, {
      filter: encodeStock({ ...emptyStockFilter, terminals: [terminal], moved: { side, days: undefined } }),
      page: 0,
    }),
  )
  return buttons.length > 0 ? [buttons] : []
}

function headView({ terminal, groups, conditions, news }: Omit<Stock, 'freshness'>, language: Language): string {
  const words = texts[language]
  const sum = (count: (group: StockGroup) => number) => groups.reduce((total, group) => total + count(group), 0)
  const [containers20, containers40, teu] = [sum((g) => g.containers20), sum((g) => g.containers40), sum((g) => g.teu)]
  const total = `${words.onSite(containers20 + containers40)} (${words.sizes(containers20, containers40, teu)})`
  const title = terminal === null ? words.titleOnly : words.title(escapeHtml(terminal, longestName))
  const unknown = containers20 + containers40 - conditions.loaded - conditions.empty
  const isKnown = conditions.loaded + conditions.empty > 0
  const head = [
    title,
    groups.length === 0 ? words.empty : total,
    ...(isKnown ? [words.partition({ ...conditions, unknown })] : []),
    ...(conditions.customs + conditions.damaged > 0 ? [words.among(conditions)] : []),
  ]
  return [head.join('\n'), ...newsParts(news, language)].join('\n\n')
}

function newsParts(news: TerminalNews | undefined, language: Language): readonly string[] {
  if (!news) return []
  const words = texts[language]
  const { arrived, dispatched } = news
  const lastDay = [
    words.lastDay,
    `• ${words.arrived}: ${arrived.containers} (${arrived.teu} TEU)`,
    `• ${words.dispatched}: ${dispatched.containers} (${dispatched.teu} TEU)`,
  ]
  return [lastDay.join('\n')]
}

/** One part for each direction, with a line for each stock. `groups` are in the order of directions. */
function groupParts(groups: readonly StockGroup[], language: Language): readonly string[] {
  const words = texts[language]
  const parts = new Map<string | undefined, string[]>()
  for (const { direction, stock, containers20, containers40, teu } of groups) {
    const title = direction === undefined ? words.noDirection : nameView(direction, language)
    const lines = parts.get(direction) ?? [`<b>${title}</b>`]
    const name = stock === undefined ? words.noStock : escapeHtml(capitalise(stockName(stock, language)), longestName)
    parts.set(direction, [
      ...lines,
      `• ${name}: ${containers20 + containers40} (${words.sizes(containers20, containers40, teu)})`,
    ])
  }
  return [...parts.values()].map((lines) => lines.join('\n'))
}
