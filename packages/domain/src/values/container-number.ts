import { latinCapitals } from './look-alikes.ts'

/** An ISO 6346 number in canonical form: four Latin letters (the last U, J or Z) and seven digits. */
export type ContainerNumber = string & { readonly __brand: 'ContainerNumber' }

const canonical = /^[A-Z]{3}[UJZ]\d{7}$/
const separators = /[\s\p{Cf}\p{Pd}−]+/gu
const longestSpelling = 40

/**
 * Canonical form of a number typed in any case, with blanks or dashes inside, or with Cyrillic look-alikes.
 * A wrong check digit is accepted (see `hasValidCheckDigit`); a letter O among the digits is not repaired.
 */
export function parseContainerNumber(text: string): ContainerNumber | undefined {
  if (isCanonical(text)) return text
  if (text.length > longestSpelling) return undefined
  const number = latinCapitals(text.replace(separators, ''))
  return isCanonical(number) ? number : undefined
}

/** False for about one real number in 3,000, so it is a reason to warn and never to reject. */
export function hasValidCheckDigit(number: ContainerNumber): boolean {
  return containerCheckDigit(number) === Number(number.charAt(10))
}

/** ISO 6346 check digit (0–9) over the first ten characters: four capital Latin letters and six digits. */
export function containerCheckDigit(first10: string): number {
  let sum = 0
  for (let i = 0; i < 10; i++) sum += characterValue(first10.charCodeAt(i)) * (1 << i)
  return (sum % 11) % 10
}

function isCanonical(text: string): text is ContainerNumber {
  return canonical.test(text)
}

/** Letters count from 10 and skip the multiples of 11. */
function characterValue(code: number): number {
  if (code < 0x41) return code - 0x30
  const place = code - 0x41
  return 10 + place + Math.floor((place + 9) / 10)
}
