import {
  clipText,
  emptyFilter,
  type Filter,
  type Knowledge,
  nearestPlaces,
  type Place,
  type PlaceRole,
  readPartly,
  readUnknownPlace,
} from '@atermtrack/domain'
import { escapeHtml, type Language, searchTexts as texts } from '@atermtrack/messages'
import type { InlineKeyboardButton } from 'telegraf/types'
import { inPairs, type View } from '../../routing/view.ts'
import { showFound } from './actions.ts'
import { placeName } from './describe-filter.ts'
import { encodeFilter, fitFilter } from './filter-code.ts'

/** The answer to a text that is not understood, with the nearest questions. */
export interface Nearest {
  /** A place that no file has named, or known places among words that are not understood. */
  readonly kind: 'unknown_place' | 'partly'
  readonly view: View
}

const longestName = 60
const mostPlaces = 4

/** Says what was understood of a text and what was not, with buttons that ask the nearest; undefined where it names no place. */
export function nearestTo(text: string, knowledge: Knowledge, language: Language): Nearest | undefined {
  const unknown = readUnknownPlace(text, knowledge)
  if (unknown !== undefined) return unknownPlace(unknown, knowledge, language)
  const partly = readPartly(text, knowledge)
  return partly && partlyUnderstood(partly.filter, partly.unread, language)
}

function unknownPlace(name: string, { directory }: Knowledge, language: Language): Nearest {
  const words = texts[language]
  const near = nearestPlaces(directory, name, mostPlaces)
  const html = words.unknownPlace(escapeHtml(name, longestName))
  const buttons = near.map((place) =>
    ask(placeName(place, language), { ...emptyFilter, places: [{ role: 'now', places: [place] }] }),
  )
  return {
    kind: 'unknown_place',
    view: {
      html: near.length > 0 ? `${html}\n${words.similarPlaces}` : html,
      keyboard: { inline_keyboard: inPairs(buttons) },
    },
  }
}

function partlyUnderstood({ places }: Filter, unread: readonly string[], language: Language): Nearest {
  const words = texts[language]
  const named = places.flatMap((condition) => condition.places).slice(0, mostPlaces)
  const names = [...new Set(named.map((place) => placeName(place, language)))].join(', ')
  const buttons = questionsAbout(named).map(([key, filter]) => ask(words.askAbout[key], filter))
  return {
    kind: 'partly',
    view: {
      html: words.partly(escapeHtml(names, 3 * longestName), escapeHtml(unread.join(', '), 3 * longestName)),
      keyboard: { inline_keyboard: inPairs(buttons) },
    },
  }
}

/** The questions that can be asked about places. */
function questionsAbout(places: readonly Place[]) {
  const at = (role: PlaceRole): Filter => ({ ...emptyFilter, places: [{ role, places }] })
  return [
    ['now', at('now')],
    ['standing', { ...at('now'), states: ['halted'] }],
    ['destination', { ...at('destination'), states: ['underway'] }],
    ['late', { ...at('destination'), norm: { state: 'late', overDays: 0 } }],
    ['origin', { ...at('origin'), states: ['departed'] }],
    ['passed', { ...at('passed'), states: ['underway'] }],
  ] as const satisfies readonly (readonly [string, Filter])[]
}

function ask(label: string, filter: Filter): InlineKeyboardButton {
  return showFound.button(clipText(label, 32), { filter: encodeFilter(fitFilter(filter)), page: 0 })
}
