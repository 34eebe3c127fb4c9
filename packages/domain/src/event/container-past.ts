import type { Station } from '../values/station.ts'
import type { FreeDays } from '../terminal/free-days.ts'
import type { OperationMeanings } from '../trip/status.ts'
import type { EventKind } from './event.ts'

/** One operation of a trip with what its first report says. Ids are carried along, never compared with those of another database. */
export interface PastOperation {
  readonly operatedAt: Date
  /** Stamp of the first report that names the operation. */
  readonly stampAt: Date
  readonly sourceId: number
  readonly operation: string
  readonly station: Station
  readonly stationId: number
  /** The destination that the waybill names at this operation; undefined where the report does not say. */
  readonly destination: Station | undefined
  readonly wagon: string | undefined
  readonly trainNumber: string | undefined
  readonly trainIndex: string | undefined
  readonly kmLeft: number | undefined
}

/** One trip of a container. `key` names it whatever is imported in which order: its start, its waybill, or its first operation. */
export interface PastTrip {
  readonly key: string
  readonly origin: Station | undefined
  readonly destination: Station | undefined
  readonly dueAt: Date | undefined
  readonly finishedAt: Date | undefined
  /** In any order. */
  readonly operations: readonly PastOperation[]
}

/** From a report on, its source held a container, or held it no longer. */
export interface PresenceChange {
  readonly sourceId: number
  readonly stampAt: Date
  readonly isPresent: boolean
}

/** One stay at a terminal; `stampAt` belongs to the newest report that names it. */
export interface PastVisit {
  readonly key: string
  readonly terminal: string | undefined
  readonly direction: string | undefined
  readonly size: string | undefined
  readonly arrivedAt: Date | undefined
  readonly dispatchedAt: Date | undefined
  readonly onSite: boolean
  readonly stampAt: Date
}

/** The newest report that holds a container. `seenAt` is the newest stamp of any source that holds it. */
export interface Present {
  readonly sourceId: number
  readonly stampAt: Date
  readonly seenAt: Date
}

/** All that the events of one container follow from. */
export interface ContainerPast {
  readonly trips: readonly PastTrip[]
  readonly present: Present | undefined
  readonly presence: readonly PresenceChange[]
  readonly visits: readonly PastVisit[]
}

export interface EventSettings {
  readonly meanings: OperationMeanings
  /** A container on its way is idle for long after so many hours without an operation. */
  readonly longIdleHours: number
  /** A forecast that moves by less is not worth an event. */
  readonly forecastMovedHours: number
  readonly freeDays: readonly FreeDays[]
  /** Stamps of all accepted reports of a source in milliseconds, the oldest first. */
  readonly stampsOf: (sourceId: number) => readonly number[]
}

/** An event with what its readers need. `details` holds JSON values: texts, numbers, times as ISO text. */
export interface DetectedEvent {
  readonly kind: EventKind
  /** With container and kind it names the event for ever: times and stations, never the number of a row. */
  readonly identity: string
  readonly happenedAt: Date
  /** Stamp of the first report from which it follows. */
  readonly knownAt: Date
  readonly stationId: number | undefined
  readonly trainNumber: string | undefined
  readonly trainIndex: string | undefined
  /** The trip that it belongs to, by its key. */
  readonly tripKey: string | undefined
  readonly details: Readonly<Record<string, string | number>>
}
