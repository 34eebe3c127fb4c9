import type { ReviewFilter, WorkbookKind } from '@atermtrack/data'
import { bad, type Parameter } from '../../routing/parameters.ts'

/** The workbooks of a list that somebody looks for, as buttons carry them. */
export interface Wanted {
  readonly kind?: WorkbookKind | undefined
  /** `YYYY-MM-DD` in the zone of the times shown. */
  readonly day?: string | undefined
  /** The id of a workbook of the same sender. */
  readonly senderOf?: number | undefined
}

/** The place in the list from which a workbook was opened, as buttons carry it; the back button leads there. */
export interface Place {
  readonly filter: ReviewFilter
  /** From 0. */
  readonly page: number
  readonly wanted?: Wanted | undefined
}

export const filters = ['waiting', 'accepted', 'rejected', 'all'] as const satisfies readonly ReviewFilter[]
const nowhere = '-'
const dayMs = 86_400_000
const letters = { dislocation: 'd', terminal_report: 't', train_roster: 'r' } as const satisfies Record<
  WorkbookKind,
  string
>
/** The kinds, in the order of the buttons. */
export const kinds = Object.keys(letters) as readonly WorkbookKind[]

export function formatPlace(place: Place | undefined): string {
  if (!place) return nowhere
  const wanted = formatWanted(place.wanted)
  return `${place.filter}${place.page}${wanted === undefined ? '' : `_${wanted}`}`
}

export function parsePlace(text: string): Place | undefined {
  const [, word, page, narrowed] = /^([a-z]+)(\d{1,3})(?:_(.+))?$/.exec(text) ?? []
  const filter = filters.find((filter) => filter === word)
  const wanted = narrowed === undefined ? undefined : parseWanted(narrowed)
  if (!filter || (narrowed !== undefined && !wanted)) return undefined
  return { filter, page: Number(page), ...(wanted && { wanted }) }
}

/** Undefined for a workbook that was opened from a notice. */
export const placeParameter: Parameter<Place | undefined> = {
  write: formatPlace,
  read: (text = nowhere) => (text === nowhere ? undefined : (parsePlace(text) ?? bad)),
}

export const wantedParameter: Parameter<Wanted, Wanted | undefined> = {
  write: formatWanted,
  read: (text = '') => parseWanted(text) ?? bad,
}

/** Short, since the data of a button have 64 bytes: a letter, the number of the day and the id, in digits and letters. */
function formatWanted({ kind, day, senderOf }: Wanted = {}): string | undefined {
  const parts = [
    kind === undefined ? '' : letters[kind],
    day === undefined ? '' : (Date.parse(day) / dayMs).toString(36),
    senderOf === undefined ? '' : senderOf.toString(36),
  ]
  return parts.some((part) => part !== '') ? parts.join('_') : undefined
}

function parseWanted(text: string): Wanted | undefined {
  const [, letter = '', day = '', senderOf = ''] = /^([dtr]?)_([0-9a-z]{0,5})_([0-9a-z]{0,10})$/.exec(text) ?? []
  const wanted: Wanted = {
    kind: kinds.find((kind) => letters[kind] === letter),
    day: day === '' ? undefined : new Date(parseInt(day, 36) * dayMs).toISOString().slice(0, 10),
    senderOf: senderOf === '' ? undefined : parseInt(senderOf, 36),
  }
  return isWanted(wanted) ? wanted : undefined
}

/** Whether somebody looks for anything. */
export function isWanted({ kind, day, senderOf }: Wanted = {}): boolean {
  return kind !== undefined || day !== undefined || senderOf !== undefined
}
