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
 * against what happened after it. No arrival after the moment counts for the figures, and no operation before it tests them. The figures
 * that are used afterwards rest on all trips, their errors on the test. Yields after each bucket: with hundreds of thousands of samples
 * a caller may have something else to do between two of them.
 */
export function* measureForecasts(
  samples: readonly ForecastSample[],
  rules: ForecastRules = forecastRules,
): Generator<undefined, ForecastMeasurement, undefined> {
  const arrivals = new Map(samples.map(({ tripId, arrivedAt }) => [tripId, arrivedAt.getTime()]))
  const sorted = [...arrivals.values()].toSorted((a, b) => a - b)
  const splitAt = sorted[Math.floor(arrivals.size * rules.earlierShare)]
  const endAt = sorted.at(-1)
  const counts = { trips: arrivals.size, samples: samples.length }
  if (splitAt === undefined || endAt === undefined) return { splitAt: undefined, ...counts, lanes: [] }
  const lanes: LaneMeasurement[] = []
  for (const ofBucket of groupBy(samples, ({ bucket }) => bucket).values()) {
    lanes.push(...measureBucket(ofBucket, { splitAt, endAt, rules }))
    yield
  }
  return { splitAt: new Date(splitAt), ...counts, lanes }
}

/** The moment of the test, the newest arrival, and the conditions. */
interface Period {
  readonly splitAt: number
  readonly endAt: number
  readonly rules: ForecastRules
}

function measureBucket(samples: readonly ForecastSample[], period: Period): readonly LaneMeasurement[] {
  const roads = new Map<string, { readonly candidate: Candidate; readonly judged: LaneMeasurement }>()
  for (const [road, group] of groupBy(samples, ({ road }) => road)) {
    const candidate = candidateOf('road', group, period)
    roads.set(road, { candidate, judged: judge({ kind: 'road', road }, candidate, [candidate], period.rules) })
  }
  const lanes = [...groupBy(samples, ({ stationId }) => stationId)].map(([stationId, group]) => {
    const lane = candidateOf('lane', group, period)
    const road = roads.get(group[0]?.road ?? '')
    const judged = judge({ kind: 'lane', stationId }, lane, road ? [lane, road.candidate] : [lane], period.rules)
    // A lane that nothing could test leans on its road, where that has proved itself.
    const leans = !judged.result && road?.judged.pace
    return leans ? { ...judged, step: road.judged.step, pace: road.judged.pace } : judged
  })
  return [...lanes, ...[...roads.values()].map(({ judged }) => judged)]
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
  { splitAt, endAt, rules }: Period,
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

function groupBy<T, Key>(items: readonly T[], keyOf: (item: T) => Key | undefined): ReadonlyMap<Key, readonly T[]> {
  const groups = new Map<Key, T[]>()
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
