import { type Cell, cellText } from '@atermtrack/domain'
import { type ColumnMark, createMarkedSearch, plainHeading } from './column-marks.ts'
import { isFitRow, isStateCell, isStatusCell } from './own-cells.ts'
import type { OwnColumn, StatusColumn } from './plan.ts'

/** Columns as they may have been appended before, in one language. */
export type OwnSet = readonly Pick<StatusColumn, 'key' | 'header' | 'kind' | 'addedIn'>[]

/** Looks through a sheet for the columns of an earlier annotation; rows may have been sorted, filtered or added since. */
export interface OwnSearch {
  /** Looks at a row with a container number. */
  numbered(cells: readonly Cell[]): void
  /** The own columns below these headings; without headings, the columns whose every row looks like ours. */
  end(headings: readonly Cell[] | undefined): readonly OwnColumn[] | undefined
}

/** This many headings prove that columns are ours, one of them with a time and its zone: people use the others themselves. */
const fewestHeadings = 4
const fewestWithStates = 3

/**
 * The columns are known by their marks. Files of earlier releases and of formats that keep no marks are known by the headings
 * in any language, or by the values in the columns.
 */
export function createOwnSearch(sets: readonly OwnSet[], marks: readonly ColumnMark[] = []): OwnSearch {
  const marked = createMarkedSearch(marks, sets[0] ?? [])
  /** Columns that hold only states as we write them, with their count. */
  const states = new Map<number, number>()
  const layouts = sets.flatMap(layoutsOf)
  /** Those of them with the other columns beside them, by layout. */
  const whole = layouts.map(() => new Set<number>())
  let width = 0

  function isStateIn(cells: readonly Cell[], column: number): boolean {
    const text = cellText(cells[column])
    if (text !== undefined && !isStateCell(cells[column])) return false
    states.set(column, (states.get(column) ?? 0) + (text === undefined ? 0 : 1))
    return true
  }

  return {
    numbered(cells) {
      marked.numbered(cells)
      for (; width < cells.length; width++) {
        states.set(width, 0)
        for (const places of whole) places.add(width)
      }
      for (const column of states.keys()) if (!isStateIn(cells, column)) states.delete(column)
      for (const [place, layout] of layouts.entries()) {
        const places = whole[place] ?? new Set()
        for (const first of places) if (!isWhole(cells, first, layout)) places.delete(first)
      }
    },
    end(headings) {
      const byMarks = marked.end(headings)
      if (byMarks) return byMarks
      const byContent = new Set([...states].flatMap(([column, count]) => (count > 0 ? [column] : [])))
      // Headings of several sets are alike: the set that names most of the columns wrote them.
      const headed = sets
        .flatMap((set) => [(headings && findByHeadings(headings, set, byContent)) ?? []])
        .toSorted((one, other) => other.length - one.length)
        .find(({ length }) => length > 0)
      if (headed) return headed
      const firsts = whole.flatMap((places, layout) => [...places].map((first) => ({ first, layout })))
      const found = firsts.find(({ first }) => byContent.has(first))
      return found && layouts[found.layout]?.map(({ index }, place) => ({ column: found.first + place, index }))
    },
  }
}

/** Columns side by side without headings: all of a set, or those that one of the earlier releases knew. */
type Layout = readonly { readonly kind: StatusColumn['kind']; readonly index: number }[]

function layoutsOf(set: OwnSet): readonly Layout[] {
  const all = set.map(({ kind, addedIn = 0 }, index) => ({ kind, index, addedIn }))
  const extensions = [...new Set(all.map(({ addedIn }) => addedIn))].toSorted((a, b) => b - a)
  return extensions.map((last) => all.filter(({ addedIn }) => addedIn <= last))
}

/** Whether one row from a column on looks like a whole set: allowed values, and no blank where a value is required. */
function isWhole(cells: readonly Cell[], first: number, layout: Layout): boolean {
  if (!isFitRow((place) => cells[first + place], layout)) return false
  // The last column holds the time of the data. It is never blank beside a status, so layouts cannot be confused.
  return !isStatusCell(cells[first]) || cellText(cells[first + layout.length - 1]) !== undefined
}

/** Extends a run that is long enough by its columns on either side, even with foreign columns between. */
function findByHeadings(
  headings: readonly Cell[],
  set: OwnSet,
  states: ReadonlySet<number>,
): readonly OwnColumn[] | undefined {
  const indexes = headings.map((cell) => indexOf(cell, set))
  const found = runsOf(indexes).flatMap((run) => {
    const own = [...toTheLeft(indexes, run, states), ...run, ...toTheRight(indexes, run)]
    return isOurs(run, own, { set, states }) ? [own] : []
  })
  return found.toSorted((one, other) => other.length - one.length).at(0)
}

function indexOf(cell: Cell, set: OwnSet): number {
  const text = plainHeading(cell)
  return set.findIndex(({ header }) => header === text)
}

/** Headings of ours side by side, in their order. */
function runsOf(indexes: readonly number[]): OwnColumn[][] {
  const runs: OwnColumn[][] = []
  for (const [column, index] of indexes.entries()) {
    if (index === -1) continue
    const last = runs.at(-1)
    const before = last?.at(-1)
    if (last && before?.column === column - 1 && before.index < index) last.push({ column, index })
    else runs.push([{ column, index }])
  }
  return runs
}

function isOurs(
  run: readonly OwnColumn[],
  own: readonly OwnColumn[],
  { set, states }: { readonly set: OwnSet; readonly states: ReadonlySet<number> },
): boolean {
  const [first] = run
  const hasStates = first?.index === 0 && states.has(first.column)
  const columns = hasStates ? own : run
  const hasTime = columns.some(({ index }) => set[index]?.kind === 'dateTime')
  return hasTime && columns.length >= (hasStates ? fewestWithStates : fewestHeadings)
}

/** People have headings like ours to the left: our columns begin at our states, with their heading. */
function toTheLeft(
  indexes: readonly number[],
  [first]: readonly OwnColumn[],
  states: ReadonlySet<number>,
): readonly OwnColumn[] {
  if (!first || first.index === 0) return []
  const state = indexes.findLastIndex((index, column) => index === 0 && column < first.column && states.has(column))
  if (state === -1) return []
  const between = indexes.slice(state + 1, first.column).map((index, place) => ({ column: state + 1 + place, index }))
  const rising: OwnColumn[] = [{ column: state, index: 0 }]
  for (const own of between) {
    if (own.index > (rising.at(-1)?.index ?? 0) && own.index < first.index) rising.push(own)
  }
  return rising
}

function toTheRight(indexes: readonly number[], run: readonly OwnColumn[]): readonly OwnColumn[] {
  const last = run.at(-1)
  if (!last) return []
  const rising: OwnColumn[] = []
  for (const [column, index] of indexes.entries()) {
    if (column > last.column && index > (rising.at(-1) ?? last).index) rising.push({ column, index })
  }
  return rising
}
