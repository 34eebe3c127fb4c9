import { isKnownSender, type TrustedSenders } from '../importing/trusted-senders.ts'
import { proveSender, type SenderProof } from './authentication-results.ts'
import type { HeaderLine } from './raw-header-text.ts'

export interface SenderPolicy {
  readonly senders: TrustedSenders
  /** The name by which the mail server signs its Authentication-Results; without it no proof is required. */
  readonly authservId?: string | undefined
}

export interface JudgedSender {
  readonly senderUnproven: boolean
  readonly senderProof: SenderProof | undefined
  /** The sender is unknown, or the address is not proved. */
  readonly isStranger: boolean
}

/** Judges the From address of a message; without header lines, since they cannot be read, there is no proof. */
export function judgeSender(
  sender: string | undefined,
  headerLines: readonly HeaderLine[] | undefined,
  { senders, authservId }: SenderPolicy,
): JudgedSender {
  const senderProof = authservId === undefined ? undefined : proveSender(headerLines ?? [], authservId)
  const senderUnproven = senderProof !== undefined && senderProof !== 'pass'
  return { senderUnproven, senderProof, isStranger: senderUnproven || !isKnownSender(senders, sender ?? null) }
}
