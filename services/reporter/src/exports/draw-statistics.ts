import { type Db, exportReports, type Statistics, statistics } from '@atermtrack/data'
import { statisticsDays, type StatisticsPeriod, toWall } from '@atermtrack/domain'
import { dayText, escapeWhole, type Language, shortDayText, statsTexts, zoneMark } from '@atermtrack/messages'
import type { BarChart, Pictures } from '@atermtrack/pictures'
import type { WorkbookRequest } from '../report/build-workbooks.ts'
import { pictureFileName } from '../report/file-name.ts'
import type { Export } from './build-export.ts'

interface DrawingDependencies {
  readonly scheduleZone: string
  readonly pictures: Pictures
}

/** A picture of statistics: look-ups and active people by day. Undefined for a period that is not known here. */
export async function planStatistics(
  tx: Db,
  { id, language, now }: WorkbookRequest['report'],
  { scheduleZone, pictures }: DrawingDependencies,
): Promise<Export | undefined> {
  const period = await exportReports.findStatisticsPeriod(tx, id)
  if (!period) return undefined
  const zone = (await exportReports.findZone(tx, id)) ?? scheduleZone
  const found = await statistics.readStatistics(tx, { days: statisticsDays[period], zone })
  const chart = chartOf(found, period, { language, zone: zoneMark(zone, now, language) })
  const wall = toWall(now, zone)
  return {
    files: drawn(pictures, chart),
    fileName: () => pictureFileName(statsTexts[language].fileTitle, wall),
    caption: () => `<b>${escapeWhole(chart.title)}</b>\n${escapeWhole(chart.subtitle ?? '')}`,
    audience: 'admin',
  }
}

async function* drawn(pictures: Pictures, chart: BarChart) {
  yield { pieces: [await pictures.draw(chart)], rowCount: () => 0 }
}

/** Columns of look-ups and of active people for each day. */
export function chartOf(
  { days, byDay }: Pick<Statistics, 'days' | 'byDay'>,
  period: StatisticsPeriod,
  { language, zone }: { readonly language: Language; readonly zone: string },
): BarChart {
  const words = statsTexts[language]
  const valuesOf = (name: string) => days.map((day) => byDay.get(day)?.[name] ?? 0)
  const [first = '', last = ''] = [days[0], days.at(-1)]
  const range = first === last ? dayText(last, language) : `${dayText(first, language)} – ${dayText(last, language)}`
  return {
    kind: 'bars',
    title: words.title(period),
    subtitle: `${range}, ${zone}`,
    categories: days.map((day) => shortDayText(day, language)),
    series: [
      { name: words.series.lookups, values: valuesOf('lookups') },
      { name: words.series.people, values: valuesOf('people_active') },
    ],
  }
}
