import type { Cell } from '../cells/cell.ts'
import { cellDecimal, cellIdleMinutes, cellText, cellWallTime, cellYesNo } from '../cells/cell-values.ts'
import { hasValidCheckDigit, parseContainerNumber } from '../values/container-number.ts'
import { isValidStationCode, parseRoad, parseStation, roadShortName } from '../values/station.ts'
import { isValidWagonNumber, parseWagonNumber } from '../values/wagon-number.ts'
import { parseWaybill } from '../values/waybill.ts'
import type { DislocationField } from './dislocation-fields.ts'
import type { ColumnKind } from '../cells/column-kinds.ts'

/** Facts about one cell that is not blank. */
interface Facts {
  readonly text: string
  readonly number: number | undefined
  readonly hasLetters: boolean
  readonly isContainer: boolean
  readonly isWagon: boolean
  readonly isWaybill: boolean
  readonly isTrainIndex: boolean
  readonly isIdle: boolean
  readonly hasStationCode: boolean
  readonly hasRoadCode: boolean
  readonly date: 'date' | 'serial' | undefined
}

/** 1: the value looks like those of the shape; -1: it cannot be one; 0: it does not say. */
type Verdict = -1 | 0 | 1

const longestText = 80
const firstYear = 2000
const lastYear = 2099
/** Days of this century as a spreadsheet counts them. */
const serials = [36_526, 73_050] as const
const mostKilometres = 30_000
/** Beginnings of words in the railway's operations. */
const namesOperation =
  /(?<!\p{L})(?:отправлени|прибыти|погрузк|выгрузк|бросани|подъ[её]м|вывоз|завоз|выдач|при[её]м|сдач|формировани|расформировани|проследовани)/iu

const against = (isAgainst: boolean): Verdict => (isAgainst ? -1 : 0)
const decided = (fits: boolean, isAgainst: boolean): Verdict => (fits ? 1 : against(isAgainst))
const within = ({ number }: Facts, from: number, to: number): boolean =>
  number !== undefined && number >= from && number <= to
/** It is so plainly something of its own that it is no name, code or number of anything else. */
const isTelling = (facts: Facts): boolean =>
  facts.isContainer || facts.date === 'date' || facts.hasStationCode || facts.isIdle || facts.isTrainIndex

const judges = {
  container: (facts) => decided(facts.isContainer, parseContainerNumber(facts.text) === undefined),
  wagon: ({ isWagon, text }) => decided(isWagon, !/^0+$/.test(text)),
  waybill: (facts) => decided(facts.isWaybill, isTelling(facts) || facts.isWagon),
  trainIndex: ({ isTrainIndex }) => decided(isTrainIndex, true),
  trainNumber: (facts) => decided(within(facts, 0, 9_999) && Number.isInteger(facts.number), true),
  idle: ({ isIdle }) => decided(isIdle, true),
  days: (facts) => decided(within(facts, 0, 1_000_000) && !facts.isWagon, true),
  station: (facts) => decided(facts.hasStationCode, !facts.hasLetters || isTelling(facts) || facts.isWaybill),
  road: (facts) => decided(facts.hasRoadCode, isTelling(facts) || facts.isWaybill || facts.isWagon),
  operation: (facts) =>
    decided(
      facts.hasLetters && namesOperation.test(facts.text),
      !facts.hasLetters || isTelling(facts) || facts.isWaybill,
    ),
  moment: (facts) => decided(facts.date !== undefined, !within(facts, ...serials)),
  weight: (facts) => decided(within(facts, 0, 200_000) && !facts.isWagon, true),
  kilometres: (facts) => decided(within(facts, 0, mostKilometres), true),
  count: (facts) => decided(within(facts, 0, 1_000) && Number.isInteger(facts.number), true),
  yesNo: ({ text }) => (typeof cellYesNo(text) === 'boolean' ? 1 : 0),
  name: (facts) => against(!facts.hasLetters || isTelling(facts) || facts.isWaybill),
  code: (facts) => against(isTelling(facts) || facts.isWaybill),
} satisfies Record<string, (facts: Facts) => Verdict>

export type Shape = keyof typeof judges

const shapes = Object.keys(judges) as readonly Shape[]
const judgeList = shapes.map((shape): ((facts: Facts) => Verdict) => judges[shape])

const shapeOfField: Readonly<Partial<Record<DislocationField, Shape>>> = {
  container: 'container',
  operation: 'operation',
  trainIndex: 'trainIndex',
  kmTotal: 'kilometres',
  kmDone: 'kilometres',
  kmLeft: 'kilometres',
  containerType: 'code',
  operationMnemonic: 'code',
  originCountry: 'code',
  destinationCountry: 'code',
  countryReceived: 'code',
  countryHanded: 'code',
  roadReceived: 'code',
  roadHanded: 'code',
}

const shapeOfKind: Readonly<Record<ColumnKind, Shape>> = {
  wagon: 'wagon',
  waybill: 'waybill',
  idleMinutes: 'idle',
  idleDays: 'days',
  station: 'station',
  road: 'road',
  instant: 'moment',
  pastInstant: 'moment',
  amount: 'count',
  kilograms: 'weight',
  yesNo: 'yesNo',
  text: 'name',
  identifier: 'code',
  inn: 'code',
  year: 'count',
  trainNumber: 'trainNumber',
}

export function shapeOf(field: DislocationField, kind: ColumnKind): Shape {
  return shapeOfField[field] ?? shapeOfKind[kind]
}

/** The values of one column, counted by what they say. */
export interface Evidence {
  /** Cells that are not blank. */
  count: number
  /** The text of all of them, while they are the same. */
  only: string | undefined
  /** Of its numbers. */
  largest: number
  /** Values that speak for each shape, and those against it. */
  readonly fitting: Uint16Array
  readonly against: Uint16Array
}

export function createEvidence(): Evidence {
  return {
    count: 0,
    only: undefined,
    largest: 0,
    fitting: new Uint16Array(shapes.length),
    against: new Uint16Array(shapes.length),
  }
}

/** Counts one more cell. */
export function addEvidence(evidence: Evidence, cell: Cell): void {
  const text = cellText(cell)
  if (text === undefined) return
  const facts = factsOf(cell, text)
  evidence.only = evidence.count === 0 || evidence.only === text ? text : undefined
  evidence.count++
  evidence.largest = Math.max(evidence.largest, facts.number ?? 0)
  for (const [index, judge] of judgeList.entries()) {
    const verdict = judge(facts)
    if (verdict === 1) evidence.fitting[index] = (evidence.fitting[index] ?? 0) + 1
    else if (verdict === -1) evidence.against[index] = (evidence.against[index] ?? 0) + 1
  }
}

/** The place of a shape in the counts of evidence. */
export function placeOfShape(shape: Shape): number {
  return shapes.indexOf(shape)
}

const nothing: Facts = {
  text: '',
  number: undefined,
  hasLetters: false,
  isContainer: false,
  isWagon: false,
  isWaybill: false,
  isTrainIndex: false,
  isIdle: false,
  hasStationCode: false,
  hasRoadCode: false,
  date: undefined,
}

/** Each pattern is tried only on texts that could match it: a sheet has thousands of cells. */
function factsOf(cell: Cell, text: string): Facts {
  const hasLetters = /\p{L}/u.test(text.slice(0, longestText))
  const facts = { ...nothing, text, hasLetters }
  if (text.length > longestText || !/\d/.test(text)) return facts
  const number = hasLetters ? undefined : numberOf(cell)
  return {
    ...facts,
    ...(hasLetters ? factsOfWords(text) : { isWagon: text.length < 12 && isWagon(text) }),
    number,
    isTrainIndex: /^\d{4} ?\+ ?\d{3} ?\+ ?\d{4}/.test(text),
    isIdle: text.includes(':') && typeof cellIdleMinutes(cell) === 'number',
    date: dateOf(cell, text, number),
  }
}

function factsOfWords(text: string): Partial<Facts> {
  const hasBrackets = text.endsWith(')')
  return {
    isContainer: text.length < 20 && isContainer(text),
    isWaybill: text.length < 14 && parseWaybill(text) !== undefined,
    hasStationCode: hasBrackets && isStation(text),
    hasRoadCode: hasBrackets && isRoad(text),
  }
}

function numberOf(cell: Cell): number | undefined {
  const value = cellDecimal(cell)
  return typeof value === 'number' ? value : undefined
}

/** A whole number may be a serial by chance: only with a time of day it is taken for one. */
function dateOf(cell: Cell, text: string, number: number | undefined): Facts['date'] {
  const isSerial = number !== undefined && !Number.isInteger(number)
  const isWritten = (typeof cell === 'object' || /^\d{1,4}[-./]\d/.test(text)) && number === undefined
  if (!isSerial && !isWritten) return undefined
  const wall = cellWallTime(typeof cell === 'object' ? cell : (number ?? text))
  if (typeof wall !== 'string') return undefined
  const year = Number(wall.slice(0, 4))
  if (year < firstYear || year > lastYear) return undefined
  return isSerial ? 'serial' : 'date'
}

function isContainer(text: string): boolean {
  const number = parseContainerNumber(text)
  return number !== undefined && hasValidCheckDigit(number)
}

/** Zeros pass the check and are none. */
function isWagon(text: string): boolean {
  const number = parseWagonNumber(text)
  return number !== undefined && !/^0+$/.test(number) && isValidWagonNumber(number)
}

function isStation(text: string): boolean {
  const code = parseStation(text)?.code
  return code !== undefined && isValidStationCode(code)
}

function isRoad(text: string): boolean {
  const code = parseRoad(text)?.code
  return code !== undefined && roadShortName(code) !== undefined
}
