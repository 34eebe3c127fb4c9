import { type Lane, ORIGIN, type Stop } from './network.ts'
import type { Random } from './random.ts'
import type { Operation, TrainIdentity } from './train.ts'

/** A long stop on the way: the train is abandoned, or just stands. */
export interface Hold {
  readonly kind: 'abandoned' | 'standing'
  /** The first station reached this long after departure. */
  readonly afterHours: number
  readonly hours: number
}

export interface JourneyOptions {
  readonly lane: Lane
  readonly departsAt: Date
  readonly train: TrainIdentity
  readonly hold: Hold
  readonly random: Random
}

/** A wagon that is taken out of its train at a station and continues with another. */
export interface Detachment {
  readonly station: string
  readonly hours: number
  readonly nextTrain: TrainIdentity
}

type OperationKind = { readonly name: string; readonly mnemonic: string }

const HOUR_MS = 3_600_000
const MINUTE_MS = 60_000

const LOADED: OperationKind = { name: 'Погрузка (20)', mnemonic: 'ПОГР' }
const DEPARTED: OperationKind = { name: 'Отправление вагона со станции (2)', mnemonic: 'ОТПР' }
const ARRIVED: OperationKind = { name: 'Прибытие вагона на станцию (1)', mnemonic: 'ПРИБ' }
const ABANDONED: OperationKind = { name: 'Бросание поезда (92)', mnemonic: 'БРОС' }
const DETACHED: OperationKind = { name: 'Исключение вагона из поезда (4)', mnemonic: 'ИСКЛ' }
const UNLOADED: OperationKind = { name: 'Выгрузка из вагона (21)', mnemonic: 'ВЫГР' }
const ISSUED: OperationKind = { name: 'Выдача контейнера получателю (49)', mnemonic: 'ВЫДК' }

/** The way of a whole train from loading to arrival, about 600 km a day with its stops. */
export function planJourney({ lane, departsAt, train, hold, random }: JourneyOptions): readonly Operation[] {
  const operation = (kind: OperationKind, at: number, stop: Stop): Operation => ({
    ...kind,
    at: new Date(at),
    stop,
    train: kind === LOADED ? undefined : train,
  })
  let clock = departsAt.getTime()
  const operations = [
    operation(LOADED, clock - random.between(8 * 60, 20 * 60) * MINUTE_MS, ORIGIN),
    operation(DEPARTED, clock, ORIGIN),
  ]
  let held = false
  let previous = ORIGIN
  for (const stop of lane.stops.slice(1)) {
    clock += runMinutes(stop.km - previous.km, random) * MINUTE_MS
    previous = stop
    operations.push(operation(ARRIVED, clock, stop))
    if (stop === lane.destination) break
    const holds: boolean = !held && clock >= departsAt.getTime() + hold.afterHours * HOUR_MS
    if (holds && hold.kind === 'abandoned') operations.push(operation(ABANDONED, clock + 2 * HOUR_MS, stop))
    clock += (holds ? hold.hours * 60 : random.between(40, 200)) * MINUTE_MS
    held ||= holds
    operations.push(operation(DEPARTED, clock, stop))
  }
  return operations
}

/** The end of a journey for one container: unloaded and handed over. */
export function planHandover(journey: readonly Operation[], random: Random): readonly Operation[] {
  const arrival = lastOf(journey)
  const unloadedAt = arrival.at.getTime() + random.between(16 * 60, 34 * 60) * MINUTE_MS
  const issuedAt = unloadedAt + random.between(8 * 60, 30 * 60) * MINUTE_MS
  return [
    ...journey,
    { ...arrival, ...UNLOADED, at: new Date(unloadedAt), train: undefined },
    { ...arrival, ...ISSUED, at: new Date(issuedAt), train: undefined },
  ]
}

/** The same journey with its wagon left behind for a while; unchanged when it does not pass the station. */
export function withDetachment(journey: readonly Operation[], detachment: Detachment): readonly Operation[] {
  const place = journey.findIndex((operation) => operation.stop.station === detachment.station)
  const arrival = journey[place]
  if (arrival === undefined) return journey
  const shiftMs = detachment.hours * HOUR_MS
  const rest = journey
    .slice(place + 1)
    .filter((operation) => operation.name !== ABANDONED.name || operation.stop !== arrival.stop)
    .map((operation) => ({
      ...operation,
      at: new Date(operation.at.getTime() + shiftMs),
      train: detachment.nextTrain,
    }))
  const detachedAt = new Date(arrival.at.getTime() + 30 * MINUTE_MS)
  return [...journey.slice(0, place + 1), { ...arrival, ...DETACHED, at: detachedAt, train: undefined }, ...rest]
}

/** When a journey leaves a station, or undefined when it does not pass it. */
export function departureFrom(journey: readonly Operation[], station: string): Date | undefined {
  return journey.find((operation) => operation.stop.station === station && operation.name === DEPARTED.name)?.at
}

/** The operations that have happened by `instant`; the last one stands. */
export function operationsUntil(operations: readonly Operation[], instant: Date): readonly Operation[] {
  return operations.filter((operation) => operation.at <= instant)
}

/** The last of a list known to hold something. */
export function lastOf(operations: readonly Operation[]): Operation {
  const last = operations.at(-1)
  if (last === undefined) throw new RangeError('a journey holds at least one operation')
  return last
}

/** Running time alone; with the stops it comes to about 600 km a day. */
function runMinutes(km: number, random: Random): number {
  const kmPerDay = random.between(580, 860)
  return Math.max(20, Math.round((km / kmPerDay) * 24 * 60))
}
