import { type Subscription, subscriptionTemplates } from '@atermtrack/data'
import {
  columnPresets,
  columnsOf,
  moveColumn,
  presetColumns,
  presetOf,
  readColumns,
  reportColumns,
  toggleColumn,
} from '@atermtrack/domain'
import { escapeHtml, type Language, reportTexts, subscriptionsTexts as texts } from '@atermtrack/messages'
import type { ActionHandler } from '../../../routing/action.ts'
import type { BotContext } from '../../../routing/context.ts'
import { edit, inPairs, say, type View } from '../../../routing/view.ts'
import { pageOf, pageRow } from '../../../text/pages.ts'
import * as actions from '../actions.ts'
import { isOfOther, withEditable } from '../for-owner.ts'
import { change } from '../own.ts'
import { switched, ticked } from './setting-views.ts'

const columnsPerPage = 10
const longestUnknown = 200
/** The container always comes first. */
const choosable = reportColumns.filter((column) => column !== 'container')

/** The buttons that choose the columns of a report and their order. */
export function createColumnActions(): readonly ActionHandler[] {
  return [
    actions.openColumns.handle(
      withEditable(async (ctx, own, { page }) => edit(ctx, await loadColumns(ctx, own, page))),
    ),
    actions.toggleColumn.handle(
      withEditable(async (ctx, own, { column, page }) => {
        const changed = await change(ctx, own, { columns: toggleColumn(own.columns, column) })
        edit(ctx, await loadColumns(ctx, changed, page))
      }),
    ),
    actions.setColumns.handle(
      withEditable(async (ctx, own, { preset, page }) => {
        const changed = await change(ctx, own, { columns: presetColumns(preset) })
        edit(ctx, await loadColumns(ctx, changed, page))
      }),
    ),
    actions.openColumnOrder.handle(withEditable(async (ctx, own, { page }) => edit(ctx, orderView(ctx, own, page)))),
    actions.moveColumn.handle(
      withEditable(async (ctx, own, { column, direction, page }) => {
        const changed = await change(ctx, own, { columns: moveColumn(own.columns, column, direction) })
        edit(ctx, orderView(ctx, changed, page))
      }),
    ),
  ]
}

/** Takes the names of columns in the order in which somebody has typed them; false where one of them means no column. */
export async function acceptColumns(ctx: BotContext, own: Subscription, text: string): Promise<boolean> {
  const { bad } = texts[ctx.language].columns
  const { columns, unknown } = readColumns(text, reportTexts[ctx.language].columns)
  if (columns === undefined || unknown.length > 0) {
    ctx.say(bad(escapeHtml(unknown.join(', '), longestUnknown)))
    return false
  }
  say(ctx, await loadColumns(ctx, await change(ctx, own, { columns }), 0))
  return true
}

/** The columns in their order, the ready choices, and a page of columns to switch. */
async function loadColumns(ctx: BotContext, own: Subscription, asked: number): Promise<View> {
  const { language } = ctx
  const words = texts[language]
  const names = reportTexts[language].columns
  const { id: subscriptionId, columns: chosen } = own
  const columns = columnsOf(chosen)
  const preset = presetOf(chosen)
  const { rows, ...page } = pageOf(choosable, asked, columnsPerPage)
  const hasTemplate = (await subscriptionTemplates.find(ctx.tx, subscriptionId)) !== undefined
  const switches = rows.map((column) =>
    actions.toggleColumn.button(switched(names[column], columns.includes(column)), {
      subscriptionId,
      column,
      page: page.page,
    }),
  )
  return {
    html: [...chosenView(own, language), ...(hasTemplate ? [words.columns.template] : [])].join('\n'),
    keyboard: {
      inline_keyboard: [
        columnPresets.map((ready) =>
          actions.setColumns.button(ticked(words.columns.presets[ready], ready === preset), {
            subscriptionId,
            preset: ready,
            page: page.page,
          }),
        ),
        ...inPairs(switches),
        ...pageRow(page, (target) => actions.openColumns.data({ subscriptionId, page: target })),
        [
          actions.openColumnOrder.button(words.columns.order, { subscriptionId, page: 0 }),
          ...(isOfOther(ctx, own) ? [] : [actions.rehearse.button(words.buttons.rehearse, { subscriptionId })]),
        ],
        [actions.openOptions.button(words.back, { subscriptionId })],
      ],
    },
  }
}

/** The chosen columns in their order, each with the buttons that move it by one place. */
function orderView({ language }: BotContext, own: Subscription, asked: number): View {
  const { id: subscriptionId } = own
  const words = texts[language]
  const names = reportTexts[language].columns
  const { rows, ...page } = pageOf(columnsOf(own.columns).slice(1), asked, columnsPerPage)
  const moves = rows.map((column) => [
    actions.moveColumn.button(`⬆️ ${names[column]}`, { subscriptionId, column, direction: 'left', page: page.page }),
    actions.moveColumn.button('⬇️', { subscriptionId, column, direction: 'right', page: page.page }),
  ])
  return {
    html: chosenView(own, language).join('\n'),
    keyboard: {
      inline_keyboard: [
        ...moves,
        ...pageRow(page, (target) => actions.openColumnOrder.data({ subscriptionId, page: target })),
        [actions.typeSetting.button(words.columns.typeOrder, { subscriptionId, field: 'columns' })],
        [actions.openColumns.button(words.back, { subscriptionId, page: 0 })],
      ],
    },
  }
}

/** The name of the subscription, and its columns in their order. */
function chosenView({ name, columns: chosen }: Subscription, language: Language): readonly string[] {
  const columns = columnsOf(chosen)
  const names = reportTexts[language].columns
  return [
    texts[language].columns.title(name, columns.length),
    columns.map((column) => escapeHtml(names[column])).join(' · '),
  ]
}
