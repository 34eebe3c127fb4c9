import { cleanText } from './clean-text.ts'

/** A heading in the form in which headings are compared: lower case, ё as е, single blanks, no trailing punctuation. */
export function normaliseLabel(text: string): string {
  return cleanText(text)
    .toLowerCase()
    .replaceAll('ё', 'е')
    .replace(/[\s.,:;*]+$/, '')
}
