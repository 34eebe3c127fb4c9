import { cyrillicCapitals } from './look-alikes.ts'

/** Number of a Russian railway waybill: two Cyrillic capitals and six digits, `ЭФ038927`. */
export type Waybill = string & { readonly __brand: 'Waybill' }

/** A waybill number in any case, with blanks or dashes inside, or with Latin look-alikes. */
export function parseWaybill(text: string): Waybill | undefined {
  const waybill = cyrillicCapitals(text.replace(/[\s\p{Cf}\p{Pd}№]/gu, ''))
  return isWaybill(waybill) ? waybill : undefined
}

function isWaybill(text: string): text is Waybill {
  return /^[А-ЯЁ]{2}\d{6}$/.test(text)
}
