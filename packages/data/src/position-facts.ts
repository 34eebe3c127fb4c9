import {
  deriveStatus,
  type Forecast,
  forecastArrival,
  idleMinutes,
  isDropped,
  operationMeanings,
  progressPercent,
  type Station,
  type Status,
} from '@atermtrack/domain'
import type { PositionView, StationView } from './positions.ts'

/** A status, or that the container is gone from its reports: of late, or for so long that nobody waits for it. */
export type PositionStatus = Status | 'missing' | 'dropped'

/** What follows from a position by the rules of the domain. */
export interface PositionFacts {
  readonly status: PositionStatus
  readonly forecast: Forecast | undefined
  /** Percent of the way. */
  readonly progress: number | undefined
  /** At the source's stamp. */
  readonly idleMinutes: number
}

/** What the facts of a position follow from. */
type FactSource = Pick<
  PositionView,
  | 'asOf'
  | 'operatedAt'
  | 'operation'
  | 'station'
  | 'origin'
  | 'destination'
  | 'tripEndedAt'
  | 'trainIndex'
  | 'trainNumber'
  | 'kmTotal'
  | 'kmLeft'
  | 'idleMinutes'
  | 'isAbandoned'
  | 'missingSince'
  | 'sourceStamp'
>

/** Derives status, forecast, progress and idle time; containers idle for longer than `standingAfterMinutes` stand. */
export function factsOf(
  position: FactSource,
  { standingAfterMinutes }: { readonly standingAfterMinutes: number },
): PositionFacts {
  const { operatedAt, asOf, kmTotal, kmLeft, trainNumber, trainIndex } = position
  const station = toStation(position.station)
  const former = position.isAbandoned ? ({ status: 'abandoned', operationStation: station } as const) : undefined
  const derived = deriveStatus(
    {
      operation: position.operation,
      operationStation: station,
      originStation: position.origin && toStation(position.origin),
      destinationStation: position.destination && toStation(position.destination),
      trainNumber: trainNumber ?? undefined,
      trainIndex: trainIndex ?? undefined,
      operatedAt,
      stampAt: asOf,
    },
    { meanings: operationMeanings, standingAfterMinutes },
    former,
  )
  const status = absenceOf(position, derived) ?? derived
  const distance = { kmTotal: kmTotal ?? undefined, kmLeft: kmLeft ?? undefined }
  const atDestination = derived === 'unloaded' || derived === 'at_destination'
  return {
    status,
    forecast: forecastArrival({ kmLeft: distance.kmLeft, operatedAt, atDestination }),
    progress: atDestination ? 100 : progressPercent(distance),
    idleMinutes: position.idleMinutes ?? idleMinutes({ operatedAt, stampAt: asOf }),
  }
}

/** A container whose trip is not over and that newer reports of its source do not hold. Measured at the source's newest stamp. */
function absenceOf(
  { missingSince, sourceStamp, tripEndedAt }: FactSource,
  status: Status,
): 'missing' | 'dropped' | undefined {
  if (missingSince === null || status === 'unloaded' || tripEndedAt !== null) return undefined
  return isDropped({ missingSince, stampAt: sourceStamp ?? missingSince }) ? 'dropped' : 'missing'
}

function toStation({ name, code }: StationView): Station {
  return { name, code: code ?? undefined }
}
