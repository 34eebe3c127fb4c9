import type { DeskFilter } from '@atermtrack/data'

/** Where in the list a workbook was opened, as buttons carry it; the way back leads there. */
export interface Place {
  readonly filter: DeskFilter
  /** From 0. */
  readonly page: number
}

const filters: readonly DeskFilter[] = ['waiting', 'accepted', 'rejected', 'all']
const nowhere = '-'

export function isFilter(text: string | undefined): text is DeskFilter {
  return filters.some((filter) => filter === text)
}

export function formatPlace(place: Place | undefined): string {
  return place ? `${place.filter}${place.page}` : nowhere
}

/** Undefined for a workbook that was opened from a notice. */
export function parsePlace(text: string | undefined): Place | undefined {
  const [, filter, page] = /^([a-z]+)(\d{1,3})$/.exec(text ?? '') ?? []
  return isFilter(filter) ? { filter, page: Number(page) } : undefined
}
