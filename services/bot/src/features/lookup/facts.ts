import type { PositionView, StationView } from '@atermtrack/data'
import {
  deriveStatus,
  type Forecast,
  forecastArrival,
  formatWall,
  idleMinutes,
  operationMeanings,
  progressPercent,
  type Station,
  type Status,
  toWall,
  zoneLabel,
} from '@atermtrack/domain'

/** What a view needs besides the positions. */
export interface ViewSettings {
  readonly standingAfterMinutes: number
  /** Older data are called old. */
  readonly staleAfterMinutes: number
  /** Zone in which the age of data is printed when no position says it. */
  readonly sourceZone: string
}

/** What follows from a position by the rules of the domain. */
export interface Facts {
  readonly status: Status
  readonly forecast: Forecast | undefined
  readonly progress: number | undefined
  /** At the source's stamp. */
  readonly idleMinutes: number
}

export function factsOf(position: PositionView, { standingAfterMinutes }: ViewSettings): Facts {
  const { operatedAt, asOf, kmTotal, kmLeft, trainNumber, trainIndex } = position
  const status = deriveStatus(
    {
      operation: position.operation,
      operationStation: toStation(position.station),
      originStation: position.origin && toStation(position.origin),
      destinationStation: position.destination && toStation(position.destination),
      trainNumber: trainNumber ?? undefined,
      trainIndex: trainIndex ?? undefined,
      operatedAt,
      stampAt: asOf,
    },
    { meanings: operationMeanings, standingAfterMinutes },
  )
  const distance = { kmTotal: kmTotal ?? undefined, kmLeft: kmLeft ?? undefined }
  const atDestination = status === 'unloaded' || status === 'at_destination'
  return {
    status,
    forecast: forecastArrival({ kmLeft: distance.kmLeft, operatedAt, atDestination }),
    progress: atDestination ? 100 : progressPercent(distance),
    idleMinutes: position.idleMinutes ?? idleMinutes({ operatedAt, stampAt: asOf }),
  }
}

/** `dd.mm.yyyy HH:MM (МСК)` */
export function formatInstant(instant: Date, zone: string): string {
  return `${formatWall(toWall(instant, zone))} (${zoneLabel(zone, instant)})`
}

/** The source's own wall time of the operation, as `dd.mm.yyyy HH:MM (МСК)`. */
export function formatOperated({ operatedWall, operatedAt, zone }: PositionView): string {
  return `${formatWall(operatedWall)} (${zoneLabel(zone, operatedAt)})`
}

function toStation({ name, code }: StationView): Station {
  return { name, code: code ?? undefined }
}
