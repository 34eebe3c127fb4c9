import type { Cell } from '../cells/cell.ts'
import { cellText } from '../cells/cell-values.ts'
import { headingScale } from '../cells/heading-units.ts'
import { normaliseLabel } from '../cells/header.ts'
import { type DislocationField, dislocationFields, dislocationHeadings, fieldOfReport } from './dislocation-fields.ts'
import { createHeadingReader, type HeadingMeaning } from './heading-vocabulary.ts'
import { addEvidence, createEvidence, type Evidence, placeOfShape, shapeOf } from './value-evidence.ts'

export interface ColumnGuess {
  /** Undefined when nothing known is likely. */
  readonly field: DislocationField | undefined
  /** 0 to 1: how well the heading and the values fit. */
  readonly score: number
  /** The heading is one of those that the field is known by. */
  readonly isKnown: boolean
}

/** Guesses the columns below one row after the other, from the last one upwards, so that each cell is judged once. */
export interface ColumnGuesser {
  /** Adds a row above those before as one of values. */
  readonly addValues: (cells: readonly Cell[]) => void
  /** The fields of the columns under a header row, by the values added so far. */
  readonly guess: (headerCells: readonly Cell[]) => ColumnGuess[]
}

interface Heading extends HeadingMeaning {
  readonly label: string
  readonly known: DislocationField | undefined
  readonly everyday: readonly DislocationField[]
}

const nothing: Pick<Heading, 'label' | 'known' | 'everyday' | 'fields'> = {
  label: '',
  known: undefined,
  everyday: [],
  fields: new Set(),
}
const noHeading: Heading = { ...nothing, isMute: true, isOfRailway: false }
const aValue: Heading = { ...nothing, isMute: false, isOfRailway: false }

interface Candidate extends ColumnGuess {
  readonly field: DislocationField
  readonly column: number
  readonly rank: number
}

/** How much a heading says: one the field is known by, one all of whose words belong to it, a word that people use for it. */
const knownWorth = 1
const explainedWorth = 0.9
const everydayWorth = 0.6
const labelWeight = 0.6
const leastScore = 0.4
/** From this share on the values contradict a required field, and an optional one. */
const mostAgainst = 0.5
const mostAgainstOptional = 0.25
/** The share of values that must speak for a field where the heading does not. */
const leastFitting = 0.8
/** In kilograms without a unit; and in tonnes. */
const leastWeight = 100
const mostTonnes = 1_000
/** Values that are all the same are a code rather than the numbers of things. */
const manyValues = 3
const longestLabel = 120

/** Words that people write above a column and that no heading of the railway has. */
const everydayWords: Readonly<Partial<Record<DislocationField, RegExp>>> = {
  container: /(?<!\p{L})(?:ящик|бокс|box|container)/iu,
  destinationStation: /(?<!\p{L})(?:куда|едет в|bound)(?!\p{L})|^(?:назначение|destination)$/iu,
  originStation: /(?<!\p{L})(?:откуда|from)(?!\p{L})|^(?:отправление|origin)$/iu,
  operationStation: /(?<!\p{L})(?:где|место|where|location)(?!\p{L})/iu,
  operatedAt: /(?<!\p{L})(?:когда|when)(?!\p{L})/iu,
}
const everydayFields = Object.keys(everydayWords) as readonly DislocationField[]
/** What is only expected is none of the facts that a report tells. */
const expectation =
  /план|прогноз|ожида|расч[её]т|примерн|предполаг|будет|прибуд|(?<!\p{L})(?:eta|etd|expected|planned|estimated|forecast)(?!\p{L})/iu

/** The fields that values tell without a heading, with the worth of their look: a check digit says much, a date little. */
const worthOfLook: Readonly<Partial<Record<DislocationField, number>>> = {
  container: 0.9,
  wagon: 0.8,
  waybill: 0.8,
  trainIndex: 0.8,
  idleMinutes: 0.8,
  operation: 0.6,
  operationStation: 0.5,
  operatedAt: 0.5,
}
const fieldsByLook = Object.keys(worthOfLook) as readonly DislocationField[]

const fieldOfLabel = new Map(
  dislocationFields.flatMap((field) =>
    dislocationHeadings(field).map((label) => [normaliseLabel(label), field] as const),
  ),
)
const rankOf = new Map(dislocationFields.map((field, rank) => [field, rank]))
/** The place of the shape of its values in the counts of evidence. */
const shapeOfField = new Map(
  dislocationFields.map((field) => [field, placeOfShape(shapeOf(field, fieldOfReport(field).reads))]),
)
const isOptional = new Map(dislocationFields.map((field) => [field, fieldOfReport(field).required !== true]))

/**
 * Guesses the field of each column of a dislocation report of an unknown layout, by its heading and by some rows below.
 * Each field goes to the one column that it fits best. A guess that the values contradict is none, and an optional field is
 * only guessed by a heading all of whose words belong to it, or by values that look like nothing else.
 */
export function guessColumns(headerCells: readonly Cell[], sampleRows: readonly (readonly Cell[])[]): ColumnGuess[] {
  const guesser = createColumnGuesser()
  for (const cells of sampleRows) guesser.addValues(cells)
  return guesser.guess(headerCells)
}

export function createColumnGuesser(): ColumnGuesser {
  const evidence: Evidence[] = []
  const readMeaning = createHeadingReader()
  const headings = new Map<string, Heading>()

  function headingOf(cell: Cell): Heading {
    const label = cellText(cell)
    if (label === undefined) return noHeading
    if (!mayBeHeading(label)) return aValue
    const known = headings.get(label)
    if (known) return known
    const heading = readHeading(label, readMeaning)
    headings.set(label, heading)
    return heading
  }
  return {
    addValues(cells) {
      for (const [column, cell] of cells.entries()) {
        while (evidence.length <= column) evidence.push(createEvidence())
        addEvidence(evidence[column] as Evidence, cell)
      }
    },
    guess(headerCells) {
      const width = Math.max(headerCells.length, evidence.length)
      const candidates: Candidate[] = []
      for (let column = 0; column < width; column++) {
        addCandidates(candidates, column, headingOf(headerCells[column]), evidence[column] ?? createEvidence())
      }
      return assign(candidates, width)
    },
  }
}

/** The best candidates first; among equals the leftmost column, then its likeliest field. */
function assign(candidates: readonly Candidate[], width: number): ColumnGuess[] {
  const guesses = Array.from({ length: width }, (): ColumnGuess => ({ field: undefined, score: 0, isKnown: false }))
  const taken = new Set<DislocationField>()
  const sorted = candidates.toSorted((a, b) => b.score - a.score || a.column - b.column || a.rank - b.rank)
  for (const { column, field, score, isKnown } of sorted) {
    if (guesses[column]?.field !== undefined || taken.has(field)) continue
    taken.add(field)
    guesses[column] = { field, score, isKnown }
  }
  return guesses
}

/** Rows of values are tried as headers too, and most of their cells are plainly none. */
function mayBeHeading(label: string): boolean {
  return label.length <= longestLabel && /[\p{L}№]/u.test(label) && !/\d{4}/.test(label)
}

function readHeading(label: string, readMeaning: (normalised: string) => HeadingMeaning): Heading {
  const normalised = normaliseLabel(label)
  const known = fieldOfLabel.get(normalised)
  const meaning = readMeaning(normalised)
  const isPlain = known === undefined && meaning.fields.size === 0 && !expectation.test(label)
  return {
    ...meaning,
    label,
    known,
    everyday: isPlain ? everydayFields.filter((field) => everydayWords[field]?.test(label)) : [],
  }
}

function addCandidates(candidates: Candidate[], column: number, heading: Heading, evidence: Evidence): void {
  function add(field: DislocationField, score: number): void {
    if (score < leastScore) return
    candidates.push({ column, field, score, isKnown: field === heading.known, rank: rankOf.get(field) ?? 0 })
  }
  if (heading.known) add(heading.known, scoreByLabel(heading.known, knownWorth, heading, evidence))
  for (const field of heading.fields) add(field, scoreByLabel(field, explainedWorth, heading, evidence))
  for (const field of heading.everyday) add(field, scoreByLabel(field, everydayWorth, heading, evidence))
  if (evidence.count === 0) return
  for (const field of fieldsByLook) add(field, scoreByLook(field, heading, evidence))
}

/** 0 where the values contradict. Those that do not say count as the heading does. */
function scoreByLabel(field: DislocationField, worth: number, { label }: Heading, evidence: Evidence): number {
  const { count } = evidence
  if (count === 0) return worth
  const shape = shapeOfField.get(field) ?? 0
  const fitting = evidence.fitting[shape] ?? 0
  const against = evidence.against[shape] ?? 0
  const optional = isOptional.get(field) === true
  if (optional ? against > mostAgainstOptional * count : against >= mostAgainst * count) return 0
  if (optional && worth === everydayWorth && fitting < leastFitting * count) return 0
  if (field === 'weightKg' && isOtherUnit(label, evidence)) return 0
  return labelWeight * worth + ((1 - labelWeight) * (fitting + (count - fitting - against) * worth)) / count
}

/** A weight in kilograms is no one-digit number, and one in tonnes no five-digit one. */
function isOtherUnit(label: string, { largest }: Evidence): boolean {
  const scale = headingScale(label, 'kilograms')
  if (scale === undefined) return largest > 0 && largest < leastWeight
  return scale > 1 && largest >= mostTonnes
}

/** A heading in the railway's words that does not name the field names something else. */
function scoreByLook(field: DislocationField, { isMute, isOfRailway }: Heading, evidence: Evidence): number {
  const fitting = evidence.fitting[shapeOfField.get(field) ?? 0] ?? 0
  if (fitting === 0) return 0
  const { count, only } = evidence
  const score = ((worthOfLook[field] ?? 0) * fitting) / count
  if (field === 'container') return score
  if (fitting < leastFitting * count) return 0
  if (field === 'operation' || field === 'operationStation') return isOfRailway ? 0 : score
  if (!isMute) return 0
  return isOptional.get(field) === true && count >= manyValues && only !== undefined ? 0 : score
}
