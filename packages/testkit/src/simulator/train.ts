import type { Client, Lane, Stop } from './network.ts'

export interface TrainIdentity {
  /** `9822+988+1811 УГЛОВАЯ+СЕЛЯТИНО` */
  readonly index: string
  readonly number: string
}

export interface Operation {
  readonly at: Date
  readonly stop: Stop
  readonly name: string
  readonly mnemonic: string
  /** None while the wagon stands in no train. */
  readonly train: TrainIdentity | undefined
}

export interface Period {
  readonly from: Date
  readonly until: Date
}

/** The move to another wagon on the way. */
export interface Transshipment {
  readonly at: Date
  readonly wagon: string
}

/** A new destination given on the way. */
export interface Readdressing {
  readonly at: Date
  readonly destination: Stop
}

/** One trip of one container, with its whole future. */
export interface Trip {
  readonly container: string
  readonly type: '22G1' | '45G1'
  readonly client: Client
  readonly cargo: { readonly name: string; readonly code: string }
  readonly loaded: boolean
  readonly weightKg: number
  readonly waybill: string
  /** A number of its own, the same for every report. */
  readonly serial: number
  readonly lane: Lane
  readonly wagon: string
  readonly transshipment: Transshipment | undefined
  readonly readdressing: Readdressing | undefined
  readonly startedAt: Date
  /** A moment of the last day of the delivery norm. */
  readonly dueOn: Date
  /** In time order, never empty; kilometres never fall. */
  readonly operations: readonly Operation[]
  /** When the container leaves the report for good. */
  readonly reportedUntil: Date
  /** When the report omits the container for a while. */
  readonly missing: Period | undefined
  readonly stay: TerminalStay
}

/** The days at the terminal before the trip. */
export interface TerminalStay {
  readonly arrivedAt: Date
  readonly stock: string
  readonly regime: string
  readonly damaged: boolean
  readonly truck: string
  readonly driver: string
}

export interface Train {
  /** The terminal's code, `К25-073`. */
  readonly code: string
  readonly lane: Lane
  readonly departsAt: Date
  readonly trips: readonly Trip[]
}

/** Where the container is bound for at `instant`. */
export function destinationAt({ lane, readdressing }: Trip, instant: Date): Stop {
  return readdressing !== undefined && instant >= readdressing.at ? readdressing.destination : lane.destination
}

/** The wagon that carries the container at `instant`. */
export function wagonAt({ wagon, transshipment }: Trip, instant: Date): string {
  return transshipment !== undefined && instant >= transshipment.at ? transshipment.wagon : wagon
}
