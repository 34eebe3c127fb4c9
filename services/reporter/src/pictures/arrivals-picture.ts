import { arrivalMoment, forecastIn, toWall, utcOfWallTime, type WallTime, wallTimeOfUtc } from '@atermtrack/domain'
import { picturesTexts as texts } from '@atermtrack/messages'
import type { ReportData, TableRow } from '../report/report-data.ts'
import { type Picture, shortTime, subtitleOf, type Viewer } from './picture.ts'

const dayMs = 86_400_000
const [daysBefore, daysAfter] = [4, 10]

/** When the containers of a list have arrived and are expected, by day around today. Undefined when no day is known of any. */
export function arrivalsPicture(
  data: ReportData,
  { name, now, viewer }: { readonly name: string | undefined; readonly now: Date; readonly viewer: Viewer },
): Picture | undefined {
  const words = texts[viewer.language].arrivals
  const days = daysAround(now, viewer.zone)
  const rows = data.rows.filter(({ status }) => status !== 'missing' && status !== 'dropped' && status !== 'other_trip')
  const arrived = countDays(
    rows.filter(({ arrival }) => arrival.kind === 'arrived'),
    viewer,
  )
  const expected = rows.filter(({ arrival }) => forecastIn(arrival))
  const late = expected.filter(({ norm }) => norm.kind === 'late' || norm.kind === 'at_risk')
  const inTime = countDays(
    expected.filter((row) => !late.includes(row)),
    viewer,
  )
  const lateDays = countDays(late, viewer)
  const valuesOf = (counts: ReadonlyMap<string, number>) => days.map((day) => counts.get(day) ?? 0)
  const values = [valuesOf(arrived), valuesOf(inTime), valuesOf(lateDays)]
  const [shownArrived = 0, shownInTime = 0, shownLate = 0] = values.map(sum)
  const laterCount = sum([...inTime, ...lateDays].map(([day, count]) => (day > (days.at(-1) ?? '') ? count : 0)))
  const noForecast = rows.filter(({ arrival }) => arrival.kind === 'unknown').length
  if (sum(values.map(sum)) + laterCount === 0) return undefined
  const asOf = data.asOf ?? now
  return {
    chart: {
      kind: 'bars',
      isStacked: true,
      title: words.title(name),
      subtitle: subtitleOf([texts[viewer.language].asOf(shortTime(asOf, viewer))], asOf, viewer),
      categories: days.map((day) => `${day.slice(8)}.${day.slice(5, 7)}`),
      series: [
        { name: words.series.arrived, values: values[0] ?? [] },
        { name: words.series.expected, values: values[1] ?? [] },
        { name: words.series.late, values: values[2] ?? [] },
      ],
    },
    lines: [
      words.total(shownArrived, shownInTime + shownLate),
      ...(shownLate > 0 ? [words.lateOf(shownLate)] : []),
      ...(laterCount > 0 ? [words.later(laterCount)] : []),
      ...(noForecast > 0 ? [words.noForecast(noForecast)] : []),
    ],
    rowCount: rows.length,
    asOf: data.asOf,
  }
}

/** `YYYY-MM-DD` */
function daysAround(now: Date, zone: string): readonly string[] {
  const today = utcOfWallTime(`${dayOf(now, zone)}T00:00:00` as WallTime)
  return Array.from({ length: daysBefore + 1 + daysAfter }, (_, index) =>
    wallTimeOfUtc(today + (index - daysBefore) * dayMs).slice(0, 10),
  )
}

function countDays(rows: readonly TableRow[], { zone }: Viewer): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const { arrival } of rows) {
    const moment = arrivalMoment(arrival)
    if (!moment) continue
    const day = dayOf(moment, zone)
    counts.set(day, (counts.get(day) ?? 0) + 1)
  }
  return counts
}

function dayOf(moment: Date, zone: string): string {
  return toWall(moment, zone).slice(0, 10)
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}
