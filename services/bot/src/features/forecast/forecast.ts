import { forecastLanes } from '@atermtrack/data'
import { forecastTexts as texts, inEachLanguage } from '@atermtrack/messages'
import { answerOutdated } from '../../routing/action.ts'
import type { BotContext } from '../../routing/context.ts'
import type { Feature } from '../../routing/feature.ts'
import { countPages } from '../../text/pages.ts'
import * as actions from './actions.ts'
import { lanesPerPage, lanesView, laneView } from './views.ts'

export interface ForecastOptions {
  /** Zone of the times shown. */
  readonly zone: string
}

/** Shows admins how forecasts compare with what came, by lane and by distance. */
export function createForecast({ zone }: ForecastOptions): Feature {
  return {
    name: 'forecast',
    right: 'inspect_forecast',
    declares: Object.values(actions),
    commands: [
      {
        name: 'forecast',
        description: inEachLanguage(texts, (words) => words.command),
        handle: (ctx) => showLanes(ctx, { page: 0, zone, way: 'say' }),
      },
    ],
    actions: [
      actions.showForecasts.handle(async (ctx, { page }) => showLanes(ctx, { page, zone, way: 'edit' })),
      actions.showLane.handle(async (ctx, { laneId, page }) => showLane(ctx, { laneId, page, zone })),
    ],
  }
}

async function showLanes(
  ctx: BotContext,
  { page, zone, way }: ForecastOptions & { readonly page: number; readonly way: 'say' | 'edit' },
): Promise<void> {
  const { tx, language } = ctx
  const newest = await forecastLanes.findNewest(tx)
  const list = async (shown: number) =>
    forecastLanes.listLanes(tx, { limit: lanesPerPage, offset: shown * lanesPerPage })
  const asked = await list(page)
  // Beyond the last page nothing says how many there are: a new measurement can have fewer lanes.
  const { lanes, total } = asked.lanes.length === 0 && page > 0 ? await list(0) : asked
  const place = { page: lanes === asked.lanes ? page : 0, pages: countPages(total, lanesPerPage) }
  const { html, keyboard } = lanesView({ newest, lanes, ...place }, { language, zone })
  ctx[way](html, { keyboard })
}

async function showLane(
  ctx: BotContext,
  { laneId, page, zone }: ForecastOptions & { readonly laneId: number; readonly page: number },
): Promise<void> {
  const { tx, language } = ctx
  const lane = await forecastLanes.findLane(tx, laneId)
  if (!lane) return answerOutdated(ctx)
  const { html, keyboard } = laneView({ ...lane, page }, { language, zone })
  ctx.edit(html, { keyboard })
}
