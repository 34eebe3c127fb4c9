import type { BroadcastAudience } from '@atermtrack/domain'
import { catalogue, type Language } from '../catalogue.ts'

/** The audience of a broadcast in words. `companyName` is that of the company which it names, undefined for one that was removed. */
export function audienceText(
  audience: Exclude<BroadcastAudience, { readonly kind: 'person' }>,
  companyName: string | undefined,
  language: Language,
): string {
  const words = catalogue[language].broadcast.audience
  if (audience.kind === 'everybody') return words.everybody
  if (audience.kind === 'role') return words.role[audience.role]
  if (audience.kind === 'active') return words.active(audience.days)
  if (audience.kind === 'subscribers') return words[audience.subject](audience.text)
  return companyName === undefined ? words.removedCompany : words.company(companyName)
}
