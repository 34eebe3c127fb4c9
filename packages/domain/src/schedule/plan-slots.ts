import { nextSlot, type PlannedSlot, type Schedule, slotsBetween } from './schedule.ts'

/** A planned moment that has come, with its outcome. */
export interface PlannedReport extends PlannedSlot {
  /** It goes out, or a later one has taken its place, or the next one is nearer. */
  readonly outcome: 'due' | 'missed'
  /** Noticeably after its time: the report says so. */
  readonly isLate: boolean
}

export interface SlotPlan {
  readonly reports: readonly PlannedReport[]
  /** When the schedule is due again; undefined for one without slots or days. */
  readonly nextDueAt: Date | undefined
}

const lateAfterMs = 5 * 60_000

/**
 * Decides about the planned moments from `dueAt` until `now`. Of several only the newest goes out. After a downtime it goes out
 * late, unless the next moment is nearer than the missed one.
 */
export function planSlots(schedule: Schedule & { readonly dueAt: Date; readonly now: Date }): SlotPlan {
  const { dueAt, now } = schedule
  const planned = slotsBetween({ ...schedule, from: dueAt, until: now })
  const next = nextSlot({ ...schedule, after: now })
  return {
    reports: planned.map((slot, index) => {
      const ageMs = now.getTime() - slot.plannedAt.getTime()
      const isLate = ageMs > lateAfterMs
      const isNextNearer = next !== undefined && next.plannedAt.getTime() - now.getTime() < ageMs
      const isDue = index === planned.length - 1 && !(isLate && isNextNearer)
      return { ...slot, outcome: isDue ? 'due' : 'missed', isLate }
    }),
    nextDueAt: next?.plannedAt,
  }
}

/**
 * When a schedule is due next: its first slot from now on, or from the end of a pause. Undefined without slots or days. A pause
 * without an end has no next slot for the caller to ask about.
 */
export function nextDueAt(
  schedule: Schedule & { readonly now: Date; readonly pausedUntil?: Date | null | undefined },
): Date | undefined {
  const { now, pausedUntil } = schedule
  // A slot at the very moment at which the pause ends counts.
  const after = pausedUntil && pausedUntil > now ? new Date(pausedUntil.getTime() - 1) : now
  return nextSlot({ ...schedule, after })?.plannedAt
}
