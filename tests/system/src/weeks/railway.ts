import {
  type ContainerFact,
  createWorld,
  moscowInstant,
  type SimulatedFile,
  type SimulatedTrip,
  simulateFortnight,
} from '@atermtrack/testkit'

/** An operation of a container that a report names. */
export interface Sighting {
  readonly container: string
  readonly waybill: string
  readonly operation: string
  /** Name and code, as the report prints them. */
  readonly station: string
  readonly at: Date
  readonly wagon: string
  /** Undefined where the report leaves it blank. */
  readonly kmLeft: number | undefined
  readonly train: { readonly index: string; readonly number: string } | undefined
  /** The operation ends its trip. */
  readonly isLast: boolean
}

/** A container of a report: its operations, the newest last, where it is bound for, and by when. */
export interface ReportedContainer {
  readonly container: string
  readonly waybill: string
  readonly client: string
  readonly destination: string
  /** The last day of the delivery norm, as its midnight in Moscow. */
  readonly dueAt: Date
  readonly operations: readonly Sighting[]
}

/** A dislocation report as mail, and what it says. */
export interface WeekReport {
  readonly file: SimulatedFile
  readonly stamp: Date
  readonly containers: readonly ReportedContainer[]
}

/** The list of a train as mail. */
export interface WeekRoster {
  readonly file: SimulatedFile
  readonly trainCode: string
  /** The trips that ride in the train, as `container waybill`. */
  readonly trips: ReadonlySet<string>
}

/** A fortnight of a simulated railway. */
export interface Fortnight {
  /** In the order of their stamps. */
  readonly reports: readonly WeekReport[]
  readonly rosters: readonly WeekRoster[]
}

/** The end of the fortnight: always the same, so that a failure can be repeated. */
const now = new Date('2026-09-13T15:30:00Z')
/** Smaller railways send reports that shrink to a doubtful size now and then. */
const scale = 0.5
/** So short that some trains keep the norm and others miss it while they are watched. */
const deliveryDays = 12
const dayMs = 86_400_000

/** Simulates the first `days` days of a fortnight. */
export async function simulateDays({
  seed,
  days,
}: {
  readonly seed: number
  readonly days: number
}): Promise<Fortnight> {
  const trips = tripsByName(seed)
  const until = now.getTime() - (14 - days) * dayMs
  const reports: WeekReport[] = []
  const rosters: WeekRoster[] = []
  for await (const file of simulateFortnight({ now, seed, scale, deliveryDays })) {
    if (file.mailedAt.getTime() > until) break
    if (file.kind === 'dislocation') {
      const doubled = new Set(
        file.facts.awkward.filter(({ kind }) => kind === 'two operations').map(({ container }) => container),
      )
      const containers = file.facts.containers.map((fact) => reported(fact, trips, doubled.has(fact.container)))
      reports.push({ file, stamp: file.facts.stamp, containers })
    }
    if (file.kind === 'train_roster') rosters.push(rosterOf(file, file.facts, seed))
  }
  return { reports, rosters }
}

function allTrains(seed: number) {
  return createWorld({ seed, scale, deliveryDays }).trainsBetween(
    new Date(now.getTime() - 60 * dayMs),
    new Date(now.getTime() + dayMs),
  )
}

function tripsByName(seed: number): ReadonlyMap<string, SimulatedTrip> {
  const trips = allTrains(seed).flatMap((train) => train.trips)
  return new Map(trips.map((trip) => [`${trip.container} ${trip.waybill}`, trip]))
}

function rosterOf(file: SimulatedFile, { trainCode }: { readonly trainCode: string }, seed: number): WeekRoster {
  const trips = allTrains(seed).find(({ code }) => code === trainCode)?.trips ?? []
  return { file, trainCode, trips: new Set(trips.map((trip) => `${trip.container} ${trip.waybill}`)) }
}

function reported(
  fact: ContainerFact,
  trips: ReadonlyMap<string, SimulatedTrip>,
  hasFormer: boolean,
): ReportedContainer {
  const trip = trips.get(`${fact.container} ${fact.waybill}`)
  const place = trip?.operations.findIndex(({ at, name }) => +at === +fact.operatedAt && name === fact.operation) ?? -1
  if (!trip || place < 0) throw new Error(`the simulation knows no ${fact.operation} of ${fact.container}`)
  const operations = (hasFormer ? [place - 1, place] : [place]).flatMap((n) => sightingOf(trip, n, fact) ?? [])
  const { container, waybill, destination } = fact
  const dueAt = moscowInstant(trip.dueOn, 0, 0, 0)
  return { container, waybill, client: trip.client.name, destination, dueAt, operations }
}

function sightingOf(
  { container, waybill, operations, wagon, transshipment }: SimulatedTrip,
  place: number,
  { kmLeft }: ContainerFact,
) {
  const operation = operations[place]
  if (!operation) return undefined
  const { name, at, stop, train } = operation
  const isMoved = transshipment !== undefined && at >= transshipment.at
  return {
    container,
    waybill,
    operation: name,
    station: stop.station,
    at,
    wagon: isMoved ? transshipment.wagon : wagon,
    kmLeft,
    train,
    isLast: place === operations.length - 1,
  } satisfies Sighting
}
