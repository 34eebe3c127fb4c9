import type { AttentionEntry } from '@atermtrack/data'
import { attentionState } from '@atermtrack/domain'

const longestHours = 24 * 30
const hourMs = 3_600_000

/** Until when a press puts something off: an hour to thirty days from now. */
export function laterBy(hours: number, now: Date): Date {
  return new Date(now.getTime() + Math.min(longestHours, Math.max(1, hours)) * hourMs)
}

/** The state in which a container is hidden, until it has another one. */
export function stateOf({ tripId, position: { operatedAt }, attention }: AttentionEntry): string {
  return attentionState({ tripId, operatedAt, attention })
}
