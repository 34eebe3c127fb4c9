import type { DueSubscription, SlotReport } from '@atermtrack/data'
import { planSlots, type PlannedReport, type Slot } from '@atermtrack/domain'

export interface ReportPlan {
  readonly id: number
  /** Their containers are looked up for all subscriptions together. */
  readonly slots: readonly Omit<SlotReport, 'containers'>[]
  readonly nextDueAt: Date
}

/** Decides about each planned moment of a due subscription, and when the subscription is due again. */
export function planReports(subscription: DueSubscription): ReportPlan {
  const { id, weekdays, zone, nextDueAt: dueAt, now } = subscription
  const slots = subscription.slots as readonly Slot[]
  const { reports, nextDueAt } = planSlots({ slots, weekdays, zone, dueAt, now })
  if (!nextDueAt) throw new Error(`subscription ${id} has no slots`)
  return { id, slots: reports.map((report) => toSlot(subscription, report)), nextDueAt }
}

function toSlot(subscription: DueSubscription, report: PlannedReport): Omit<SlotReport, 'containers'> {
  const { id: subscriptionId, personId, chatId, name } = subscription
  const { localDate, slot, plannedAt, outcome, isLate: late } = report
  const reason = outcome === 'due' ? reasonToSkip(subscription) : outcome
  return {
    ...{ subscriptionId, personId, chatId, name, localDate, slot, plannedAt, late },
    ...(reason !== undefined && { skippedBecause: reason }),
  }
}

function reasonToSkip({ access, isReachable, hasEmail }: DueSubscription): string | undefined {
  if (access.kind !== 'allowed') return 'access_denied'
  return isReachable || hasEmail ? undefined : 'unreachable'
}
