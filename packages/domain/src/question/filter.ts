import type { TrainCode } from '../values/train-code.ts'
import type { Place } from './directory.ts'

/** Whether a place is where containers are now, where they go, or where they come from. */
export type PlaceRole = 'now' | 'destination' | 'origin'

/** `halted`: not moving at a place; `underway`: the trip is not over; `arrived`: unloaded or not. */
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

/** First and last day, `YYYY-MM-DD`. */
export interface DayRange {
  readonly from: string
  readonly to: string
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
  /** The day of the arrival or of the forecast; of the last operation where `asksForUnloading`. */
  readonly arrives: DayRange | undefined
  readonly trains: readonly TrainCode[]
}

/** «выгружены вчера» asks for the day of the unloading, which is the last operation, and not for that of the arrival. */
export function asksForUnloading({ states }: Pick<Filter, 'states'>): boolean {
  return states.length > 0 && states.every((state) => state === 'unloaded')
}
