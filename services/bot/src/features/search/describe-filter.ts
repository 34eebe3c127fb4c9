import {
  asksForOperationDay,
  type Filter,
  type FilterState,
  type NormCondition,
  type Place,
  type PlaceCondition,
  type PlaceRole,
} from '@atermtrack/domain'
import {
  escapeHtml,
  formatDate,
  formatDuration,
  type Language,
  roadName,
  searchTexts as texts,
  stationName,
} from '@atermtrack/messages'
import { formatNumber } from '../lookup/card/distance.ts'
import type { ViewOptions } from '../lookup/view-options.ts'

const longestName = 60
/** In these states the day is that of the arrival, not of a forecast. */
const overStates: ReadonlySet<FilterState> = new Set(['at_destination', 'arrived', 'unloaded'])

/** How a filter is understood, as HTML: «стоят больше 3 сут на станции Чита I». Days of this year stand without it. */
export function describeFilter(filter: Filter, { language, now }: Pick<ViewOptions, 'language' | 'now'>): string {
  const words = texts[language]
  const dayView = (day: string) => formatDate(new Date(`${day}T00:00:00Z`), { language, zone: 'UTC', now })
  const { places, kmLeft, arrives, departed, norm, trains, railTrain, passedOn } = filter
  const placesOf = (roles: readonly PlaceRole[]) =>
    roles
      .flatMap((role) => places.filter((condition) => condition.role === role))
      .map((one) => placeView(one, language))
  const head = [
    ...kindView(filter, language),
    ...(railTrain === undefined ? [] : [words.inTrain(railTrain)]),
    ...(trains.length > 0 ? [words.ofTrains(trains.join(', '), trains.length)] : []),
    ...placesOf(['now', 'origin', 'destination']),
  ]
  const isOver = filter.states.length > 0 && filter.states.every((state) => overStates.has(state))
  return [
    head.join(' '),
    ...placesOf(['passed']),
    ...(norm && filter.states.length > 0 ? [normView(norm, isOver, language)] : []),
    ...(passedOn ? [words.passedOn(dayView(passedOn.from), dayView(passedOn.to))] : []),
    ...(departed ? [words.departed(dayView(departed.from), dayView(departed.to))] : []),
    ...(arrives ? [arrivesView(filter, isOver, language)(dayView(arrives.from), dayView(arrives.to))] : []),
    ...(kmLeft ? [words.kmLeft[kmLeft.side](formatNumber(kmLeft.km, language))] : []),
  ].join(', ')
}

/** The days of a filter are those of the last operation, of the arrival, or of its forecast. */
function arrivesView(filter: Filter, isOver: boolean, language: Language): (from: string, to: string) => string {
  const words = texts[language]
  if (asksForOperationDay(filter)) return words.operated
  return isOver ? words.arrived : (from, to) => `${words.arrives(from, to)} ${words.byForecast}`
}

/** `Чита I`; of namesakes with the road: `Мирная (Забайкальская)`. */
export function placeName({ kind, name, road }: Place, language: Language): string {
  if (kind === 'road') return roadName(name, language)
  const proper = stationName(name, language)
  return road === undefined ? proper : `${proper} (${roadName(road, language)})`
}

/** `порожние, 20-футовые, в пути`; without a state `порожние, 20-футовые контейнеры`. */
function kindView(filter: Filter, language: Language): readonly string[] {
  const { everything, containers } = texts[language]
  const [cargo, state] = [cargoView(filter, language), stateView(filter, language)]
  if (cargo === undefined) return [state]
  return state === everything ? [cargo, containers] : [`${cargo},`, state]
}

/** `порожние, 20 футов` */
function cargoView({ loaded, feet }: Filter, language: Language): string | undefined {
  const words = texts[language]
  const said = [
    ...(loaded === undefined ? [] : [loaded ? words.loaded : words.empty]),
    ...(feet === undefined ? [] : [words.feet(feet)]),
  ]
  return said.length === 0 ? undefined : said.join(', ')
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
  const names = places.map((place) => escapeHtml(placeName(place, language), longestName)).join(words.or)
  return words[first?.kind ?? 'station'][role](names)
}
