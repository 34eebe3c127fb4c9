import { operationMeaningOf, operationMeanings } from '@atermtrack/domain'
import { tripDetails } from '../dislocation-positions.ts'
import { stagedNames } from '../dislocation-staging.ts'

/** What an undone report told of a container, and what must be put together without it. */
export interface UndoneContainer {
  readonly container: string
  readonly needsPosition: boolean
  readonly needsMovements: boolean
}

/** Rows of one container in one report. */
export interface ContainerRows {
  readonly container: string
  readonly lines: readonly string[]
}

export interface TellingReport {
  readonly stamp: Date
  /** Whether it may tell an operation that the undone report told first. */
  readonly mayTellMovements: boolean
}

export interface NeededRows {
  /** Of the lines of a report those that matter. Reports are asked about from the newest stamp to the oldest. */
  readonly choose: (lines: Iterable<string>, report: TellingReport) => readonly ContainerRows[]
}

/** What newer reports tell of a container. */
interface Known {
  /** Start of the latest trip, as ISO text, so that it compares as text; empty while none is told. */
  readonly trip: string
  /** A row without the start of its trip, or a late tail: then any older row may matter. */
  readonly isDoubtful: boolean
  /** A report tells this trip in a single row, with what holds for the whole trip. */
  readonly isDetailed: boolean
}

const place = (name: string) => stagedNames.indexOf(name)
const containerPlace = place('container')
const operationPlace = place('operation')
const tripPlace = place('trip_started_at')
const detailPlaces = tripDetails.map(place)
const none = String.raw`\N`

/**
 * Tells which rows of other reports can change the containers of an undone one. A position is told by the newest report; an older
 * one changes it only when it tells of a later trip, when it ended a trip whose late tail the newer one tells, or when it alone
 * knows what holds for the whole trip. Where this is not certain the rows are kept: merging more than needed is harmless.
 */
export function createNeededRows(undone: Iterable<UndoneContainer>): NeededRows {
  const wanted = new Map([...undone].map((one) => [one.container, one]))
  const known = new Map<string, Known>()
  // Reports of one stamp correct each other: what they tell counts for older ones alone.
  let learned = new Map<string, Known>()
  let stampOfLearned = Number.POSITIVE_INFINITY

  function goOnTo(stamp: number): void {
    if (stamp >= stampOfLearned) return
    for (const [container, facts] of learned) known.set(container, combine(known.get(container), facts))
    learned = new Map()
    stampOfLearned = stamp
  }
  return {
    choose(lines, { stamp, mayTellMovements }) {
      goOnTo(stamp.getTime())
      const chosen: ContainerRows[] = []
      for (const [container, rows] of groupByContainer(lines, wanted)) {
        const { needsPosition, needsMovements } = wanted.get(container) ?? { needsPosition: true, needsMovements: true }
        const mayMatter =
          (needsMovements && mayTellMovements) || (needsPosition && mayReplace(known.get(container), rows))
        if (mayMatter) chosen.push({ container, lines: rows.map(({ line }) => line) })
        learned.set(container, combine(learned.get(container), factsOf(rows)))
      }
      return chosen
    },
  }
}

interface Row {
  readonly line: string
  readonly operation: string
  readonly trip: string
}

function groupByContainer(lines: Iterable<string>, wanted: ReadonlyMap<string, unknown>): ReadonlyMap<string, Row[]> {
  const groups = new Map<string, Row[]>()
  for (const line of lines) {
    const fields = line.split('\t', tripPlace + 1)
    const container = fields[containerPlace] ?? ''
    if (!wanted.has(container)) continue
    const row = { line, operation: fields[operationPlace] ?? '', trip: fields[tripPlace] ?? none }
    const group = groups.get(container)
    if (group) group.push(row)
    else groups.set(container, [row])
  }
  return groups
}

function mayReplace(newer: Known | undefined, rows: readonly Row[]): boolean {
  if (!newer || newer.isDoubtful || !newer.isDetailed) return true
  return rows.some(({ trip }) => trip === none || trip > newer.trip)
}

function factsOf(rows: readonly Row[]): Known {
  const trips = rows.map(({ trip }) => trip).filter((trip) => trip !== none)
  const [only] = rows.length === 1 ? rows : []
  return {
    trip: trips.reduce((latest, trip) => (trip > latest ? trip : latest), ''),
    isDoubtful: trips.length < rows.length || rows.some(({ operation }) => isTail(operation)),
    isDetailed: only !== undefined && hasDetails(only.line),
  }
}

function combine(one: Known | undefined, other: Known): Known {
  if (!one) return other
  const [later, earlier] = one.trip >= other.trip ? [one, other] : [other, one]
  return {
    trip: later.trip,
    isDoubtful: one.isDoubtful || other.isDoubtful,
    isDetailed: later.isDetailed || (earlier.trip === later.trip && earlier.isDetailed),
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
