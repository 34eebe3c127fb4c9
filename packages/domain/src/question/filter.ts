import type { RailwayTrain } from '../values/trains/railway-train.ts'
import type { TrainCode } from '../values/train-code.ts'
import type { Place } from './directory.ts'

/** Whether a place is where containers are now, where they go, where they come from, or one that they have been at on this trip. */
export type PlaceRole = 'now' | 'destination' | 'origin' | 'passed'

/** `halted`: not moving at a place; `underway`: the trip is not over; `arrived`: unloaded or not; `departed`: no longer at the origin. */
export type FilterState =
  | 'standing'
  | 'halted'
  | 'abandoned'
  | 'en_route'
  | 'underway'
  | 'at_origin'
  | 'at_destination'
  | 'arrived'
  | 'unloaded'
  | 'missing'
  | 'departed'
  | 'any'

/** First and last day, `YYYY-MM-DD`. */
export interface DayRange {
  readonly from: string
  readonly to: string
}

/** How trips keep their delivery norm (`NormState`): late, or likely to be, by more than so many begun days. */
export interface NormCondition {
  readonly state: 'late' | 'at_risk' | 'in_time'
  /** 0 where the question names no days, and always for `in_time`. */
  readonly overDays: number
}

export interface PlaceCondition {
  readonly role: PlaceRole
  /** Any of them; several when they share the name. */
  readonly places: readonly Place[]
}

/** Conditions that all hold for the containers asked for. */
export interface Filter {
  /** At most one of each role. */
  readonly places: readonly PlaceCondition[]
  /** Any of them; none is any state. */
  readonly states: readonly FilterState[]
  readonly idleOverMinutes: number | undefined
  readonly kmLeft: { readonly side: 'under' | 'over'; readonly km: number } | undefined
  /** The day of the arrival or of the forecast; of the last operation where `asksForOperationDay`. */
  readonly arrives: DayRange | undefined
  readonly norm: NormCondition | undefined
  /** The day of the departure. */
  readonly departed: DayRange | undefined
  /** Empty or not, and how long in feet. */
  readonly loaded: boolean | undefined
  readonly feet: 20 | 40 | undefined
  readonly trains: readonly TrainCode[]
  /** The railway's train in which it stands or rides. */
  readonly railTrain: RailwayTrain | undefined
  /** The day on which it was at the place that it has passed. */
  readonly passedOn: DayRange | undefined
  /** The answer is how far it still is: no condition, but it stands in buttons like one. */
  readonly asksKm: boolean
}

/** Asks for everything. */
export const emptyFilter: Filter = {
  places: [],
  states: [],
  idleOverMinutes: undefined,
  kmLeft: undefined,
  arrives: undefined,
  norm: undefined,
  departed: undefined,
  loaded: undefined,
  feet: undefined,
  trains: [],
  railTrain: undefined,
  passedOn: undefined,
  asksKm: false,
}

/** The last operation has put a container into these states, and the day beside them is that of the operation. */
const operated: ReadonlySet<FilterState> = new Set(['unloaded', 'abandoned', 'standing', 'halted'])

/** «выгружены вчера» and «брошены вчера» ask for the day of the last operation, and not for that of the arrival. */
export function asksForOperationDay({ states }: Pick<Filter, 'states'>): boolean {
  return states.length > 0 && states.every((state) => operated.has(state))
}
