import { containerNumber, cycled, wagonNumber, waybillNumber } from '../builders/identifiers.ts'
import { CARGOES, CLIENTS, type Lane, LANES, type Stop } from './network.ts'
import { departureFrom, type Hold, lastOf, planHandover, planJourney, withDetachment } from './plan-operations.ts'
import { createRandom, type Random } from './random.ts'
import type {
  Operation,
  Period,
  TerminalStay,
  Train,
  TrainIdentity,
  Transshipment,
  Readdressing,
  Trip,
} from './train.ts'

export interface TrainOptions {
  readonly seed: number
  /** Position in the endless row of trains; everything else follows from it. */
  readonly ordinal: number
  readonly code: string
  readonly departsAt: Date
  /** The earlier train whose containers some of this train's containers are. */
  readonly reuseDistance: number
  /** Days from the start of a trip to the last day of its delivery norm. */
  readonly deliveryDays: number
}

/** The one container of a train that goes to the neighbouring station, where there is one. */
const READDRESSED_PLACE = 12
const HOUR_MS = 3_600_000
const MIN_BOXES = 30
const MAX_BOXES = 60
/** Containers lent to a later train stand at these places of theirs, out of reach of the borrowed ones. */
const LENT_FROM = 20
/** Two containers a wagon, and two spare wagons for a transshipment. */
const WAGONS_PER_TRAIN = MAX_BOXES / 2 + 2
/** A finished trip stays in the report for a while. */
const REPORTED_AFTER_ISSUE_MS = 26 * HOUR_MS

/** A train with the whole future of its containers; the same options always give the same train. */
export function planTrain({ seed, ordinal, code, departsAt, reuseDistance, deliveryDays }: TrainOptions): Train {
  const random = createRandom(seed, ordinal)
  const lane = cycled(LANES, ordinal)
  const size = random.between(MIN_BOXES, MAX_BOXES)
  const borrowed = ordinal >= reuseDistance ? random.between(7, 10) : 0
  const train = trainIdentity(lane, ordinal)
  const journey = planJourney({ lane, departsAt, train, hold: holdOf(ordinal, random), random })
  const detached = withDetachment(journey, {
    station: stationOnTheWay(lane, random),
    hours: random.between(30, 50),
    nextTrain: trainIdentity(lane, ordinal + LANES.length),
  })
  const transshippedAt = departureFrom(journey, stationOnTheWay(lane, random))
  const readdressedAt = departureFrom(journey, stationOnTheWay(lane, random))
  const trips = Array.from({ length: size }, (_, place) => {
    const lent = (ordinal - reuseDistance) * MAX_BOXES + LENT_FROM + place
    const serial = ordinal * MAX_BOXES + place
    return planTrip({
      lane,
      departsAt,
      journey: ordinal % 3 === 1 && place >= size - 4 ? detached : journey,
      wagon: wagonOf(ordinal, Math.floor(place / 2)),
      transshipment:
        ordinal % 3 === 0 && place < 4 && transshippedAt !== undefined
          ? { at: transshippedAt, wagon: wagonOf(ordinal, WAGONS_PER_TRAIN - 1 - Math.floor(place / 2)) }
          : undefined,
      readdressing:
        place === READDRESSED_PLACE && lane.neighbour !== undefined && readdressedAt !== undefined
          ? { at: readdressedAt, destination: lane.neighbour }
          : undefined,
      containerSerial: place < borrowed ? lent : serial,
      serial,
      deliveryDays,
      random,
    })
  })
  return { code, lane, departsAt, trips }
}

function wagonOf(ordinal: number, place: number): string {
  return wagonNumber(ordinal * WAGONS_PER_TRAIN + place)
}

function stationOnTheWay(lane: Lane, random: Random): string {
  return random.pick(lane.stops.slice(2, -2)).station
}

function trainIdentity(lane: Lane, ordinal: number): TrainIdentity {
  const middle = String(100 + (ordinal % 900))
  const [name = '', code = ''] = lane.destination.station.split(/ \(|\)/)
  return { index: `9822+${middle}+${code.slice(0, 4)} УГЛОВАЯ+${name}`, number: `1${middle}` }
}

/** Trains are abandoned in turn, for longer than the time between two of them: one is abandoned at any moment. */
function holdOf(ordinal: number, random: Random): Hold {
  if (ordinal % 2 === 0) return { kind: 'abandoned', afterHours: 120, hours: random.between(108, 130) }
  return { kind: 'standing', afterHours: random.between(72, 216), hours: random.between(32, 60) }
}

interface TripOptions {
  readonly lane: Lane
  readonly departsAt: Date
  readonly journey: readonly Operation[]
  readonly wagon: string
  readonly transshipment: Transshipment | undefined
  readonly readdressing: Readdressing | undefined
  readonly containerSerial: number
  readonly serial: number
  readonly deliveryDays: number
  readonly random: Random
}

function planTrip(options: TripOptions): Trip {
  const {
    lane,
    departsAt,
    journey,
    wagon,
    transshipment,
    readdressing,
    containerSerial,
    serial,
    deliveryDays,
    random,
  } = options
  const operations = arrivingAt(readdressing?.destination, planHandover(journey, random), lane)
  const startedAt = new Date((operations[0]?.at ?? departsAt).getTime() - HOUR_MS)
  const loaded = random.chance(0.93)
  return {
    container: containerNumber(containerSerial),
    type: containerSerial % 4 === 0 ? '22G1' : '45G1',
    client: random.pick(CLIENTS),
    cargo: random.pick(CARGOES),
    loaded,
    weightKg: loaded ? random.between(8_000, 27_000) : 0,
    waybill: waybillNumber(serial),
    serial,
    lane,
    wagon,
    transshipment,
    readdressing,
    startedAt,
    dueOn: new Date(startedAt.getTime() + deliveryDays * 24 * HOUR_MS),
    operations,
    reportedUntil: new Date(lastOf(operations).at.getTime() + REPORTED_AFTER_ISSUE_MS),
    missing: random.chance(0.08) ? missingPeriod(departsAt, random) : undefined,
    stay: terminalStay(departsAt, random),
  }
}

function arrivingAt(stop: Stop | undefined, operations: readonly Operation[], lane: Lane): readonly Operation[] {
  if (stop === undefined) return operations
  return operations.map((operation) => (operation.stop === lane.destination ? { ...operation, stop } : operation))
}

function missingPeriod(departsAt: Date, random: Random): Period {
  const from = departsAt.getTime() + random.between(24, 240) * HOUR_MS
  return { from: new Date(from), until: new Date(from + random.between(14, 50) * HOUR_MS) }
}

function terminalStay(departsAt: Date, random: Random): TerminalStay {
  const plate = String(random.between(100, 999))
  return {
    arrivedAt: new Date(departsAt.getTime() - random.between(22 * 60, 96 * 60) * 60_000),
    stock: `Отправка по жд Сток ${String(random.between(1, 4))}`,
    regime: random.chance(0.2) ? 'импорт' : 'внутренняя',
    damaged: random.chance(0.04),
    truck: `А${plate}ВС25`,
    driver: random.pick(['Водителев В.В.', 'Рулёв Р.Р.', 'Дорожкин Д.Д.']),
  }
}
