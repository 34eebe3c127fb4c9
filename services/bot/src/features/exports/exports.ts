import { audit, exportReports } from '@atermtrack/data'
import {
  type ExportKind,
  isOfTheRailway,
  namedPeriod,
  type Period,
  type ReadPeriod,
  readPeriod,
  toWall,
} from '@atermtrack/domain'
import { dayText, escapeHtml, exportTexts as texts, inEachLanguage, type Language } from '@atermtrack/messages'
import type { BotContext } from '../../routing/context.ts'
import type { Feature } from '../../routing/feature.ts'
import { edit, say, textOf } from '../../routing/view.ts'
import { enqueueReport } from '../lookup/order-workbook.ts'
import * as actions from './actions.ts'
import * as steps from './steps.ts'
import { kindsView, periodsView } from './views.ts'

export interface ExportsOptions {
  /** Zone of the railway's times. */
  readonly sourceZone: string
  /** Zone of people who have chosen none. */
  readonly scheduleZone: string
}

/** Orders workbooks of whatever is stored, for admins. The reporter builds them, and they come as files. */
export function createExports(options: ExportsOptions): Feature {
  return {
    name: 'exports',
    right: 'export_data',
    declares: [...Object.values(actions), ...Object.values(steps)],
    commands: [
      {
        name: 'export',
        description: inEachLanguage(texts, (words) => words.command),
        handle: async (ctx) => say(ctx, kindsView(ctx.language)),
      },
    ],
    actions: [
      actions.listExports.handle(async (ctx) => edit(ctx, kindsView(ctx.language))),
      actions.chooseExport.handle(async (ctx, { kind }) => edit(ctx, periodsView(kind, ctx.language))),
      actions.orderExport.handle(async (ctx, { kind, period: name }) => {
        const zone = zoneOf(ctx, kind, options)
        await order(ctx, { kind, zone, period: namedPeriod(name, todayIn(ctx, zone)) })
        ctx.toast(texts[ctx.language].preparing)
      }),
      actions.askExportDates.handle(async (ctx, { kind }) => {
        await ctx.saveDialog(steps.exportDatesStep, { exported: kind })
        const words = texts[ctx.language]
        ctx.edit(words.askDates(words.kinds[kind]))
      }),
    ],
    dialogs: [steps.exportDatesStep.handle((ctx, { exported }) => takeDates(ctx, exported, options))],
  }
}

async function takeDates(ctx: BotContext, kind: ExportKind, options: ExportsOptions): Promise<void> {
  const zone = zoneOf(ctx, kind, options)
  const read = readPeriod(textOf(ctx), todayIn(ctx, zone))
  if (read.kind !== 'period') return ctx.say(whyNot(read, ctx.language))
  await ctx.leaveDialog()
  await order(ctx, { kind, zone, period: read.period })
  ctx.say(texts[ctx.language].preparing)
}

interface Order {
  readonly kind: ExportKind
  readonly period: Period
  readonly zone: string
}

async function order(ctx: BotContext, { kind, period, zone }: Order): Promise<void> {
  const { tx, person, updateId, language } = ctx
  const words = texts[language]
  const addressee = { personId: person.id, chatId: person.telegramId, updateId }
  const name = words.title(words.kinds[kind])
  const { id } = await exportReports.insertAsked(tx, { ...addressee, name, kind, period, zone })
  const { from = '', until = '' } = period
  const details = { from, until, zone }
  await audit.insert(tx, { ...ctx.actor, action: 'export.ordered', object: `export:${kind}`, details })
  enqueueReport(ctx, id)
}

/** The days of the railway's facts begin in its own zone. */
function zoneOf({ person }: BotContext, kind: ExportKind, { sourceZone, scheduleZone }: ExportsOptions): string {
  return isOfTheRailway(kind) ? sourceZone : (person.zone ?? scheduleZone)
}

function todayIn({ now }: BotContext, zone: string): string {
  return toWall(now, zone).slice(0, 10)
}

function whyNot(read: Exclude<ReadPeriod, { readonly kind: 'period' }>, language: Language): string {
  const { badDates } = texts[language]
  if (read.kind === 'reversed') return badDates.reversed(dayText(read.from, language), dayText(read.until, language))
  if (read.kind === 'future') return badDates.future(dayText(read.from, language))
  return badDates[read.kind](escapeHtml(read.what.slice(0, 100)))
}
