import type { WorkbookKind, WorkbookOrigin } from '@atermtrack/data'
import { fitsPattern } from '@atermtrack/domain'

/** Addresses, or `@domain` for all of a domain, that may send each kind of workbook. */
export type TrustedSenders = Readonly<Record<WorkbookKind, readonly string[]>>

/** Patterns of file names of which one fits a workbook of each kind that comes by mail. */
export type FilePatterns = Readonly<Record<WorkbookKind, readonly string[]>>

/** Whether a file that came by mail has a name that is expected of its kind. */
export function isExpectedName(patterns: FilePatterns, kind: WorkbookKind, fileName: string): boolean {
  return patterns[kind].some((pattern) => fitsPattern(pattern, fileName))
}

/** Whether a message's From address may bring this kind; letter case does not matter. */
export function isTrustedSender(senders: TrustedSenders, kind: WorkbookKind, sender: string | null): boolean {
  const address = sender?.trim().toLowerCase()
  if (!address) return false
  return senders[kind].some((entry) => {
    const allowed = entry.trim().toLowerCase()
    return allowed.startsWith('@') ? address.endsWith(allowed) : address === allowed
  })
}

/** Whether a message's From address may bring any kind at all. */
export function isKnownSender(senders: TrustedSenders, sender: string | null): boolean {
  const kinds = Object.keys(senders) as WorkbookKind[]
  return kinds.some((kind) => isTrustedSender(senders, kind, sender))
}

/** Whether a file came by mail from an unknown sender or from an unproved address. */
export function isStranger(
  senders: TrustedSenders,
  file: { readonly origin: WorkbookOrigin; readonly sender: string | null; readonly senderUnproven: boolean },
): boolean {
  return file.origin === 'mail' && (file.senderUnproven || !isKnownSender(senders, file.sender))
}
