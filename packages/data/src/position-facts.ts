import {
  deriveStatus,
  type Forecast,
  forecastArrival,
  idleMinutes,
  operationMeanings,
  progressPercent,
  type Station,
  type Status,
} from '@atermtrack/domain'
import type { PositionView, StationView } from './positions.ts'

/** What follows from a position by the rules of the domain. */
export interface PositionFacts {
  readonly status: Status
  readonly forecast: Forecast | undefined
  /** Percent of the way. */
  readonly progress: number | undefined
  /** At the source's stamp. */
  readonly idleMinutes: number
}

/** Derives status, forecast, progress and idle time; containers idle for longer than `standingAfterMinutes` stand. */
export function factsOf(
  position: PositionView,
  { standingAfterMinutes }: { readonly standingAfterMinutes: number },
): PositionFacts {
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

function toStation({ name, code }: StationView): Station {
  return { name, code: code ?? undefined }
}
