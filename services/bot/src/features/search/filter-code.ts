import {
  type Directory,
  type Filter,
  type FilterState,
  type NormCondition,
  parseRailwayTrain,
  partsOfIndex,
  type PlaceCondition,
  type PlaceRole,
  type RailwayTrain,
  type TrainCode,
} from '@atermtrack/domain'

const dayMs = 86_400_000
const firstDay = Date.UTC(2000, 0, 1)
/** With the action and the page, the data of a button stay within 64 bytes. */
const longestCode = 46

const letterOfRole: Readonly<Record<PlaceRole, string>> = { now: 'N', destination: 'D', origin: 'O', passed: 'V' }
const letterOfState: Readonly<Record<FilterState, string>> = {
  standing: 's',
  halted: 'h',
  abandoned: 'a',
  en_route: 'e',
  underway: 'u',
  at_origin: 'o',
  at_destination: 'd',
  arrived: 'r',
  unloaded: 'x',
  missing: 'm',
  departed: 'p',
  any: 'y',
}

const letterOfNorm: Readonly<Record<NormCondition['state'], string>> = { late: 'l', at_risk: 'r', in_time: 't' }

/** Drops alternatives from the end until the filter fits into a button. */
export function fitFilter(filter: Filter): Filter {
  let fitting = filter
  while (!fitsButton(fitting)) fitting = withoutLast(fitting)
  return fitting
}

/** True when the data of a button can hold the filter. */
export function fitsButton(filter: Filter): boolean {
  return encodeFilter(filter).length <= longestCode
}

/** A filter as the data of a button: `Ns3k-s3mSaI20`. The keys of the directory stand for places. */
export function encodeFilter({ places, states, idleOverMinutes, kmLeft, arrives, ...filter }: Filter): string {
  const { norm, departed, loaded, feet, trains, railTrain, passedOn, asksKm } = filter
  return [
    ...places.map(({ role, places }) => letterOfRole[role] + places.map(({ key }) => key).join('-')),
    ...(states.length > 0 ? [`S${states.map((state) => letterOfState[state]).join('')}`] : []),
    ...(idleOverMinutes === undefined ? [] : [`I${idleOverMinutes.toString(36)}`]),
    ...(kmLeft ? [(kmLeft.side === 'under' ? 'K' : 'L') + kmLeft.km.toString(36)] : []),
    ...(arrives ? [`A${encodeDay(arrives.from)}${encodeDay(arrives.to)}`] : []),
    ...(departed ? [`G${encodeDay(departed.from)}${encodeDay(departed.to)}`] : []),
    ...(loaded === undefined ? [] : [loaded ? 'E1' : 'E0']),
    ...(feet === undefined ? [] : [`F${feet}`]),
    ...(norm ? [`P${letterOfNorm[norm.state]}${norm.overDays.toString(36)}`] : []),
    ...trains.map((code) => `T${Number(code.replace(/\D/g, '')).toString(36)}`),
    ...(railTrain === undefined ? [] : [`R${encodeRailTrain(railTrain)}`]),
    ...(passedOn ? [`B${encodeDay(passedOn.from)}${encodeDay(passedOn.to)}`] : []),
    ...(asksKm ? ['M1'] : []),
  ].join('')
}

/** Undefined when the text is not a filter or names a place that the directory does not know. */
export function decodeFilter(text: string, directory: Directory): Filter | undefined {
  const parts = Array.from(
    text.matchAll(/([A-Z])([a-z0-9-]+)/g),
    ([, letter = '', value = '']) => [letter, value] as const,
  )
  const valueOf = (letter: string) => parts.find(([other]) => other === letter)?.[1]
  const [idle, loaded, feet] = [valueOf('I'), valueOf('E'), valueOf('F')]
  const filter: Filter = {
    places: placesOf(parts, directory),
    states: Array.from(valueOf('S') ?? '', stateOf).filter((state) => state !== undefined),
    idleOverMinutes: idle === undefined ? undefined : toNumber(idle),
    kmLeft: kmOf(valueOf('K'), valueOf('L')),
    arrives: daysOf(valueOf('A')),
    departed: daysOf(valueOf('G')),
    loaded: loaded === undefined ? undefined : loaded === '1',
    feet: feet === '20' ? 20 : feet === '40' ? 40 : undefined,
    norm: normOf(valueOf('P')),
    trains: parts.flatMap(([letter, value]) => (letter === 'T' ? [toTrainCode(value)] : [])),
    railTrain: railTrainOf(valueOf('R')),
    passedOn: daysOf(valueOf('B')),
    asksKm: valueOf('M') === '1',
  }
  // A text that changes on the way back did not come from one of our buttons.
  return text !== '' && encodeFilter(filter) === text ? filter : undefined
}

function placesOf(parts: readonly (readonly [string, string])[], directory: Directory): PlaceCondition[] {
  return parts.flatMap(([letter, value]) => {
    const role = (Object.keys(letterOfRole) as PlaceRole[]).find((role) => letterOfRole[role] === letter)
    if (!role) return []
    const keys = value.split('-')
    const places = keys.map((key) => directory.places.get(key)).filter((place) => place !== undefined)
    return places.length === 0 ? [] : [{ role, places }]
  })
}

function withoutLast(filter: Filter): Filter {
  const longest = filter.places.toSorted((a, b) => b.places.length - a.places.length)[0]
  if (!longest || longest.places.length < 2) return { ...filter, trains: filter.trains.slice(0, -1) }
  const shorter = { ...longest, places: longest.places.slice(0, -1) }
  return { ...filter, places: filter.places.map((condition) => (condition === longest ? shorter : condition)) }
}

function stateOf(letter: string): FilterState | undefined {
  return (Object.keys(letterOfState) as FilterState[]).find((state) => letterOfState[state] === letter)
}

function kmOf(under: string | undefined, over: string | undefined): Filter['kmLeft'] {
  if (under !== undefined) return { side: 'under', km: toNumber(under) }
  return over === undefined ? undefined : { side: 'over', km: toNumber(over) }
}

function daysOf(value = ''): Filter['arrives'] {
  return value.length === 6 ? { from: decodeDay(value.slice(0, 3)), to: decodeDay(value.slice(3)) } : undefined
}

function normOf(value = ''): NormCondition | undefined {
  const states = Object.keys(letterOfNorm) as NormCondition['state'][]
  const state = states.find((state) => letterOfNorm[state] === value.charAt(0))
  return state && { state, overDays: toNumber(value.slice(1)) }
}

/** `К25-103` */
function toTrainCode(value: string): TrainCode {
  const digits = String(toNumber(value)).padStart(5, '0').slice(-5)
  return `К${digits.slice(0, 2)}-${digits.slice(2)}` as TrainCode
}

/** `10m`, or `7ku-3f-1eb` of an index. */
function encodeRailTrain(train: RailwayTrain): string {
  return (partsOfIndex(train) ?? [train]).map((part) => Number(part).toString(36)).join('-')
}

function railTrainOf(value = ''): RailwayTrain | undefined {
  const [from = '', number, to] = value.split('-')
  const digits = (part: string) => String(toNumber(part)).padStart(4, '0')
  if (value === '') return undefined
  return parseRailwayTrain(
    number === undefined || to === undefined ? digits(from) : `${digits(from)}+${toNumber(number)}+${digits(to)}`,
  )
}

function encodeDay(day: string): string {
  return Math.max(0, (Date.parse(day) - firstDay) / dayMs)
    .toString(36)
    .padStart(3, '0')
    .slice(-3)
}

function decodeDay(text: string): string {
  return new Date(firstDay + toNumber(text) * dayMs).toISOString().slice(0, 10)
}

/** Limits the number, so that an invented code cannot produce an impossible filter. */
function toNumber(text: string): number {
  const value = Number.parseInt(text.slice(0, 5), 36)
  return Number.isNaN(value) ? 0 : Math.min(value, 9_999_999)
}
