import type { FoundStock, StockBox } from '@atermtrack/data'
import { clipText, countBy, type StockFilter, type StockName } from '@atermtrack/domain'
import {
  aboutStock,
  escapeHtml,
  escapeWhole,
  type Language,
  searchTexts,
  stationName,
  stockName,
  terminalsTexts as texts,
} from '@atermtrack/messages'
import type { InlineKeyboardButton } from 'telegraf/types'
import { type Page, pageOf, pageRow } from '../../text/pages.ts'
import { inPairs, type View } from '../../routing/view.ts'
import { formatNumber } from '../lookup/card/distance.ts'
import * as actions from './actions.ts'
import { boxView } from './box-view.ts'
import { terminalId } from './terminal-id.ts'
import { encodeStock, fitsStockButton } from './stock-code.ts'

export interface BoxesAnswer extends FoundStock {
  readonly filter: StockFilter
  /** From 0; a number beyond the last page shows the last page. */
  readonly page: number
  /** Words of the question that were not understood. */
  readonly unread: readonly string[]
  /** The line that says how old the data are. */
  readonly freshness: string
}

export interface BoxesOptions {
  readonly language: Language
  /** Whose a container is, is for some readers only. */
  readonly showsClients: boolean
  readonly mostBoxes: number
}

const perPage = 8
const mostGroups = 8
const mostNarrower = 4
const longestName = 40

type Role = 'terminals' | 'directions' | 'stocks'
const fieldOf = { terminals: 'terminal', directions: 'direction', stocks: 'stock' } as const satisfies Record<
  Role,
  keyof StockBox
>

/** The containers that fit a question about a terminal: how it was understood, counts, groups, and a page of them. */
export function boxesView(answer: BoxesAnswer, options: BoxesOptions): View {
  const { boxes, isCut, page, unread, freshness, filter } = answer
  const { language } = options
  const words = texts[language]
  const shown = pageOf(boxes, page, perPage)
  const open = openRole(answer)
  const shows = {
    terminal: differs(boxes, 'terminals'),
    direction: differs(boxes, 'directions'),
    stock: differs(boxes, 'stocks'),
    client: options.showsClients,
  }
  return {
    html: [
      [
        searchTexts[language].understood(escapeWhole(aboutStock(filter, language))),
        ...(unread.length > 0 ? [searchTexts[language].unread(escapeHtml(unread.join(', ')))] : []),
      ].join('\n'),
      ...(boxes.length === 0
        ? [filter.moved ? words.noneMoved : words.noneFit]
        : [countView(answer, language), ...conditionView(answer, language)]),
      ...(isCut ? [words.cut(formatNumber(options.mostBoxes, language))] : []),
      ...(open ? [groupsView(boxes, open, language)] : []),
      ...shown.rows.map((box) => boxView(box, { language, shows })),
      freshness,
    ].join('\n\n'),
    keyboard: { inline_keyboard: rowsOf(answer, { shown, open, language }) },
  }
}

function rowsOf(
  { filter, boxes, page }: BoxesAnswer,
  {
    shown,
    open,
    language,
  }: { readonly shown: Page<StockBox>; readonly open: Role | undefined; readonly language: Language },
): InlineKeyboardButton[][] {
  const words = texts[language]
  const own = encodeStock(filter)
  const cards = shown.rows.map(({ container }) => actions.openBox.button(`📦 ${container}`, { container }))
  const [terminal, ...others] = filter.terminals
  return [
    ...inPairs(cards),
    ...pageRow(shown, (target) => actions.showBoxes.data({ filter: own, page: target })),
    ...(open ? inPairs(narrower(boxes, filter, open, language)) : []),
    [
      ...(boxes.length > 0 ? [actions.sendStockWorkbook.button(words.excel, { filter: own })] : []),
      actions.refreshBoxes.button(words.refresh, { filter: own, page }),
      ...(terminal !== undefined && others.length === 0
        ? [actions.showStock.button(words.toTerminal, { terminal: terminalId(terminal), page: 0 })]
        : [actions.listTerminals.button(words.others, { page: 0 })]),
    ],
  ]
}

/** The first of terminal, direction and stock in which the boxes differ. */
function openRole({ boxes }: BoxesAnswer): Role | undefined {
  return (['terminals', 'directions', 'stocks'] as const).find((role) => differs(boxes, role))
}

function differs(boxes: readonly StockBox[], role: Role): boolean {
  return new Set(boxes.map((box) => box[fieldOf[role]])).size > 1
}

/** Buttons that ask for one of the biggest groups. */
function narrower(
  boxes: readonly StockBox[],
  filter: StockFilter,
  role: Role,
  language: Language,
): readonly InlineKeyboardButton[] {
  return countBy(boxes, (box): StockName => box[fieldOf[role]])
    .slice(0, mostNarrower)
    .map(([name, count]) => ({ name, count, filter: { ...filter, [role]: [name] } }))
    .filter((one) => fitsStockButton(one.filter))
    .map(({ name, count, filter: narrowed }) =>
      actions.showBoxes.button(clipText(`${nameOf(name, role, language)} · ${count}`, 32), {
        filter: encodeStock(narrowed),
        page: 0,
      }),
    )
}

function nameOf(name: StockName, role: Role, language: Language): string {
  const words = texts[language]
  if (name === null) return { terminals: words.noName, directions: words.noDirection, stocks: words.noStock }[role]
  return { terminals: name, directions: stationName(name, language), stocks: stockName(name, language) }[role]
}

function countView({ boxes, filter: { moved } }: BoxesAnswer, language: Language): string {
  const words = texts[language]
  const teu = boxes.reduce((sum, box) => sum + box.teu, 0)
  const containers40 = boxes.filter((box) => box.teu === 2).length
  const counted = moved ? words.movedCount[moved.side](boxes.length) : words.onSite(boxes.length)
  return `${counted} (${words.sizes(boxes.length - containers40, containers40, teu)})`
}

/** Loaded and empty ones exclude each other, and are not said where the question names one of them. */
function conditionView({ boxes, filter }: BoxesAnswer, language: Language): readonly string[] {
  const words = texts[language]
  const count = (fits: (box: StockBox) => boolean) => boxes.filter(fits).length
  const [loaded, empty] = [count(({ isLoaded }) => isLoaded === true), count(({ isLoaded }) => isLoaded === false)]
  const [customs, damaged] = [count((box) => box.isAtCustoms === true), count((box) => box.isDamaged === true)]
  const lines = [
    ...(filter.loaded === undefined && loaded + empty > 0
      ? [words.partition({ loaded, empty, unknown: boxes.length - loaded - empty })]
      : []),
    ...(customs + damaged > 0 && !filter.isAtCustoms && !filter.isDamaged ? [words.among({ customs, damaged })] : []),
  ]
  return lines.length === 0 ? [] : [lines.join('\n')]
}

function groupsView(boxes: readonly StockBox[], role: Role, language: Language): string {
  const groups = countBy(boxes, (box): StockName => box[fieldOf[role]])
  const rest = groups.slice(mostGroups).reduce((sum, [, count]) => sum + count, 0)
  const lines = groups
    .slice(0, mostGroups)
    .map(([name, count]) => `• ${escapeHtml(nameOf(name, role, language), longestName)}: ${count}`)
  const words = texts[language]
  return [words.byRole[role], ...lines, ...(rest > 0 ? [words.more(rest)] : [])].join('\n')
}
