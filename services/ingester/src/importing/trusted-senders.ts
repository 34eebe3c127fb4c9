import type { WorkbookKind } from '@atermtrack/data'

/** Addresses, or `@domain` for all of a domain, that may send each kind of workbook. */
export type TrustedSenders = Readonly<Record<WorkbookKind, readonly string[]>>

/** Whether a message's From address may bring this kind; letter case does not matter. */
export function isTrustedSender(senders: TrustedSenders, kind: WorkbookKind, sender: string | null): boolean {
  const address = sender?.trim().toLowerCase()
  if (!address) return false
  return senders[kind].some((entry) => {
    const allowed = entry.trim().toLowerCase()
    return allowed.startsWith('@') ? address.endsWith(allowed) : address === allowed
  })
}
