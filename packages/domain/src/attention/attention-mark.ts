import type { Attention } from './attention.ts'

/** The decisions of people about a container that needs attention, as far as they decide whether the list shows it. */
export interface AttentionDecision {
  readonly tripId: number | null
  readonly laterUntil: Date | null
  /** The state in which it is not to be shown. */
  readonly hiddenState: string | null
}

/** The present of a container on the list. */
export interface AttentionPresent {
  readonly tripId: number | null
  readonly operatedAt: Date
  readonly attention: readonly Attention[]
}

/** Names the state of a container: it changes with the trip, a new operation and other reasons. */
export function attentionState({ tripId, operatedAt, attention }: AttentionPresent): string {
  return [tripId ?? '-', operatedAt.toISOString(), ...attention.map(({ reason }) => reason)].join(' ')
}

/** Whether the list shows a container at this moment. A decision ends with the trip that it was made about. */
export function isAttentionShown(
  present: AttentionPresent,
  decision: AttentionDecision | undefined,
  now: Date,
): boolean {
  if (!decision || decision.tripId !== present.tripId) return true
  if (decision.laterUntil !== null && decision.laterUntil > now) return false
  return decision.hiddenState !== attentionState(present)
}
