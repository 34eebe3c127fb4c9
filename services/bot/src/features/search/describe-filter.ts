import {
  asksForUnloading,
  type Filter,
  type FilterState,
  type NormCondition,
  formatWallDate,
  type Place,
  type PlaceCondition,
  type WallTime,
} from '@atermtrack/domain'
import { escapeHtml, formatDuration, type Language, searchTexts as texts } from '@atermtrack/messages'
import { formatNumber } from '../lookup/card/distance.ts'

const longestName = 60
/** In these states the day is that of the arrival, not of a forecast. */
const overStates: ReadonlySet<FilterState> = new Set(['at_destination', 'arrived', 'unloaded'])

/** How a filter is understood, as HTML: «стоят больше 3 сут на станции ЧИТА I (ЗАБ)». */
export function describeFilter(filter: Filter, language: Language): string {
  const words = texts[language]
  const { places, kmLeft, arrives, departed, norm, trains, railTrain, passedOn } = filter
  const order = ['now', 'passed', 'origin', 'destination'] as const
  const whereabouts = order.flatMap((role) => places.filter((condition) => condition.role === role))
  const head = [
    ...cargoView(filter, language),
    stateView(filter, language),
    ...(railTrain === undefined ? [] : [words.inTrain(railTrain)]),
    ...(trains.length > 0 ? [words.ofTrains(trains.join(', '), trains.length)] : []),
    ...whereabouts.map((condition) => placeView(condition, language)),
  ]
  const isOver = filter.states.length > 0 && filter.states.every((state) => overStates.has(state))
  const daysAsked = asksForUnloading(filter) ? words.operated : isOver ? words.arrived : words.arrives
  const days = arrives && daysAsked(dayView(arrives.from), dayView(arrives.to))
  return [
    head.join(' '),
    ...(norm && filter.states.length > 0 ? [normView(norm, isOver, language)] : []),
    ...(passedOn ? [words.passedOn(dayView(passedOn.from), dayView(passedOn.to))] : []),
    ...(departed ? [words.departed(dayView(departed.from), dayView(departed.to))] : []),
    ...(days === undefined ? [] : [isOver ? days : `${days} ${words.byForecast}`]),
    ...(kmLeft ? [words.kmLeft[kmLeft.side](formatNumber(kmLeft.km, language))] : []),
  ].join(', ')
}

/** `ЧИТА I (ЗАБ)` */
export function placeName({ name, road }: Place): string {
  return road === undefined ? name : `${name} (${road})`
}

/** `порожние, 20 футов` */
function cargoView({ loaded, feet }: Filter, language: Language): readonly string[] {
  const words = texts[language]
  const said = [
    ...(loaded === undefined ? [] : [loaded ? words.loaded : words.empty]),
    ...(feet === undefined ? [] : [words.feet(feet)]),
  ]
  return said.length === 0 ? [] : [`${said.join(', ')},`]
}

function stateView({ states, idleOverMinutes, norm }: Filter, language: Language): string {
  const words = texts[language]
  const ofNorm = norm && normView(norm, false, language)
  const named = states.length === 0 && ofNorm ? ofNorm : states.map((state) => words.states[state]).join(words.or)
  if (idleOverMinutes === undefined) return named === '' ? words.everything : named
  const time = formatDuration(idleOverMinutes, language)
  return named === '' ? words.standOver(time) : `${named}, ${words.idleOver(time)}`
}

/** Of a container that has arrived it is said in the past. */
function normView({ state, overDays }: NormCondition, isOver: boolean, language: Language): string {
  const words = texts[language]
  return (isOver ? words.keptNorm : words.norm)[state](overDays)
}

function placeView({ role, places }: PlaceCondition, language: Language): string {
  const words = texts[language]
  const [first] = places
  const names = places.map((place) => escapeHtml(placeName(place), longestName)).join(words.or)
  return words[first?.kind ?? 'station'][role](names)
}

function dayView(day: string): string {
  return formatWallDate(`${day}T00:00:00` as WallTime)
}
