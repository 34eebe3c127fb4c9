import type { LaneBucket, LaneSummary, MeasuredWeek, NewestMeasurement } from '@atermtrack/data'
import { cutText, formatWallDate, kmBucketRange, toWall } from '@atermtrack/domain'
import {
  bold,
  forecastTexts as texts,
  formatExact,
  formatNumber,
  type Language,
  roadName,
  stationName,
} from '@atermtrack/messages'
import { pageRow } from '../../text/pages.ts'
import type { View } from '../../routing/view.ts'
import * as actions from './actions.ts'

export const lanesPerPage = 8

const minutesOfDay = 1_440
const buttonsPerRow = 4
const longestName = 60
/** More do not fit into one glance; half a year is kept. */
const mostWeeks = 12

interface Reader {
  readonly language: Language
  readonly zone: string
}

/** A page of the lanes with what their forecasts were worth. */
export function lanesView(
  {
    newest,
    lanes,
    page,
    pages,
  }: {
    readonly newest: NewestMeasurement | undefined
    readonly lanes: readonly LaneSummary[]
    readonly page: number
    readonly pages: number
  },
  { language, zone }: Reader,
): View {
  const words = texts[language]
  const first = page * lanesPerPage + 1
  if (!newest || lanes.length === 0) {
    const html = `${words.title}\n\n${newest ? words.noTrips : words.notMeasured}`
    return { html, keyboard: { inline_keyboard: [] } }
  }
  const measuredAt = formatExact(newest.measuredAt, { language, zone })
  const lines = lanes.map((lane, n) => `${first + n}. ${summaryView(lane, language)}`)
  const buttons = lanes.map(({ id }, n) => actions.showLane.button(String(first + n), { laneId: id, page }))
  return {
    html: [words.title, words.measured(measuredAt, newest.trips), ...lines, words.legend].join('\n\n'),
    keyboard: {
      inline_keyboard: [
        buttons.slice(0, buttonsPerRow),
        buttons.slice(buttonsPerRow),
        ...pageRow({ page, pages }, (target) => actions.showForecasts.data({ page: target })),
      ].filter((row) => row.length > 0),
    },
  }
}

/** One lane by distance, and its errors week by week. */
export function laneView(
  {
    name,
    isRoad,
    buckets,
    weeks,
    page,
  }: {
    readonly name: string
    readonly isRoad: boolean
    readonly buckets: readonly LaneBucket[]
    readonly weeks: readonly MeasuredWeek[]
    readonly page: number
  },
  { language, zone }: Reader,
): View {
  const words = texts[language]
  const title = nameView({ name, isRoad }, language)
  const lines = buckets.map((bucket) => `• ${bucketView(bucket, language)}`)
  const past = weeks.slice(0, mostWeeks).flatMap(({ measuredAt, errorMinutes }) => {
    const error = daysView(errorMinutes, language)
    return error === undefined ? [] : [words.week(formatWallDate(toWall(measuredAt, zone)), error)]
  })
  return {
    html: [title, lines.join('\n'), ...(past.length > 1 ? [[words.weeks, ...past].join('\n')] : [])].join('\n\n'),
    keyboard: { inline_keyboard: [[actions.showForecasts.button(words.back, { page })]] },
  }
}

function summaryView(lane: LaneSummary, language: Language): string {
  const figures = [texts[language].trips(lane.trips), ...qualityOf(lane, language)]
  return `${nameView(lane, language)}: ${figures.join(', ')}`
}

function bucketView(bucket: LaneBucket, language: Language): string {
  const words = texts[language]
  const { from, to } = kmBucketRange(bucket.bucket)
  const range = words.km(formatNumber(from, language), to === undefined ? undefined : formatNumber(to, language))
  const figures = [words.step[bucket.step], words.trips(bucket.trips), ...qualityOf(bucket, language)]
  return `${bold(range)}: ${figures.join(', ')}`
}

/** The figures of the test, or that there was none. */
function qualityOf(
  { tests, errorMinutes, plainErrorMinutes, biasMinutes, shareWithin }: Omit<LaneSummary, 'id' | 'name' | 'isRoad'>,
  language: Language,
): readonly string[] {
  const words = texts[language]
  const error = daysView(errorMinutes, language)
  if (tests === 0 || error === undefined) return [words.untested]
  const bias = daysView(biasMinutes === null ? null : Math.abs(biasMinutes), language) ?? '0'
  const isBiased = biasMinutes !== null && bias !== '0'
  return [
    words.error(error, daysView(plainErrorMinutes, language)),
    ...(isBiased ? [biasMinutes < 0 ? words.comeLater(bias) : words.comeEarlier(bias)] : []),
    ...(shareWithin === null ? [] : [words.within(formatNumber(Math.round(shareWithin * 100), language))]),
  ]
}

function nameView({ name, isRoad }: Pick<LaneSummary, 'name' | 'isRoad'>, language: Language): string {
  const short = cutText(name, longestName)
  return bold(isRoad ? texts[language].road(roadName(short, language)) : stationName(short, language))
}

/** Days with one decimal; undefined where nothing was measured. */
function daysView(minutes: number | null, language: Language): string | undefined {
  return minutes === null ? undefined : formatNumber(Math.round((minutes / minutesOfDay) * 10) / 10, language)
}
