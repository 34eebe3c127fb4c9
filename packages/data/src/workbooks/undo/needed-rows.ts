import { operationMeaningOf, operationMeanings } from '@atermtrack/domain'
import { tripColumns } from '../../positions/position-fields.ts'
import { stagedNames } from '../../positions/import/dislocation-staging.ts'
import { createFieldReader, forEachLine, lineAt } from './staged-lines.ts'
import { createKnownOperations } from './known-operations.ts'

/** A container of an undone report, and the data of it that must be rebuilt without this report. */
export interface UndoneContainer {
  readonly container: string
  readonly needsPosition: boolean
  /** Times of the operations that the undone report was the first to mention. */
  readonly operatedAt: readonly Date[]
}

export interface ReadReport {
  readonly stamp: Date
  /** Whether it may hold an operation that the undone report was the first to mention. */
  readonly mayHaveMovements: boolean
}

/** One line of a report. */
export interface ReportLine<Report extends ReadReport = ReadReport> {
  readonly report: Report
  readonly line: string
}

export interface NeededRows<Report extends ReadReport> {
  /**
   * The lines that matter to positions, as far as they are certain with this report; some of them are of the last ones. Reports
   * are asked about from the newest stamp to the oldest.
   */
  readonly choose: (lines: Buffer, report: Report) => readonly ReportLine<Report>[]
  /** After the last report: the lines that matter to positions and were not chosen yet. */
  readonly listHeld: () => readonly ReportLine<Report>[]
  /** After the last report: the lines of the operations that the undone report was the first to mention. */
  readonly listFirstReports: () => readonly ReportLine<Report>[]
}

/** The facts about a container in newer reports. */
interface Known {
  /** Start of the latest trip, as ISO text, so that it compares as text; empty while none is reported. */
  readonly trip: string
  /** Some row does not name the start of its trip: then any older row may matter. */
  readonly isDoubtful: boolean
  /** A report has this trip in a single row, with the details of the whole trip. */
  readonly isDetailed: boolean
  /** All rows of this trip are late tails: the end of the trip would stand against them. */
  readonly isOpen: boolean
  /** A report replaces everything in older ones. */
  readonly isFinal: boolean
}

interface Wanted<Report extends ReadReport = ReadReport> {
  /** The last report whose lines concern it. */
  concernedBy: Report | undefined
  run: Run<Report> | undefined
  known: Known | undefined
  /** Facts from reports of the current stamp. These correct each other, so that their facts count for older ones alone. */
  learned: Known | undefined
}

/** Successive reports with equal rows of a container: only the newest and the oldest of these matter. */
interface Run<Report extends ReadReport> {
  readonly alike: string
  readonly stamp: Date
  /** Undefined while the newest, which is chosen, is the only one. */
  readonly oldest: ReportLine<Report> | undefined
}

const readContainer = createFieldReader('container')
const readOperation = createFieldReader('operation')
const readTrip = createFieldReader('trip_started_at')
const readWaybill = createFieldReader('waybill')
const detailPlaces = tripColumns.map((name) => stagedNames.indexOf(name))
const none = String.raw`\N`

/**
 * Finds the rows of other reports that can change the containers of an undone one. The newest report gives a position; an older
 * one changes it only when it has a later trip, when the newer one has a late tail of a trip that the older one ended, or when it
 * alone has the details of the trip. Where this is not certain the rows are kept: merging more than needed is harmless.
 */
export function createNeededRows<Report extends ReadReport>(undone: readonly UndoneContainer[]): NeededRows<Report> {
  const wanted = new Map<string, Wanted<Report>>()
  for (const { container, needsPosition } of undone)
    if (needsPosition)
      wanted.set(container, { concernedBy: undefined, run: undefined, known: undefined, learned: undefined })
  const reported = createKnownOperations<Report>(undone)
  const learning = new Set<Wanted<Report>>()
  let stampOfLearned = Number.POSITIVE_INFINITY

  function goOnTo(stamp: number): void {
    if (stamp >= stampOfLearned) return
    for (const one of learning) {
      if (one.learned) one.known = combine(one.known, one.learned)
      one.learned = undefined
    }
    learning.clear()
    stampOfLearned = stamp
  }
  return {
    choose(lines, report) {
      goOnTo(report.stamp.getTime())
      if (report.mayHaveMovements) reported.collect(lines, report)
      const chosen: ReportLine<Report>[] = []
      for (const [one, rows] of groupRows(lines, findConcerned({ lines, report }, wanted))) {
        if (mayReplace(one.known, rows)) chosen.push(...goOnWithRun(one, report, rows))
        learn(one, factsOf(rows))
        learning.add(one)
      }
      return chosen
    },
    listHeld: () => [...wanted.values()].flatMap(({ run }) => run?.oldest ?? []),
    listFirstReports: reported.list,
  }
}

/** The rows that are certain to matter: a row like the newer one waits for the rows of the next older report. */
function goOnWithRun<Report extends ReadReport>(
  one: Wanted<Report>,
  report: Report,
  rows: readonly Row[],
): readonly ReportLine<Report>[] {
  const { stamp } = report
  const [only] = rows.length === 1 ? rows : []
  const alike = only && [only.trip, only.waybill, only.isTail, hasDetails(only.line)].join('\t')
  if (only && alike !== undefined && one.run?.alike === alike && one.run.stamp > stamp) {
    one.run = { alike, stamp, oldest: { report, line: only.line } }
    return []
  }
  const before = one.run?.oldest ? [one.run.oldest] : []
  one.run = alike === undefined ? undefined : { alike, stamp, oldest: undefined }
  return [...before, ...rows.map(({ line }) => ({ report, line }))]
}

function learn(one: Wanted, facts: Known): void {
  one.learned = one.learned ? { ...combine(one.learned, facts), isFinal: false } : facts
}

interface Found<Report extends ReadReport> {
  readonly one: Wanted<Report>
  readonly start: number
}

/** The lines of containers that some line may matter to. For most the start of the trip decides, so that nothing else is read. */
function findConcerned<Report extends ReadReport>(
  { lines, report }: { readonly lines: Buffer; readonly report: Report },
  wanted: ReadonlyMap<string, Wanted<Report>>,
): readonly Found<Report>[] {
  if (wanted.size === 0) return []
  const found: Found<Report>[] = []
  let isAny = false
  forEachLine(lines, (start) => {
    const one = wanted.get(readContainer(lines, start))
    if (!one || one.known?.isFinal) return
    found.push({ one, start })
    if (one.concernedBy === report || !concernsTrip(one.known, lines, start)) return
    one.concernedBy = report
    isAny = true
  })
  return isAny ? found.filter(({ one }) => one.concernedBy === report) : []
}

function concernsTrip(known: Known | undefined, lines: Buffer, start: number): boolean {
  if (!known || known.isDoubtful || !known.isDetailed) return true
  const trip = readTrip(lines, start)
  return trip === none || (known.isOpen ? trip >= known.trip : trip > known.trip)
}

interface Row {
  readonly line: string
  readonly waybill: string
  readonly trip: string
  readonly isTail: boolean
}

function groupRows<Report extends ReadReport>(
  lines: Buffer,
  found: readonly Found<Report>[],
): ReadonlyMap<Wanted<Report>, Row[]> {
  const groups = new Map<Wanted<Report>, Row[]>()
  for (const { one, start } of found) {
    const row = {
      line: lineAt(lines, start),
      trip: readTrip(lines, start),
      waybill: readWaybill(lines, start),
      isTail: isTail(readOperation(lines, start)),
    }
    const group = groups.get(one)
    if (group) group.push(row)
    else groups.set(one, [row])
  }
  return groups
}

/** Only one more tail of the same trip changes nothing: it gives way where the newer one does. */
function mayReplace(newer: Known | undefined, rows: readonly Row[]): boolean {
  if (!newer || newer.isDoubtful || !newer.isDetailed) return true
  const [only] = rows.length === 1 ? rows : []
  return !(only?.isTail && only.trip === newer.trip)
}

function factsOf(rows: readonly Row[]): Known {
  const trips = rows.map(({ trip }) => trip).filter((trip) => trip !== none)
  const [only] = rows.length === 1 ? rows : []
  const isDetailed = only !== undefined && hasDetails(only.line)
  const isOpen = rows.some((row) => row.isTail)
  return {
    trip: trips.reduce((latest, trip) => (trip > latest ? trip : latest), ''),
    isDoubtful: trips.length < rows.length,
    isDetailed,
    isOpen,
    isFinal: isDetailed && !isOpen && trips.length === 0,
  }
}

function combine(newer: Known | undefined, older: Known): Known {
  if (!newer) return older
  const [later, earlier] = newer.trip >= older.trip ? [newer, older] : [older, newer]
  const isOneTrip = later.trip === earlier.trip
  return {
    trip: later.trip,
    isDoubtful: newer.isDoubtful || older.isDoubtful,
    isDetailed: later.isDetailed || (isOneTrip && earlier.isDetailed),
    isOpen: later.isOpen && (!isOneTrip || earlier.isOpen),
    isFinal: newer.isFinal || older.isFinal,
  }
}

function hasDetails(line: string): boolean {
  const fields = line.split('\t')
  return detailPlaces.some((at) => fields[at] !== none)
}

/** The operations of all reports are few, and their names are compared by words. */
const tails = new Map<string, boolean>()

function isTail(operation: string): boolean {
  const known = tails.get(operation)
  if (known !== undefined) return known
  const isOne = operationMeaningOf(operation, operationMeanings) === 'tail'
  if (tails.size < 1_000) tails.set(operation, isOne)
  return isOne
}
