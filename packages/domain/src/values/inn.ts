/** An ИНН of 10 or 12 digits; restores a leading zero that a spreadsheet has removed. Undefined for anything else. */
export function parseInn(text: string): string | undefined {
  const digits = text.replace(/^\s*(?:инн|inn)?[\s:№]*/iu, '').replace(/\s/g, '')
  if (/^(?:\d{10}|\d{12})$/.test(digits)) return digits
  return /^(?:\d{9}|\d{11})$/.test(digits) ? `0${digits}` : undefined
}
