import type { Status } from '../trip/status.ts'
import type { TripKey } from '../trip/trip.ts'

/** A status, or that newer reports of the source do not hold the container. */
export type ReportedStatus = Status | 'missing' | 'dropped'

/** The statements of one report about one container: enough to say later what has changed since. Absent facts are undefined. */
export interface ReportState extends TripKey {
  readonly container: string
  readonly status: ReportedStatus
  readonly station: string
  readonly destination: string | undefined
  /** Kilometres. */
  readonly kmLeft: number | undefined
  readonly wagon: string | undefined
  readonly trainNumber: string | undefined
  readonly trainIndex: string | undefined
  /** The arrival itself, or when it was expected. */
  readonly arrivesAt: Date | undefined
}

/** Times as seconds since 1970, absent facts as null: thousands of them are stored with each report. */
export type StoredState = readonly (string | number | null)[]

/** Packs a state for storing. `readState` reads it; a new field goes to the end. */
export function packState(state: ReportState): StoredState {
  const { container, status, station, destination, kmLeft, wagon, trainNumber, trainIndex, arrivesAt } = state
  return [
    container,
    status,
    station,
    destination ?? null,
    kmLeft ?? null,
    wagon ?? null,
    trainNumber ?? null,
    trainIndex ?? null,
    secondsOf(arrivesAt),
    secondsOf(state.tripStartedAt),
    state.waybill,
  ]
}

/** Undefined for something that `packState` has not written. */
export function readState(stored: StoredState): ReportState | undefined {
  const [container, status, station, destination, kmLeft, wagon, trainNumber, trainIndex, arrives, started, waybill] =
    stored
  if (typeof container !== 'string' || typeof status !== 'string' || typeof station !== 'string') return undefined
  return {
    container,
    status: status as ReportedStatus,
    station,
    destination: textOf(destination),
    kmLeft: typeof kmLeft === 'number' ? kmLeft : undefined,
    wagon: textOf(wagon),
    trainNumber: textOf(trainNumber),
    trainIndex: textOf(trainIndex),
    arrivesAt: momentOf(arrives),
    tripStartedAt: momentOf(started) ?? null,
    waybill: textOf(waybill) ?? null,
  }
}

type Stored = StoredState[number] | undefined

function secondsOf(moment: Date | null | undefined): number | null {
  return moment ? Math.round(moment.getTime() / 1_000) : null
}

function momentOf(seconds: Stored): Date | undefined {
  return typeof seconds === 'number' ? new Date(seconds * 1_000) : undefined
}

function textOf(value: Stored): string | undefined {
  return typeof value === 'string' ? value : undefined
}
