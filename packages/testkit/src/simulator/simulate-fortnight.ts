import { aDislocationWorkbook } from '../builders/dislocation-workbook.ts'
import { aMessage } from '../builders/message.ts'
import { aTerminalReport, type TerminalSheet, terminalSheets } from '../builders/terminal-report.ts'
import { aTrainRoster } from '../builders/train-roster.ts'
import { moscowInstant, moscowText, vladivostokDate } from '../builders/wall-clock.ts'
import { type AwkwardCell, type ContainerFact, dislocationSnapshot } from './dislocation-snapshot.ts'
import { terminalVisits } from './terminal-snapshot.ts'
import type { Train } from './train.ts'
import { createWorld, type World, WORLD_BEGINS_AT, type WorldOptions } from './world.ts'

export interface FortnightOptions extends Pick<WorldOptions, 'deliveryDays'> {
  /** The end of the fortnight; 2020 is the earliest year. */
  readonly now: Date
  readonly seed?: number
  /** 1 (the default) keeps about 350 containers on the rails; 0.2 is enough for most tests. */
  readonly scale?: number
}

export interface DislocationFacts {
  readonly stamp: Date
  /** Rows below the header; a container with two operations takes two. */
  readonly rows: number
  readonly containers: readonly ContainerFact[]
  readonly awkward: readonly AwkwardCell[]
}

export interface TerminalFacts {
  readonly stamp: Date
  /** Container numbers by the sheet's prefix, in the order of the sheet. */
  readonly sheets: Readonly<Record<TerminalSheet, readonly string[]>>
}

export interface RosterFacts {
  readonly trainCode: string
  readonly containers: readonly string[]
}

interface Envelope {
  readonly fileName: string
  readonly sender: string
  readonly subject: string
  readonly mailedAt: Date
  /** The workbook, .xlsx. */
  readonly content: Buffer
}

export type SimulatedFile =
  | (Envelope & { readonly kind: 'dislocation'; readonly facts: DislocationFacts })
  | (Envelope & { readonly kind: 'terminal_report'; readonly facts: TerminalFacts })
  | (Envelope & { readonly kind: 'train_roster'; readonly facts: RosterFacts })

interface Mailing {
  readonly mailedAt: Date
  readonly build: () => Promise<SimulatedFile>
}

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
const FORTNIGHT_DAYS = 14
/** Longer than any trip, so that trains long gone are still in the first report. */
const LONGEST_TRIP_MS = 32 * DAY_MS
/** Containers come to the terminal at most so long before their train leaves. */
const YARD_MS = 5 * DAY_MS
const REPORT_NUMBER = '103'
const DEFAULT_SEED = 20_250_902

/**
 * Fourteen days of railway life up to `now`, as the files that report it, in the order of their mail times.
 * The same options give the same bytes, and a later `now` continues the same world.
 */
export async function* simulateFortnight({
  now,
  seed = DEFAULT_SEED,
  scale = 1,
  ...terms
}: FortnightOptions): AsyncGenerator<SimulatedFile, void, undefined> {
  const from = new Date(now.getTime() - FORTNIGHT_DAYS * DAY_MS)
  if (from < WORLD_BEGINS_AT) throw new RangeError('the simulated world begins in 2020')
  const world = createWorld({ seed, scale, ...terms })
  const mailings = [
    ...dislocationStamps(from, now).map((stamp) => ({ mailedAt: stamp, build: () => dislocation(world, stamp, seed) })),
    ...dailyInstants(from, now, 1, 25).map((stamp) => ({ mailedAt: stamp, build: () => terminalReport(world, stamp) })),
    ...rosterMailings(world, from, now),
  ].sort((one, other) => one.mailedAt.getTime() - other.mailedAt.getTime())
  for (const mailing of mailings) yield await mailing.build()
}

/** The file as the message that would bring it. */
export function simulatedMessage({ sender, subject, mailedAt, fileName, content }: SimulatedFile): Buffer {
  return aMessage({ from: sender, subject, date: mailedAt, attachments: [{ fileName, content }] })
}

async function dislocation(world: World, stamp: Date, seed: number): Promise<SimulatedFile> {
  const trains = world.trainsBetween(new Date(stamp.getTime() - LONGEST_TRIP_MS), new Date(stamp.getTime() + DAY_MS))
  const { rows, rowCount, containers, awkward } = dislocationSnapshot(trains, stamp, seed)
  const [day = '', time = ''] = moscowText(stamp).replaceAll(/[.:]/g, '').split(' ')
  return {
    kind: 'dislocation',
    fileName: `${REPORT_NUMBER}_${day}_${time}.xlsx`,
    sender: 'cargolk@gvc.rzd.ru',
    subject: `Отчёт слежения TrackerBot №${REPORT_NUMBER}`,
    mailedAt: stamp,
    content: await aDislocationWorkbook({ rows, stamp, reportNumber: REPORT_NUMBER }),
    facts: { stamp, rows: rowCount, containers, awkward },
  }
}

async function terminalReport(world: World, stamp: Date): Promise<SimulatedFile> {
  const trains = world.trainsBetween(new Date(stamp.getTime() - DAY_MS), new Date(stamp.getTime() + YARD_MS))
  const visits = terminalVisits(trains, stamp)
  const sheets = terminalSheets(visits, stamp)
  const numbers = (sheet: TerminalSheet): readonly string[] => sheets[sheet].map((visit) => visit.container)
  return {
    kind: 'terminal_report',
    fileName: `A-Terminal ${vladivostokDate(stamp)}.xlsx`,
    sender: 'aterminal@effex.ru',
    subject: `Executive summary ${vladivostokDate(stamp)}`,
    mailedAt: stamp,
    content: await aTerminalReport({ visits, stamp }),
    facts: {
      stamp,
      sheets: {
        Arrival: numbers('Arrival'),
        Dispatch: numbers('Dispatch'),
        Empty: numbers('Empty'),
        Damaged: numbers('Damaged'),
        Loaded: numbers('Loaded'),
        Customs: numbers('Customs'),
      },
    },
  }
}

/** One roster per train still on the rails; those of trains that left earlier open the fortnight. */
function rosterMailings(world: World, from: Date, now: Date): readonly Mailing[] {
  const ahead = 2 * HOUR_MS
  return world
    .trainsBetween(new Date(from.getTime() - LONGEST_TRIP_MS), new Date(now.getTime() + ahead))
    .filter((train) => train.trips.some((trip) => trip.reportedUntil > from))
    .map((train) => {
      const mailedAt = new Date(Math.max(from.getTime(), train.departsAt.getTime() - ahead))
      return { mailedAt, build: () => trainRoster(train, mailedAt) }
    })
}

async function trainRoster({ code, lane, trips }: Train, mailedAt: Date): Promise<SimulatedFile> {
  const entries = trips.map((trip) => ({
    container: trip.container,
    type: trip.type,
    weightKg: trip.weightKg,
    wagon: trip.wagon,
    waybill: trip.waybill,
    destination: lane.label,
    client: trip.client.name,
  }))
  return {
    kind: 'train_roster',
    fileName: `КП ${code} ${lane.label}.xlsx`,
    sender: 'dispatcher@forwarder.example',
    subject: `КП ${code} ${lane.label}`,
    mailedAt,
    content: await aTrainRoster({ entries }),
    facts: { trainCode: code, containers: trips.map((trip) => trip.container) },
  }
}

/** 08:00 and 18:00 Moscow time, and the last full hour: a demo shows the current state. */
function dislocationStamps(from: Date, now: Date): readonly Date[] {
  const regular = [...dailyInstants(from, now, 8, 0), ...dailyInstants(from, now, 18, 0)]
  const lastHour = new Date(Math.floor(now.getTime() / HOUR_MS) * HOUR_MS)
  return regular.some((stamp) => stamp >= lastHour) ? regular : [...regular, lastHour]
}

function dailyInstants(from: Date, now: Date, hour: number, minute: number): readonly Date[] {
  return Array.from({ length: FORTNIGHT_DAYS + 1 }, (_, day) => moscowInstant(from, day, hour, minute)).filter(
    (instant) => instant >= from && instant <= now,
  )
}
