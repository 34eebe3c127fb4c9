import {
  type ContainerFact,
  createWorld,
  moscowInstant,
  type SimulatedFile,
  type SimulatedTrain,
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

/** A stay at the terminal, as far as a report of it says. */
export interface StaySeen {
  readonly container: string
  /** Of the trip that follows. */
  readonly waybill: string
  readonly arrivedAt: Date
  /** Undefined while it stands there. */
  readonly leftAt: Date | undefined
}

/** A report of the terminal as mail, and what it says. */
export interface WeekTerminalReport {
  readonly file: SimulatedFile
  readonly stamp: Date
  readonly stays: readonly StaySeen[]
}

/** A dislocation report as mail, and what it says. */
export interface WeekReport {
  readonly file: SimulatedFile
  readonly stamp: Date
  readonly containers: readonly ReportedContainer[]
  /** What the terminal has mailed since the report before. */
  readonly terminal: readonly WeekTerminalReport[]
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
/** The terminal lets a container go so long before its train leaves. */
const dispatchedMs = 10 * 60_000

/** Simulates the first `days` days of a fortnight. */
export async function simulateDays({
  seed,
  days,
}: {
  readonly seed: number
  readonly days: number
}): Promise<Fortnight> {
  const trains = allTrains(seed)
  const trips = tripsByName(trains)
  const until = now.getTime() - (14 - days) * dayMs
  const reports: WeekReport[] = []
  const rosters: WeekRoster[] = []
  let terminal: WeekTerminalReport[] = []
  for await (const file of simulateFortnight({ now, seed, scale, deliveryDays })) {
    if (file.mailedAt.getTime() > until) break
    if (file.kind === 'dislocation') {
      const doubled = new Set(
        file.facts.awkward.filter(({ kind }) => kind === 'two operations').map(({ container }) => container),
      )
      const containers = file.facts.containers.map((fact) => reported(fact, trips, doubled.has(fact.container)))
      reports.push({ file, stamp: file.facts.stamp, containers, terminal })
      terminal = []
    }
    if (file.kind === 'terminal_report') terminal.push(terminalReportOf(file, file.facts, trains))
    if (file.kind === 'train_roster') rosters.push(rosterOf(file, file.facts, trains))
  }
  return { reports, rosters }
}

/** All that the fortnight can show: those that are long gone, and those whose containers gather at the terminal. */
function allTrains(seed: number): readonly SimulatedTrain[] {
  return createWorld({ seed, scale, deliveryDays }).trainsBetween(
    new Date(now.getTime() - 60 * dayMs),
    new Date(now.getTime() + 6 * dayMs),
  )
}

function tripsByName(trains: readonly SimulatedTrain[]): ReadonlyMap<string, SimulatedTrip> {
  const trips = trains.flatMap((train) => train.trips)
  return new Map(trips.map((trip) => [`${trip.container} ${trip.waybill}`, trip]))
}

function rosterOf(
  file: SimulatedFile,
  { trainCode }: { readonly trainCode: string },
  trains: readonly SimulatedTrain[],
): WeekRoster {
  const trips = trains.find(({ code }) => code === trainCode)?.trips ?? []
  return { file, trainCode, trips: new Set(trips.map((trip) => `${trip.container} ${trip.waybill}`)) }
}

function terminalReportOf(
  file: SimulatedFile,
  { stamp, sheets }: Extract<SimulatedFile, { readonly kind: 'terminal_report' }>['facts'],
  trains: readonly SimulatedTrain[],
): WeekTerminalReport {
  const listed = new Set(Object.values(sheets).flat())
  const stays = trains.flatMap(({ departsAt, trips }) => {
    const leftAt = departsAt <= stamp ? new Date(departsAt.getTime() - dispatchedMs) : undefined
    const isOver = stamp.getTime() - departsAt.getTime() >= dayMs
    return trips.flatMap(({ container, waybill, stay: { arrivedAt } }) =>
      isOver || arrivedAt > stamp || !listed.has(container) ? [] : [{ container, waybill, arrivedAt, leftAt }],
    )
  })
  return { file, stamp, stays }
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
  { container, waybill, operations, wagon, transshipment, lane }: SimulatedTrip,
  place: number,
  { kmLeft, operatedAt }: ContainerFact,
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
    // The fact is about the newest operation; a neighbouring destination is as far away.
    kmLeft: +at === +operatedAt ? kmLeft : lane.destination.km - stop.km,
    train,
    isLast: place === operations.length - 1,
  } satisfies Sighting
}
