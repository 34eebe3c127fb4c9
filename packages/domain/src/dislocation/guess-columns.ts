import type { Cell } from '../cells/cell.ts'
import { cellIdleMinutes, cellInteger, cellText, cellWallTime, cellYesNo } from '../cells/cell-values.ts'
import { hasValidCheckDigit, parseContainerNumber } from '../values/container-number.ts'
import type { ColumnKind } from '../cells/column-kinds.ts'
import { type DislocationField, dislocationFields, dislocationHeadings, fieldOfReport } from './dislocation-fields.ts'
import { normaliseLabel } from '../cells/header.ts'
import { labelSimilarity } from '../cells/label-similarity.ts'
import { isValidStationCode, parseRoad, parseStation, roadShortName } from '../values/station.ts'
import { isValidWagonNumber, parseWagonNumber } from '../values/wagon-number.ts'
import { parseWaybill } from '../values/waybill.ts'

export interface ColumnGuess {
  /** Undefined when nothing known is likely. */
  readonly field: DislocationField | undefined
  /** 0 to 1: how well the heading and the values fit. */
  readonly score: number
}

/** A cell that is not blank, with its text. */
interface Value {
  readonly cell: Cell
  readonly text: string
}

interface ValueShape {
  readonly fits: (value: Value) => boolean
  /** The weight of values of this shape without a heading: a check digit says much, a whole number nothing. */
  readonly worth: number
  /** The list is open: a value that does not fit is no evidence. */
  readonly isOpen?: boolean
}

const leastScore = 0.4
/** Words in common below this are chance. */
const leastLabel = 0.35
const labelWeight = 0.6

/** Beginnings of words in the railway's operations. */
const namesOperation =
  /(?<!\p{L})(?:отправлени|прибыти|погрузк|выгрузк|бросани|подъ[её]м|вывоз|завоз|выдач|при[её]м|сдач|формировани|расформировани|проследовани)/iu

const shapes = {
  container: { fits: ({ text }) => isContainer(text), worth: 0.9 },
  wagon: { fits: ({ text }) => isWagon(text), worth: 0.8 },
  waybill: { fits: ({ text }) => parseWaybill(text) !== undefined, worth: 0.8 },
  trainIndex: { fits: ({ text }) => /^\d{4} ?\+ ?\d{3} ?\+ ?\d{4}/.test(text), worth: 0.8 },
  idle: { fits: ({ cell }) => typeof cellIdleMinutes(cell) === 'number', worth: 0.8 },
  station: { fits: ({ text }) => isStation(text), worth: 0.5 },
  road: { fits: ({ text }) => isRoad(text), worth: 0.5 },
  operation: { fits: ({ text }) => namesOperation.test(text), worth: 0.6, isOpen: true },
  moment: { fits: ({ cell }) => typeof cellWallTime(cell) === 'string', worth: 0.5 },
  amount: { fits: isAmount, worth: 0 },
  yesNo: { fits: ({ cell }) => typeof cellYesNo(cell) === 'boolean', worth: 0 },
} satisfies Record<string, ValueShape>

/** Words that people write above a column and that no heading of the railway has. */
const everydayWords: Readonly<Partial<Record<DislocationField, RegExp>>> = {
  container: /(?<!\p{L})(?:ящик|бокс|box|container)/iu,
  destinationStation: /(?<!\p{L})(?:куда|едет в|назнач|bound|destination)/iu,
  originStation: /(?<!\p{L})(?:откуда|from|origin)/iu,
  operationStation: /(?<!\p{L})(?:где|место|where|location)/iu,
  operatedAt: /(?<!\p{L})(?:когда|when)/iu,
  kmLeft: /(?<!\p{L})(?:ещ[её]|осталось|остаток|до станции|left|to go)/iu,
  wagon: /(?<!\p{L})(?:платформа|wagon)/iu,
}
const everydayWorth = 0.6

/** Among fields that look alike, the operation's is the likeliest. */
const likeliestFirst = [...new Set<DislocationField>(['operationRoad', ...dislocationFields])]

/** Fields whose values look like nothing else of their kind. */
const shapeOfField: Readonly<Partial<Record<DislocationField, ValueShape>>> = {
  container: shapes.container,
  operation: shapes.operation,
  trainIndex: shapes.trainIndex,
}

const shapeOfKind: Readonly<Partial<Record<ColumnKind, ValueShape>>> = {
  wagon: shapes.wagon,
  waybill: shapes.waybill,
  idleMinutes: shapes.idle,
  station: shapes.station,
  road: shapes.road,
  instant: shapes.moment,
  pastInstant: shapes.moment,
  amount: shapes.amount,
  kilograms: shapes.amount,
  yesNo: shapes.yesNo,
}

function shapeOf(field: DislocationField): ValueShape | undefined {
  return shapeOfField[field] ?? shapeOfKind[fieldOfReport(field).reads]
}

/**
 * Guesses the field of each column of a dislocation report of an unknown layout, by its heading and by some rows below.
 * Each field goes to the one column that it fits best.
 */
export function guessColumns(headerCells: readonly Cell[], sampleRows: readonly (readonly Cell[])[]): ColumnGuess[] {
  const width = Math.max(headerCells.length, ...sampleRows.map((cells) => cells.length))
  const guesses = Array.from({ length: width }, (): ColumnGuess => ({ field: undefined, score: 0 }))
  const taken = new Set<DislocationField>()
  for (const { column, field, score } of candidates(headerCells, sampleRows, width)) {
    if (guesses[column]?.field !== undefined || taken.has(field)) continue
    taken.add(field)
    guesses[column] = { field, score }
  }
  return guesses
}

interface Candidate extends ColumnGuess {
  readonly field: DislocationField
  readonly column: number
}

/** The best first; among equals the leftmost column, then its likeliest field. */
function candidates(
  headerCells: readonly Cell[],
  sampleRows: readonly (readonly Cell[])[],
  width: number,
): Candidate[] {
  return Array.from({ length: width }, (_, column) => {
    const label = cellText(headerCells[column])
    const values = sampleRows.flatMap((cells) => valueOf(cells[column]))
    return likeliestFirst.map((field) => ({ column, field, score: scoreOf(field, label, values) }))
  })
    .flat()
    .filter(({ score }) => score >= leastScore)
    .sort((a, b) => b.score - a.score)
}

function valueOf(cell: Cell): Value | [] {
  const text = cellText(cell)
  return text === undefined ? [] : { cell, text }
}

function scoreOf(field: DislocationField, label: string | undefined, values: readonly Value[]): number {
  const byLabel = label === undefined ? 0 : labelScore(field, label)
  const shape = shapeOf(field)
  if (!shape || values.length === 0) return byLabel
  const share = values.filter(shape.fits).length / values.length
  const score = byLabel === 0 ? shape.worth * share : labelWeight * byLabel + (1 - labelWeight) * share
  return shape.isOpen ? Math.max(byLabel, score) : score
}

function labelScore(field: DislocationField, label: string): number {
  const known = dislocationHeadings(field)
  if (known.some((heading) => normaliseLabel(heading) === normaliseLabel(label))) return 1
  // An exact heading beats one that merely consists of the same words.
  const best = 0.95 * Math.max(...known.map((heading) => labelSimilarity(label, heading)))
  const everyday = everydayWords[field]?.test(label) ? everydayWorth : 0
  return best < leastLabel ? everyday : Math.max(best, everyday)
}

function isContainer(text: string): boolean {
  const number = parseContainerNumber(text)
  return number !== undefined && hasValidCheckDigit(number)
}

function isWagon(text: string): boolean {
  const number = parseWagonNumber(text)
  return number !== undefined && isValidWagonNumber(number)
}

function isStation(text: string): boolean {
  const code = parseStation(text)?.code
  return code !== undefined && isValidStationCode(code)
}

function isRoad(text: string): boolean {
  const code = parseRoad(text)?.code
  return code !== undefined && roadShortName(code) !== undefined
}

function isAmount({ cell, text }: Value): boolean {
  const value = cellInteger(cell)
  return typeof value === 'number' && value >= 0 && !isWagon(text)
}
