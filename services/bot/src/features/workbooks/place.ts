import type { ReviewFilter } from '@atermtrack/data'
import { bad, type Parameter } from '../../routing/parameters.ts'

/** The place in the list from which a workbook was opened, as buttons carry it; the back button leads there. */
export interface Place {
  readonly filter: ReviewFilter
  /** From 0. */
  readonly page: number
}

export const filters = ['waiting', 'accepted', 'rejected', 'all'] as const satisfies readonly ReviewFilter[]
const nowhere = '-'

export function formatPlace(place: Place | undefined): string {
  return place ? `${place.filter}${place.page}` : nowhere
}

export function parsePlace(text: string): Place | undefined {
  const [, word, page] = /^([a-z]+)(\d{1,3})$/.exec(text) ?? []
  const filter = filters.find((filter) => filter === word)
  return filter && { filter, page: Number(page) }
}

/** Undefined for a workbook that was opened from a notice. */
export const placeParameter: Parameter<Place | undefined> = {
  write: formatPlace,
  read: (text = nowhere) => (text === nowhere ? undefined : (parsePlace(text) ?? bad)),
}
