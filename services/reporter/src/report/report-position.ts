import type { PositionView, StationView } from '@atermtrack/data'

/** The fields of a position that a report shows, or that its facts follow from. */
export type ReportPosition = Pick<
  PositionView,
  | 'container'
  | 'asOf'
  | 'confirmedAt'
  | 'operatedAt'
  | 'operation'
  | 'station'
  | 'roadName'
  | 'origin'
  | 'destination'
  | 'arrivedAt'
  | 'isAbandoned'
  | 'pace'
  | 'missingSince'
  | 'sourceStamp'
  | 'sourceHeardAt'
  | 'tripStartedAt'
  | 'tripEndedAt'
  | 'waybill'
  | 'containerType'
  | 'cargo'
  | 'weightKg'
  | 'loaded'
  | 'consignee'
  | 'trainNumber'
  | 'trainIndex'
  | 'wagon'
  | 'kmTotal'
  | 'kmLeft'
  | 'idleMinutes'
  | 'deliveryDueAt'
>

/**
 * Returns a function that copies what a report needs of a position. Values that many positions share become one object: a row of the
 * database holds all of its own, and fifty thousand of them would take several times the memory.
 */
export function createNarrower(): (view: PositionView) => ReportPosition {
  const text = createShare<string | null>((value) => value)
  const moment = createShare<Date | null>((value) => value?.getTime())
  const station = createShare<StationView | undefined>((value) => value && `${value.code ?? ''} ${value.name}`)
  return (view) => ({
    container: view.container,
    asOf: moment(view.asOf),
    confirmedAt: moment(view.confirmedAt),
    operatedAt: moment(view.operatedAt),
    operation: text(view.operation),
    station: station(view.station),
    roadName: text(view.roadName),
    origin: station(view.origin),
    destination: station(view.destination),
    arrivedAt: moment(view.arrivedAt),
    isAbandoned: view.isAbandoned,
    pace: view.pace ?? null,
    missingSince: moment(view.missingSince),
    sourceStamp: moment(view.sourceStamp),
    sourceHeardAt: moment(view.sourceHeardAt),
    tripStartedAt: moment(view.tripStartedAt),
    tripEndedAt: moment(view.tripEndedAt),
    waybill: view.waybill,
    containerType: text(view.containerType),
    cargo: text(view.cargo),
    weightKg: view.weightKg,
    loaded: view.loaded,
    consignee: text(view.consignee),
    trainNumber: text(view.trainNumber),
    trainIndex: text(view.trainIndex),
    wagon: view.wagon,
    kmTotal: view.kmTotal,
    kmLeft: view.kmLeft,
    idleMinutes: view.idleMinutes,
    deliveryDueAt: moment(view.deliveryDueAt),
  })
}

/** Gives the first of equal values back; `keyOf` says which are equal. */
function createShare<Value>(keyOf: (value: Value) => unknown): <One extends Value>(value: One) => One {
  const known = new Map<unknown, Value>()
  return <One extends Value>(value: One) => {
    const key = keyOf(value)
    const former = known.get(key)
    if (former !== undefined) return former as One
    known.set(key, value)
    return value
  }
}
