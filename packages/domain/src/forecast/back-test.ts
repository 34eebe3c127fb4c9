import { forecastArrival } from './forecast.ts'
import type { Pace } from './pace.ts'
import type { ForecastSample } from './samples.ts'

const minuteMs = 60_000

/** How forecasts compare with what came. */
export interface BackTest {
  /** Operations whose forecast was compared with the arrival. */
  readonly tests: number
  /** Mean distance between forecast and arrival, in whole minutes. */
  readonly errorMinutes: number
  /** Mean of forecast minus arrival: above zero where containers come earlier than forecast. */
  readonly biasMinutes: number
  /** Share of the arrivals that lay within the window, 0–1; undefined for the plain pace, which has none. */
  readonly shareWithin: number | undefined
}

/** Compares the forecasts of `pace`, or of the plain pace, with the arrivals of `samples`. Undefined without a sample. */
export function backTest(samples: readonly ForecastSample[], pace: Pace | undefined): BackTest | undefined {
  let [distance, bias, within] = [0, 0, 0]
  for (const { kmLeft, operatedAt, arrivedAt } of samples) {
    const forecast = forecastArrival({ kmLeft, operatedAt, stampAt: operatedAt, pace, isStanding: false })
    if (!forecast) continue
    const difference = (forecast.arrivesAt.getTime() - arrivedAt.getTime()) / minuteMs
    distance += Math.abs(difference)
    bias += difference
    const { measured } = forecast
    if (measured && measured.from <= arrivedAt && arrivedAt <= measured.to) within += 1
  }
  const tests = samples.length
  if (tests === 0) return undefined
  return {
    tests,
    errorMinutes: Math.round(distance / tests),
    biasMinutes: Math.round(bias / tests),
    shareWithin: pace && within / tests,
  }
}
