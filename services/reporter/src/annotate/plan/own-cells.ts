import { type Cell, cellText } from '@atermtrack/domain'
import { annotationTexts as texts, reportTexts } from '@atermtrack/messages'
import { valuesOfLines } from './number-lines.ts'
import type { StatusColumn } from './plan.ts'

const amount = /^[\d\s.,]*$/
const day = /^\d{2}\.\d{2}\.\d{4}|^\d{4}-\d{2}-\d{2}/

const known: readonly string[] = Object.values(reportTexts).flatMap(({ statuses }) => Object.values(statuses))
const atTerminal = Object.values(texts).flatMap(({ onSite, left }) => [onSite, left])
const lost = Object.values(texts).flatMap(({ unknown, wrongDigit, mistyped }) => [unknown, wrongDigit, mistyped])
const onList = Object.values(texts).map((words) => words.onList(''))

/** A state, or that of each of several numbers. */
export function isStateCell(cell: Cell): boolean {
  const states = valuesOfLines(cell) ?? [cellText(cell)]
  return states.every((state) => state !== undefined && isState(state))
}

function isState(text: string): boolean {
  return isKnown(text) || atTerminal.includes(text) || isLost(text) || onList.some((it) => text.startsWith(it))
}

/** A status, with the note behind it or without. */
function isKnown(text: string): boolean {
  return known.some((status) => text === status || text.startsWith(`${status}: `))
}

function isLost(text: string): boolean {
  return lost.some((words) => text === words || text.startsWith(`${words}; `))
}

/**
 * Whether the values in the columns of one row may be ours: a state in the first of them, and fitting values beside it. Nothing
 * stands beside a number that was not found.
 */
export function isFitRow(cellAt: (place: number) => Cell, columns: readonly Pick<StatusColumn, 'kind'>[]): boolean {
  const first = cellAt(0)
  const state = cellText(first)
  if (state !== undefined && !isStateCell(first)) return false
  const rest = columns.slice(1).map(({ kind }, place) => ({ kind, cell: cellAt(place + 1) }))
  if (valuesOfLines(first)) {
    return rest.every(({ cell }) => cellText(cell) === undefined || valuesOfLines(cell) !== undefined)
  }
  if (state === undefined || isLost(state)) return rest.every(({ cell }) => cellText(cell) === undefined)
  return rest.every(({ kind, cell }) => fits(kind, cell))
}

/** Whether a cell holds the status of one container, beside which the time of the data is never blank. */
export function isStatusCell(cell: Cell): boolean {
  const state = cellText(cell)
  return state !== undefined && valuesOfLines(cell) === undefined && isKnown(state)
}

function fits(kind: StatusColumn['kind'], cell: Cell): boolean {
  const text = cellText(cell)
  if (text === undefined || kind === 'text') return true
  if (kind === 'integer' || kind === 'decimal') return typeof cell === 'number' || amount.test(text)
  return typeof cell === 'object' || typeof cell === 'number' || day.test(text)
}
