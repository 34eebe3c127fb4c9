import { type BackTest, backTest } from './back-test.ts'
import { forecastPace } from './forecast.ts'
import type { ForecastStep, MeasuredStep, Pace } from './pace.ts'
import type { ForecastSample } from './samples.ts'

const dayMs = 86_400_000

/** The conditions under which a step is used. */
export interface ForecastRules {
  /** Finished trips behind a figure. */
  readonly leastTrips: number
  /** Days on which these arrived: fifty containers of one train have made one experience. */
  readonly leastArrivalDays: number
  /** Trips that a step is tested with. */
  readonly leastTestTrips: number
  /** The share of trips, the earliest arrivals, whose figures are tested with the rest. */
  readonly earlierShare: number
  /**
   * An operation tests when its container would have arrived by now even if it took this many times as long as the plain pace, and these
   * days more: of younger operations only the fast half is known.
   */
  readonly slowTimes: number
  readonly slowDays: number
}

export const forecastRules: ForecastRules = {
  leastTrips: 8,
  leastArrivalDays: 3,
  leastTestTrips: 4,
  earlierShare: 0.6,
  slowTimes: 1.5,
  slowDays: 2,
}

/** The trips to one station, or to all stations of one road. */
export type ForecastPlace =
  | { readonly kind: 'lane'; readonly stationId: number }
  | { readonly kind: 'road'; readonly road: string }

/** The figures of a place for a range of remaining kilometres. */
export interface LaneMeasurement {
  readonly place: ForecastPlace
  readonly bucket: number
  /** Finished trips behind the figures. */
  readonly trips: number
  /** The step that was best in the back-test; plain where none could be tested or was better. */
  readonly step: ForecastStep
  /** The figures of that step; undefined for the plain pace. */
  readonly pace: Pace | undefined
  /** The back-test of that step; undefined where nothing could be tested. */
  readonly result: BackTest | undefined
  /** The back-test of the plain pace over the same operations. */
  readonly plain: BackTest | undefined
}

export interface ForecastMeasurement {
  /** The figures of trips that arrived before it were tested with operations from it on. Undefined without trips. */
  readonly splitAt: Date | undefined
  readonly trips: number
  readonly samples: number
  readonly lanes: readonly LaneMeasurement[]
}

/**
 * Measures how trips to each station and each road take the rest of their way, and tests the figures: what was known at one moment
 * against what happened after it. No arrival after the moment counts for the figures, and no operation before it tests them. The figures that
 * are used afterwards rest on all trips, their errors on the test.
 */
export function measureForecasts(
  samples: readonly ForecastSample[],
  rules: ForecastRules = forecastRules,
): ForecastMeasurement {
  const arrivals = new Map(samples.map(({ tripId, arrivedAt }) => [tripId, arrivedAt.getTime()]))
  const sorted = [...arrivals.values()].toSorted((a, b) => a - b)
  const splitAt = sorted[Math.floor(arrivals.size * rules.earlierShare)]
  const endAt = sorted.at(-1)
  const counts = { trips: arrivals.size, samples: samples.length }
  if (splitAt === undefined || endAt === undefined) return { splitAt: undefined, ...counts, lanes: [] }
  const period = { splitAt, endAt, rules }
  const roads = new Map<string, Candidate>()
  for (const [key, group] of groupBy(samples, roadKey)) roads.set(key, candidateOf('road', group, period))
  const ofRoads = [...roads.values()].map((road) => judge(placeOfRoad(road), road, [road], rules))
  const proven = new Map(ofRoads.filter(({ pace }) => pace).map((one) => [keyOfMeasured(one), one]))
  const ofLanes = [...groupBy(samples, laneKey).values()].map((group) => {
    const lane = candidateOf('lane', group, period)
    const key = roadKey(group[0])
    const road = key === undefined ? undefined : roads.get(key)
    const judged = judge(placeOfLane(lane), lane, road ? [lane, road] : [lane], rules)
    // A lane that nothing could test leans on its road, where that has proved itself.
    const fallback = key === undefined || judged.result ? undefined : proven.get(key)
    return fallback ? { ...judged, step: fallback.step, pace: fallback.pace } : judged
  })
  return { splitAt: new Date(splitAt), ...counts, lanes: [...ofLanes, ...ofRoads] }
}

/** The figures of one step for a group of samples. */
interface Candidate {
  readonly group: readonly ForecastSample[]
  readonly testing: readonly ForecastSample[]
  /** Made of what was known at the split; undefined with too few trips. */
  readonly former: Pace | undefined
  /** Made of all trips. */
  readonly all: Pace | undefined
}

function candidateOf(
  step: MeasuredStep,
  group: readonly ForecastSample[],
  { splitAt, endAt, rules }: { readonly splitAt: number; readonly endAt: number; readonly rules: ForecastRules },
): Candidate {
  const earlier = group.filter(({ arrivedAt }) => arrivedAt.getTime() < splitAt)
  return {
    group,
    testing: group.filter((one) => one.operatedAt.getTime() >= splitAt && slowArrival(one, rules) <= endAt),
    former: paceOf(step, earlier, rules),
    all: paceOf(step, group, rules),
  }
}

/** When the container of an operation has arrived even if it is slow. */
function slowArrival({ kmLeft, operatedAt }: ForecastSample, { slowTimes, slowDays }: ForecastRules): number {
  const { kmPerDay, daysOnTop } = forecastPace
  return operatedAt.getTime() + ((kmLeft / kmPerDay + daysOnTop) * slowTimes + slowDays) * dayMs
}

/** Undefined with too few trips. The error is not known yet. */
function paceOf(step: MeasuredStep, samples: readonly ForecastSample[], rules: ForecastRules): Pace | undefined {
  const trips = countDistinct(samples, ({ tripId }) => tripId)
  const days = countDistinct(samples, ({ arrivedAt }) => Math.floor(arrivedAt.getTime() / dayMs))
  if (trips < rules.leastTrips || days < rules.leastArrivalDays) return undefined
  const sorted = samples.map(({ extraMinutes }) => extraMinutes).toSorted((a, b) => a - b)
  const at = (share: number) => quantile(sorted, share)
  return { step, usualMinutes: at(0.5), lowMinutes: at(0.1), highMinutes: at(0.9), errorMinutes: 0, trips }
}

/** Takes the step with the smallest error over the operations that test `own`; the plain one where another is not better. */
function judge(
  place: ForecastPlace,
  own: Candidate,
  candidates: readonly Candidate[],
  { leastTestTrips }: ForecastRules,
): LaneMeasurement {
  const { group, testing } = own
  const trips = countDistinct(group, ({ tripId }) => tripId)
  const bucket = group[0]?.bucket ?? 0
  const canTest = countDistinct(testing, ({ tripId }) => tripId) >= leastTestTrips
  const plain = canTest ? backTest(testing, undefined) : undefined
  let best: Pick<LaneMeasurement, 'step' | 'pace' | 'result'> = { step: 'plain', pace: undefined, result: plain }
  for (const { former, all } of candidates) {
    const result = canTest && former ? backTest(testing, former) : undefined
    if (!all || !result || result.errorMinutes >= (best.result?.errorMinutes ?? Infinity)) continue
    best = { step: all.step, pace: { ...all, errorMinutes: result.errorMinutes }, result }
  }
  return { place, bucket, trips, plain, ...best }
}

/** Of sorted numbers, interpolated between neighbours, rounded to a whole number. */
function quantile(sorted: readonly number[], share: number): number {
  const place = (sorted.length - 1) * share
  const below = sorted[Math.floor(place)] ?? 0
  const above = sorted[Math.ceil(place)] ?? below
  return Math.round(below + (above - below) * (place - Math.floor(place)))
}

function placeOfLane({ group }: Candidate): ForecastPlace {
  return { kind: 'lane', stationId: group[0]?.stationId ?? 0 }
}

function placeOfRoad({ group }: Candidate): ForecastPlace {
  return { kind: 'road', road: group[0]?.road ?? '' }
}

function laneKey({ stationId, bucket }: ForecastSample): string {
  return `${bucket} ${stationId}`
}

function roadKey(sample: Pick<ForecastSample, 'road' | 'bucket'> | undefined): string | undefined {
  return sample?.road === undefined ? undefined : `${sample.bucket} ${sample.road}`
}

function keyOfMeasured({ place, bucket }: LaneMeasurement): string {
  return `${bucket} ${place.kind === 'road' ? place.road : ''}`
}

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string | undefined): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>()
  for (const item of items) {
    const key = keyOf(item)
    if (key === undefined) continue
    const group = groups.get(key)
    if (group) group.push(item)
    else groups.set(key, [item])
  }
  return groups
}

function countDistinct<T>(items: readonly T[], valueOf: (item: T) => number): number {
  return new Set(items.map(valueOf)).size
}
