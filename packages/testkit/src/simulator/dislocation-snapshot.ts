import type { Cell } from '@atermtrack/domain'
import type { DislocationCells } from '../builders/dislocation-workbook.ts'
import { dislocationCells } from './dislocation-cells.ts'
import { operationsUntil } from './plan-operations.ts'
import { createRandom } from './random.ts'
import { destinationAt, type Operation, type Train, type Trip, wagonAt } from './train.ts'

/** The facts of a report about one container, which a reader of the report must find again. */
export interface ContainerFact {
  readonly container: string
  readonly waybill: string
  readonly station: string
  readonly operation: string
  readonly operatedAt: Date
  readonly wagon: string
  readonly destination: string
  /** Undefined where the report leaves the distance blank. */
  readonly kmLeft: number | undefined
}

export type AwkwardKind = 'unknown distance' | 'blank inside a number' | 'decimal comma' | 'two operations'

export interface AwkwardCell {
  readonly kind: AwkwardKind
  readonly container: string
}

export interface DislocationSnapshot {
  /** Made while they are read, so that a big report is never held whole. */
  readonly rows: Iterable<DislocationCells>
  readonly rowCount: number
  readonly containers: readonly ContainerFact[]
  readonly awkward: readonly AwkwardCell[]
}

interface Sighting {
  readonly trip: Trip
  readonly operation: Operation
  /** The operation before, if any. */
  readonly before: Operation | undefined
  readonly awkward: AwkwardKind | undefined
}

const AWKWARD_KINDS: readonly AwkwardKind[] = [
  'unknown distance',
  'blank inside a number',
  'decimal comma',
  'two operations',
]
/** A report shorter than this has no awkward cells. */
const ROWS_PER_AWKWARD = 10

/** The rows of the report formed at `stamp`, and their facts. */
export function dislocationSnapshot(trains: readonly Train[], stamp: Date, seed: number): DislocationSnapshot {
  const seen = trains.flatMap((train) => train.trips).filter((trip) => isReported(trip, stamp))
  const awkwardPlaces = chooseAwkward(seen.length, createRandom(seed, stamp.getTime() / 60_000, 2).next())
  const sightings = seen.map((trip, place): Sighting => {
    const operations = operationsUntil(trip.operations, stamp)
    const operation = operations.at(-1)
    if (operation === undefined) throw new RangeError(`${trip.container} is reported before its first operation`)
    return { trip, operation, before: operations.at(-2), awkward: awkwardPlaces.get(place) }
  })
  return {
    rows: { [Symbol.iterator]: () => snapshotRows(sightings, stamp) },
    rowCount: sightings.length + sightings.filter(hasTwoRows).length,
    containers: sightings.map((sighting) => factOf(sighting, stamp)),
    awkward: sightings.flatMap(({ awkward, trip }) =>
      awkward === undefined ? [] : [{ kind: awkward, container: trip.container }],
    ),
  }
}

function isReported({ operations, reportedUntil, missing }: Trip, stamp: Date): boolean {
  const first = operations[0]
  if (first === undefined || first.at > stamp || stamp >= reportedUntil) return false
  return missing === undefined || stamp < missing.from || stamp >= missing.until
}

/** One place per kind, spread over the report. */
function chooseAwkward(rows: number, chance: number): ReadonlyMap<number, AwkwardKind> {
  const kinds = rows < ROWS_PER_AWKWARD * AWKWARD_KINDS.length ? [] : AWKWARD_KINDS
  const start = Math.floor(chance * rows)
  return new Map(kinds.map((kind, index) => [(start + index * ROWS_PER_AWKWARD) % rows, kind]))
}

function* snapshotRows(sightings: readonly Sighting[], stamp: Date): Generator<DislocationCells, void, undefined> {
  for (const sighting of sightings) {
    const { trip, operation, before, awkward } = sighting
    const cells = dislocationCells(trip, operation, stamp)
    yield awkward === undefined ? cells : { ...cells, ...awkwardCells(cells, awkward) }
    if (before === undefined || !hasTwoRows(sighting)) continue
    yield { ...dislocationCells(trip, before, stamp), 'Номер контейнера': undefined }
  }
}

function hasTwoRows({ awkward, before }: Sighting): boolean {
  return awkward === 'two operations' && before !== undefined
}

function awkwardCells(cells: DislocationCells, awkward: AwkwardKind): DislocationCells {
  if (awkward === 'unknown distance') return { 'Расстояние пройденное': undefined, 'Расстояние оставшееся': undefined }
  if (awkward === 'blank inside a number') return { 'Расстояние оставшееся': grouped(cells['Расстояние оставшееся']) }
  if (awkward !== 'decimal comma') return {}
  const idleDays = Number(cells['Время простоя под последней операцией (сутки)'])
  return { 'Время простоя под последней операцией (сутки)': idleDays.toFixed(1).replace('.', ',') }
}

function factOf({ trip, operation, awkward }: Sighting, stamp: Date): ContainerFact {
  const destination = destinationAt(trip, stamp)
  return {
    container: trip.container,
    waybill: trip.waybill,
    station: operation.stop.station,
    operation: operation.name,
    operatedAt: operation.at,
    wagon: wagonAt(trip, operation.at),
    destination: destination.station,
    kmLeft: awkward === 'unknown distance' ? undefined : destination.km - operation.stop.km,
  }
}

/** `9 230` */
function grouped(value: Cell): string {
  return String(Number(value)).replace(/\B(?=(\d{3})+$)/g, ' ')
}
