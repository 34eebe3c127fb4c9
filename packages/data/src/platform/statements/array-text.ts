import { isoText } from '@atermtrack/domain'

/** A value of an array for PostgreSQL. */
export type ArrayElement = string | number | boolean | Date | null | undefined

// Nothing in it that the text of an array would have to quote.
const plain = /^[\w+.:-]+$/
const marks = /["\\]/g

/**
 * An array as PostgreSQL reads it from text: `${arrayText(values)}::text[]`. The driver's own way looks at each value several times,
 * which a hundred thousand rows feel. `undefined` is null.
 */
export function arrayText(values: readonly ArrayElement[]): string {
  return `{${values.map(elementText).join()}}`
}

function elementText(value: ArrayElement): string {
  if (value === undefined || value === null) return 'NULL'
  if (value instanceof Date) return isoText(value)
  if (typeof value !== 'string') return String(value)
  if (plain.test(value) && !isNull(value)) return value
  return `"${value.includes('"') || value.includes('\\') ? value.replace(marks, '\\$&') : value}"`
}

/** Without quotes the word would be no text. */
function isNull(value: string): boolean {
  return value.length === 4 && value.toLowerCase() === 'null'
}
