import type { DayRange, Filter } from '../filter.ts'
import { type Knowledge, readFilter } from '../read-filter.ts'

/** Reads the filter in a question as a line of text; undefined where there is none. */
export function filterLineReader(knowledge: Knowledge): (text: string) => string | undefined {
  return (text) => {
    const reading = readFilter(text, knowledge)
    return reading && filterLine(reading.filter)
  }
}

/** A filter in a line: `now ЧИТА I, halted, > 72 h`. */
export function filterLine(filter: Filter): string {
  const {
    places,
    states,
    idleOverMinutes,
    kmLeft,
    arrives,
    norm,
    departed,
    loaded,
    feet,
    trains,
    railTrain,
    passedOn,
    asksKm,
  } = filter
  return [
    ...trains,
    ...(railTrain === undefined ? [] : [`rail ${railTrain}`]),
    ...places.map(
      ({ role, places }) =>
        `${role} ${places.map(({ kind, name, road }) => (kind === 'road' ? `${name} Ж.Д.` : `${name}${name === 'МИРНАЯ' ? ` ${road}` : ''}`)).join('|')}`,
    ),
    ...(loaded === undefined ? [] : [loaded ? 'loaded' : 'empty']),
    ...(feet === undefined ? [] : [`${feet} ft`]),
    ...(states.length > 0 ? [states.join('|')] : []),
    ...(norm ? [`${norm.state}${norm.overDays > 0 ? ` > ${norm.overDays} d` : ''}`] : []),
    ...(idleOverMinutes === undefined ? [] : [`> ${idleOverMinutes / 60} h`]),
    ...(kmLeft ? [`${kmLeft.side} ${kmLeft.km} km`] : []),
    ...(arrives ? [dayLine(arrives)] : []),
    ...(departed ? [`departed ${dayLine(departed)}`] : []),
    ...(passedOn ? [`on ${dayLine(passedOn)}`] : []),
    ...(asksKm ? ['km'] : []),
  ].join(', ')
}

/** Days in a line. */
export function dayLine({ from, to }: DayRange): string {
  return from === to ? from : `${from}..${to}`
}
