import { cleanText } from '../values/clean-text.ts'

/** A heading in the form in which headings are compared: lower case, ё as е, single blanks, no trailing punctuation. */
export function normaliseLabel(text: string): string {
  return (
    cleanText(text)
      .toLowerCase()
      .replaceAll('ё', 'е')
      // From the beginning of a run only: a cell of mere punctuation would be scanned once for each of its marks.
      .replace(/(?<![\s.,:;*])[\s.,:;*]+$/, '')
  )
}

/** Number of first rows of a sheet that may hold the header, below lines of title. */
export const headerSearchRows = 15
