import { cleanText } from '../values/clean-text.ts'
import { parseEmailAddress } from '../values/email-address.ts'
import { parseTrainCode } from '../values/train-code.ts'
import { eventKinds } from './event.ts'

/** The fields of a list of addresses that are written in parts. */
export const mailListFields = ['addresses', 'eventKinds', 'clients', 'trains'] as const
export type MailListField = (typeof mailListFields)[number]

/** How many parts one field may hold. */
export const mostMailListParts = 50
const longestName = 60
const longestPart = 254

export type ReadMailListField =
  | { readonly kind: 'read'; readonly parts: readonly string[] }
  /** The first part that is no address, kind or train. */
  | { readonly kind: 'bad'; readonly part: string }
  | { readonly kind: 'too_many' }
  /** A list without kinds of events would be for nothing. */
  | { readonly kind: 'none' }

/** The name of a list as it is stored; undefined for one that is empty or longer than 60 characters. */
export function readMailListName(text: string): string | undefined {
  const name = cleanText(text)
  return name === '' || name.length > longestName ? undefined : name
}

/**
 * Reads one field of a list: parts between commas, semicolons or lines, each once. Empty parts are left out, and no part at all means all
 * clients or trains, or no address.
 */
export function readMailListField(field: MailListField, text: string): ReadMailListField {
  const parts: string[] = []
  const seen = new Set<string>()
  for (const written of text.split(/[,;\n]/u)) {
    const part = cleanText(written)
    if (part === '') continue
    const known = readers[field](part)
    if (known === undefined) return { kind: 'bad', part }
    if (seen.has(known.toLowerCase())) continue
    seen.add(known.toLowerCase())
    parts.push(known)
    if (parts.length > mostMailListParts) return { kind: 'too_many' }
  }
  return parts.length === 0 && field === 'eventKinds' ? { kind: 'none' } : { kind: 'read', parts }
}

const readers: Readonly<Record<MailListField, (part: string) => string | undefined>> = {
  addresses: parseEmailAddress,
  eventKinds: (part) => eventKinds.find((kind) => kind === part),
  clients: (part) => (part.length > longestPart ? undefined : part),
  trains: parseTrainCode,
}
