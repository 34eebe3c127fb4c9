import type { NormState } from '../trip/delivery-norm.ts'
import type { Status } from '../trip/status.ts'

/** Why a container needs somebody, the most urgent first. */
export const attentionReasons = ['abandoned', 'late', 'missing', 'stuck', 'not_picked_up', 'at_risk'] as const
export type AttentionReason = (typeof attentionReasons)[number]

export interface Attention {
  readonly reason: AttentionReason
  /** Since when the reason holds; undefined where no report says so. */
  readonly since: Date | undefined
}

export interface AttentionLimits {
  /** A container on its way is stuck after so many hours without an operation. */
  readonly stuckAfterHours: number
  /** A container that arrived and is not unloaded is to be picked up after so many hours. */
  readonly pickUpAfterHours: number
}

export const defaultAttentionLimits: AttentionLimits = { stuckAfterHours: 72, pickUpAfterHours: 48 }

const hourMs = 3_600_000

/** The facts of the current trip at the stamp of its source. */
export interface AttentionFacts {
  /** `missing`: newer reports of the source no longer hold it. */
  readonly status: Status | 'missing'
  readonly operatedAt: Date
  readonly stampAt: Date
  readonly missingSince: Date | undefined
  readonly arrivedAt: Date | undefined
  readonly norm: NormState
}

/**
 * The reasons why a container needs attention at the stamp of its source, the most urgent first; none for a trip that is over, except
 * that nobody has picked it up. The facts are those of the current trip.
 */
export function attentionOf(
  facts: AttentionFacts,
  limits: AttentionLimits = defaultAttentionLimits,
): readonly Attention[] {
  const { status, operatedAt, missingSince, norm } = facts
  if (status === 'unloaded') return []
  const found: Attention[] = []
  if (status === 'abandoned') found.push({ reason: 'abandoned', since: operatedAt })
  if (norm.kind === 'late' && !norm.isFinal) found.push({ reason: 'late', since: norm.dueAt })
  if (status === 'missing') found.push({ reason: 'missing', since: missingSince })
  found.push(...waitsTooLong(facts, limits))
  if (norm.kind === 'at_risk') found.push({ reason: 'at_risk', since: undefined })
  return found
}

function waitsTooLong(
  { status, operatedAt, stampAt, arrivedAt }: AttentionFacts,
  { stuckAfterHours, pickUpAfterHours }: AttentionLimits,
): readonly Attention[] {
  const hasWaited = (since: Date, hours: number) => stampAt.getTime() - since.getTime() > hours * hourMs
  if (status === 'at_destination') {
    const since = arrivedAt ?? operatedAt
    return hasWaited(since, pickUpAfterHours) ? [{ reason: 'not_picked_up', since }] : []
  }
  const isOnItsWay = status === 'standing' || status === 'en_route'
  return isOnItsWay && hasWaited(operatedAt, stuckAfterHours) ? [{ reason: 'stuck', since: operatedAt }] : []
}
