import type { ReportedContainer, Sighting } from './railway.ts'

/** The kinds of events that the oracle knows. */
export const oracleKinds = [
  'departed',
  'arrived_at_station',
  'abandoned',
  'picked_up',
  'long_idle_began',
  'long_idle_ended',
  'wagon_changed',
  'train_changed',
  'destination_changed',
  'arrived',
  'unloaded',
  'missing',
  'returned',
  'forecast_moved',
  'norm_at_risk',
  'norm_missed',
  'came_to_terminal',
  'left_terminal',
  'free_days_end',
] as const
export type OracleKind = (typeof oracleKinds)[number]

/** Something that has happened to a container, by the reports that are known. */
export interface OracleEvent {
  /** Names it for ever. */
  readonly key: string
  readonly kind: OracleKind
  readonly container: string
  readonly waybill: string
  readonly happenedAt: Date
  /** Name of the station without its code, or of the terminal. */
  readonly station: string
  readonly train: Sighting['train']
  /** The forecast that was announced last and the one that takes its place. */
  readonly moved?: { readonly from: Date; readonly to: Date }
  /** The first moment that the terminal charges. */
  readonly freeUntil?: Date
  readonly isNews: boolean
}

export type Found = Omit<OracleEvent, 'isNews'> & { readonly knownAt: Date }

/** An operation as it is known. */
export interface Known extends Sighting {
  /** The stamp of the first report that names it. */
  readonly knownAt: Date
}

/** A container of a report. */
export interface Seen extends ReportedContainer {
  readonly stamp: Date
}

/** A trip as far as it is known. */
export interface Way {
  /** In the order of their stamps. */
  readonly seen: readonly Seen[]
  /** In the order of their time. */
  readonly operations: readonly Known[]
  /** The first operation at the destination. */
  readonly arrival: Known | undefined
}

export const hourMs = 3_600_000

export function eventAt(
  kind: OracleKind,
  name: string,
  { container, waybill, at, station, train, knownAt }: Known,
): Found {
  const key = [kind, container, waybill, name].join('|')
  return { key, kind, container, waybill, happenedAt: at, station: stationName(station), train, knownAt }
}

/** `СЕЛЯТИНО (181102)` → `СЕЛЯТИНО` */
function stationName(station: string): string {
  return station.replace(/ \(\d+\)$/, '')
}

export function nameOf({ at }: Sighting): string {
  return at.toISOString()
}

export function isAbandoning(operation: string): boolean {
  return operation.startsWith('Бросание')
}

export function isOrigin(station: string): boolean {
  return station.startsWith('УГЛОВАЯ')
}

/** It does not travel: it waits for its train, or is abandoned with it. */
export function isHeld({ station, train, operation }: Sighting): boolean {
  return (isOrigin(station) && !train) || isAbandoning(operation)
}
