import type { Filter, NormCondition, PlaceCondition, PlaceRole } from '@atermtrack/domain'
import { type Language, searchTexts as texts } from '@atermtrack/messages'
import { placeName } from './describe-filter.ts'
import { encodeFilter, fitsButton } from './filter-code.ts'

/** Another reading of the same question. */
export interface Change {
  readonly label: string
  readonly filter: Filter
}

const roles: readonly PlaceRole[] = ['now', 'destination', 'origin', 'passed']
const idleDays = [1, 3, 7] as const
const lateDays = [2, 5] as const
const dayMinutes = 1440

/** Rows of other readings that fit into a button, the likeliest first. */
export function changesOf(filter: Filter, language: Language): readonly (readonly Change[])[] {
  const rows = [
    ...choices(filter, language),
    otherRoles(filter, language),
    otherTimes(filter, language),
    latenesses(filter, language),
    ...drops(filter, language),
  ]
  return rows.map((row) => row.filter((change) => isButton(change.filter))).filter((row) => row.length > 0)
}

/** A question for nothing in particular is none. */
function isButton(filter: Filter): boolean {
  return encodeFilter(filter) !== '' && fitsButton(filter)
}

/** A choice among places with the same name. */
function choices(filter: Filter, language: Language): readonly (readonly Change[])[] {
  const ambiguous = filter.places.find(({ places }) => places.length > 1)
  if (!ambiguous) return []
  const all = ambiguous.places.map((place) => ({
    label: placeName(place, language),
    filter: withPlace(filter, ambiguous, { ...ambiguous, places: [place] }),
  }))
  return inRows(all, 2)
}

function otherRoles(filter: Filter, language: Language): readonly Change[] {
  const [only, ...others] = filter.places
  if (!only || others.length > 0) return []
  return roles
    .filter((role) => role !== only.role && (role !== 'passed' || filter.states.length === 0))
    .map((role) => ({
      label: texts[language].roleButtons[role],
      filter: fitted(withPlace(filter, only, { ...only, role })),
    }))
}

function otherTimes(filter: Filter, language: Language): readonly Change[] {
  const words = texts[language]
  const { states, idleOverMinutes, arrives, norm } = filter
  const isStanding = states.some((state) => state === 'standing' || state === 'halted')
  if (idleOverMinutes !== undefined || isStanding) {
    return idleDays
      .filter((days) => days * dayMinutes !== idleOverMinutes)
      .map((days) => ({ label: words.overButton(days), filter: overDays(filter, days) }))
  }
  if (states.length > 0 || arrives || norm) return []
  const isNow = filter.places.some(({ role }) => role === 'now')
  return [
    { label: words.standingButton, filter: { ...filter, states: [isNow ? 'halted' : 'standing'] } },
    { label: words.abandonedButton, filter: { ...filter, states: ['abandoned'] } },
  ]
}

/** How late, or late at all where the question says nothing about a state. */
function latenesses(filter: Filter, language: Language): readonly Change[] {
  const words = texts[language]
  const { norm, states, arrives, idleOverMinutes } = filter
  const toNorm = (norm: NormCondition): Filter => ({ ...filter, norm })
  if (!norm) {
    const isOpen = states.length === 0 && !arrives && idleOverMinutes === undefined
    return isOpen ? [{ label: words.lateButton, filter: toNorm({ state: 'late', overDays: 0 }) }] : []
  }
  const days = norm.state === 'in_time' ? [] : lateDays.filter((days) => days !== norm.overDays)
  const others = (['late', 'at_risk'] as const).filter((state) => state !== norm.state)
  return [
    ...days.map((days) => ({ label: words.overButton(days), filter: toNorm({ ...norm, overDays: days }) })),
    ...others.map((state) => ({ label: words.normButtons[state], filter: toNorm({ state, overDays: 0 }) })),
  ]
}

function overDays(filter: Filter, days: number): Filter {
  const states = filter.states.filter((state) => state !== 'standing' && state !== 'halted')
  return { ...filter, states, idleOverMinutes: days * dayMinutes }
}

/** Any condition can be removed as long as another one remains. */
function drops(filter: Filter, language: Language): readonly (readonly Change[])[] {
  const { drop } = texts[language]
  const changes: readonly (readonly [string, boolean, Partial<Filter>])[] = [
    [drop.places, filter.places.length > 0, { places: [], passedOn: undefined, asksKm: false }],
    [drop.states, filter.states.length > 0, { states: [] }],
    [drop.idle, filter.idleOverMinutes !== undefined, { idleOverMinutes: undefined }],
    [drop.norm, filter.norm !== undefined, { norm: undefined }],
    [drop.departed, filter.departed !== undefined, { departed: undefined }],
    [drop.cargo, filter.loaded !== undefined || filter.feet !== undefined, { loaded: undefined, feet: undefined }],
    [drop.arrives, filter.arrives !== undefined, { arrives: undefined }],
    [drop.kmLeft, filter.kmLeft !== undefined, { kmLeft: undefined }],
    [drop.trains, filter.trains.length > 0, { trains: [] }],
    [drop.trains, filter.railTrain !== undefined, { railTrain: undefined }],
    [drop.passedOn, filter.passedOn !== undefined, { passedOn: undefined }],
  ]
  const present = changes.filter(([, isSet]) => isSet)
  if (present.length < 2) return []
  return inRows(
    present.map(([label, , without]) => ({ label, filter: { ...filter, ...without } })),
    3,
  )
}

function withPlace(filter: Filter, former: PlaceCondition, condition: PlaceCondition): Filter {
  return { ...filter, places: filter.places.map((place) => (place === former ? condition : place)) }
}

/** `halted` needs a place where the container is now. */
function fitted(filter: Filter): Filter {
  const isNow = filter.places.some(({ role }) => role === 'now')
  const states = filter.states.map((state) => {
    if (state === 'halted' && !isNow) return 'standing'
    return state === 'standing' && isNow ? 'halted' : state
  })
  return { ...filter, states: isNow ? states.filter((state) => state !== 'underway') : states }
}

function inRows<T>(items: readonly T[], size: number): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, row) => items.slice(row * size, (row + 1) * size))
}
