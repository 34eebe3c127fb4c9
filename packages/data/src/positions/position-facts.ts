import {
  type Arrival,
  arrivalOf,
  deriveStatus,
  forecastIn,
  type FormerStatus,
  findStatusRule,
  idleMinutes,
  type Idleness,
  idlenessOf,
  isDropped,
  isIssued,
  isTripOver,
  type NormState,
  normStateOf,
  operationMeanings,
  progressPercent,
  type Station,
  type Status,
  type StatusPosition,
  type StatusRule,
  type StatusSettings,
} from '@atermtrack/domain'
import { toPace } from '../forecast/pace-sql.ts'
import type { PositionView, StationView } from './positions.ts'

/** A status, or that the container is gone from its reports: of late, or for so long that nobody waits for it. */
export type PositionStatus = Status | 'missing' | 'dropped'

/** A status as people read it: that the consignee has got the container is more than that it was unloaded. */
export type ShownStatus = PositionStatus | 'issued'

/** The one rule for cards, lists, captions and workbooks. */
export function shownStatus(
  { operation }: Pick<PositionView, 'operation'>,
  { status }: Pick<PositionFacts, 'status'>,
): ShownStatus {
  return status === 'unloaded' && isIssued(operation) ? 'issued' : status
}

/** The facts that follow from a position by the rules of the domain. */
export interface PositionFacts {
  readonly status: PositionStatus
  /** Whether the trip is over. */
  readonly isOver: boolean
  readonly arrival: Arrival
  /** How the trip keeps its delivery norm. */
  readonly norm: NormState
  /** Percent of the way. */
  readonly progress: number | undefined
  /** The time since the last operation. */
  readonly idleness: Idleness
  /** Age of the last operation at the source's stamp, whatever the container does. */
  readonly operationMinutes: number
}

/** The fields that the facts of a position follow from. */
type FactSource = Pick<
  PositionView,
  | 'asOf'
  | 'operatedAt'
  | 'operation'
  | 'station'
  | 'origin'
  | 'destination'
  | 'tripEndedAt'
  | 'arrivedAt'
  | 'deliveryDueAt'
  | 'trainIndex'
  | 'trainNumber'
  | 'kmTotal'
  | 'kmLeft'
  | 'idleMinutes'
  | 'isAbandoned'
  | 'missingSince'
  | 'sourceStamp'
  | 'pace'
>

/** Derives what follows from a position; containers idle for longer than `standingAfterMinutes` stand. */
export function factsOf(
  position: FactSource,
  { standingAfterMinutes }: { readonly standingAfterMinutes: number },
): PositionFacts {
  const { operatedAt, asOf, kmTotal, kmLeft } = position
  const derived = deriveStatus(...statusQuestion(position, standingAfterMinutes))
  const isOver = isTripOver({ status: derived, endedAt: position.tripEndedAt })
  const absence = isOver ? undefined : absenceOf(position)
  const distance = { kmTotal: kmTotal ?? undefined, kmLeft: kmLeft ?? undefined }
  const arrivedAt = position.arrivedAt ?? undefined
  const pace = toPace(position.pace)
  const arrival = arrivalOf({ status: derived, kmLeft: distance.kmLeft, operatedAt, stampAt: asOf, arrivedAt, pace })
  const operationMinutes = position.idleMinutes ?? idleMinutes({ operatedAt, stampAt: asOf })
  return {
    status: absence ?? derived,
    isOver,
    arrival,
    norm: normOf(position, { arrival, isOver }),
    progress: arrival.kind === 'arrived' ? 100 : progressPercent(distance),
    idleness: idlenessOf(absence ? undefined : derived, operationMinutes),
    operationMinutes,
  }
}

/** A trip that the railway has ended without naming an arrival says nothing about its norm. */
function normOf(
  { deliveryDueAt, arrivedAt, asOf }: FactSource,
  { arrival, isOver }: Pick<PositionFacts, 'arrival' | 'isOver'>,
): NormState {
  return normStateOf({
    dueAt: deliveryDueAt ?? undefined,
    arrivedAt: arrivedAt ?? undefined,
    hasArrived: isOver || arrival.kind === 'arrived',
    expectedAt: forecastIn(arrival)?.arrivesAt,
    // Nobody knows when an abandoned train goes on, and without a distance there is no forecast either.
    isForeseeable: arrival.kind === 'expected' || arrival.kind === 'at_place',
    stampAt: asOf,
  })
}

/** The reason for the status of a position: a rule of the domain, or that newer reports no longer hold the container. */
export function explainStatus(
  position: FactSource,
  settings: { readonly standingAfterMinutes: number },
): { readonly rule: StatusRule; readonly absence: 'missing' | 'dropped' | undefined } {
  const rule = findStatusRule(...statusQuestion(position, settings.standingAfterMinutes))
  const { status } = factsOf(position, settings)
  return { rule, absence: status === 'missing' || status === 'dropped' ? status : undefined }
}

function statusQuestion(
  position: FactSource,
  standingAfterMinutes: number,
): [StatusPosition, StatusSettings, FormerStatus | undefined] {
  const operationStation = toStation(position.station)
  return [
    {
      operation: position.operation,
      operationStation,
      originStation: position.origin && toStation(position.origin),
      destinationStation: position.destination && toStation(position.destination),
      trainNumber: position.trainNumber ?? undefined,
      trainIndex: position.trainIndex ?? undefined,
      operatedAt: position.operatedAt,
      stampAt: position.asOf,
    },
    { meanings: operationMeanings, standingAfterMinutes },
    position.isAbandoned ? { status: 'abandoned', operationStation } : undefined,
  ]
}

/** A container on a trip that newer reports of its source do not hold. Measured at the source's newest stamp. */
function absenceOf({ missingSince, sourceStamp }: FactSource): 'missing' | 'dropped' | undefined {
  if (missingSince === null) return undefined
  return isDropped({ missingSince, stampAt: sourceStamp ?? missingSince }) ? 'dropped' : 'missing'
}

function toStation({ name, code }: StationView): Station {
  return { name, code: code ?? undefined }
}
