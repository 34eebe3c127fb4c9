/** Eight digits; a wrong check digit is possible (see `isValidWagonNumber`). */
export type WagonNumber = string & { readonly __brand: 'WagonNumber' }

/** A wagon number with blanks inside or with the `.0` of a spreadsheet behind it. */
export function parseWagonNumber(text: string): WagonNumber | undefined {
  const number = text.replace(/\s/g, '').replace(/[.,]0+$/, '')
  return isWagonNumber(number) ? number : undefined
}

/** The last digit complements the digit sums of the others, doubled in turn, to a multiple of ten. */
export function isValidWagonNumber(number: WagonNumber): boolean {
  let sum = 0
  for (let i = 0; i < 7; i++) {
    const product = Number(number.charAt(i)) * (i % 2 === 0 ? 2 : 1)
    sum += product > 9 ? product - 9 : product
  }
  return (10 - (sum % 10)) % 10 === Number(number.charAt(7))
}

/** Known from the first digit for gondolas (полувагон, 6) and platforms (платформа, 9) only. */
export function wagonType(number: WagonNumber): 'gondola' | 'platform' | undefined {
  if (number.startsWith('6')) return 'gondola'
  return number.startsWith('9') ? 'platform' : undefined
}

function isWagonNumber(text: string): text is WagonNumber {
  return /^\d{8}$/.test(text)
}
