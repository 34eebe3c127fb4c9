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

/** Why the list does not show a container: it was put off until a time, or hidden until it changes. */
export type PutAway = 'later' | 'hidden'

/** Why the list does not show a container at this moment; undefined when it does. A decision ends with the trip that it was made about. */
export function putAwayOf(
  present: AttentionPresent,
  decision: AttentionDecision | undefined,
  now: Date,
): PutAway | undefined {
  if (!decision || decision.tripId !== present.tripId) return undefined
  if (decision.laterUntil !== null && decision.laterUntil > now) return 'later'
  return decision.hiddenState === attentionState(present) ? 'hidden' : undefined
}
