import { exportReports, statistics } from '@atermtrack/data'
import { statisticsDays, type StatisticsPeriod, statisticsPeriods } from '@atermtrack/domain'
import { bold, dayText, inEachLanguage, statsTexts as texts, zoneMark } from '@atermtrack/messages'
import type { BotContext } from '../../routing/context.ts'
import type { Feature } from '../../routing/feature.ts'
import { edit, say, type View } from '../../routing/view.ts'
import { enqueueReport } from '../lookup/order-workbook.ts'
import * as actions from './actions.ts'

export interface StatsOptions {
  /** Zone in which days are counted. */
  readonly zone: string
}

/** Shows admins what people did and what became of it, by day, week and month. */
export function createStats(options: StatsOptions): Feature {
  return {
    name: 'stats',
    right: 'inspect_statistics',
    declares: Object.values(actions),
    commands: [
      {
        name: 'stats',
        description: inEachLanguage(texts, (words) => words.command),
        handle: async (ctx) => say(ctx, await statsView(ctx, 'week', options)),
      },
    ],
    actions: [
      actions.showStats.handle(async (ctx, { period }) => edit(ctx, await statsView(ctx, period, options))),
      actions.drawStats.handle(async (ctx, { period }) => orderPicture(ctx, period, options)),
    ],
  }
}

async function statsView(
  { tx, language, now }: BotContext,
  period: StatisticsPeriod,
  { zone }: StatsOptions,
): Promise<View> {
  const words = texts[language]
  const found = await statistics.readStatistics(tx, { days: statisticsDays[period], zone })
  const [first, last] = [found.days[0], found.days.at(-1)]
  const days = [...new Set([first, last])]
    .flatMap((day) => (day === undefined ? [] : [dayText(day, language)]))
    .join(' – ')
  const buttons = statisticsPeriods.map((one) => {
    const name = words.periods[one]
    return actions.showStats.button(one === period ? `• ${name} •` : name, { period: one })
  })
  return {
    html: [bold(words.title(period)), `${days}, ${zoneMark(zone, now, language)}`, '', words.lines(found)].join('\n'),
    keyboard: { inline_keyboard: [buttons, [actions.drawStats.button(words.picture, { period })]] },
  }
}

/** The reporter draws it, and it comes as a picture. */
async function orderPicture(ctx: BotContext, period: StatisticsPeriod, { zone }: StatsOptions): Promise<void> {
  const { tx, person, updateId, language } = ctx
  const words = texts[language]
  const addressee = { personId: person.id, chatId: person.telegramId, updateId }
  const about = { period, zone, name: words.title(period) }
  const { id } = await exportReports.insertStatistics(tx, { ...addressee, ...about })
  enqueueReport(ctx, id)
  ctx.toast(words.preparing)
}
