import { cleanText } from '../values/clean-text.ts'

/** A heading in the form in which headings are compared: lower case, ё as е, single blanks, no trailing punctuation. */
export function normaliseLabel(text: string): string {
  return (
    cleanText(text)
      .toLowerCase()
      .replaceAll('ё', 'е')
      // From the beginning of a run only: a cell of nothing but punctuation would be gone through once for each of its marks.
      .replace(/(?<![\s.,:;*])[\s.,:;*]+$/, '')
  )
}

/** A header stands among so many first rows of a sheet: title lines stand above it. */
export const headerSearchRows = 15
