const dayMs = 86_400_000

/** Reports name the norm as a date, which is read as the midnight at its beginning: a delivery on that day keeps it. */
export function endOfNorm(dueAt: Date): Date {
  return new Date(dueAt.getTime() + dayMs)
}

/** Whether a moment, in milliseconds, lies after the norm. */
export function isAfterNorm(dueAt: Date, moment: number): boolean {
  return moment > dueAt.getTime() + dayMs
}

/** How a trip keeps the delivery norm of its waybill («Нормативный срок доставки»). Days are whole: begun ones after the day of the norm. */
export type NormState =
  /** No report names the norm, or nothing can be said yet. */
  | { readonly kind: 'unknown' }
  | { readonly kind: 'in_time'; readonly dueAt: Date }
  /** On its way within the norm, and no forecast can be made: it is not known to keep it. */
  | { readonly kind: 'open'; readonly dueAt: Date }
  /** On its way, and the forecast lies after the norm. */
  | { readonly kind: 'at_risk'; readonly dueAt: Date; readonly days: number }
  /** The norm has passed without an arrival, or the arrival came after it. */
  | { readonly kind: 'late'; readonly dueAt: Date; readonly days: number; readonly isFinal: boolean }

/**
 * Compares a trip with its delivery norm at the stamp of its source: time does not pass by itself between two reports. `arrivedAt` is
 * the first operation at the destination station, `expectedAt` the forecast; undefined where unknown.
 */
export function normStateOf(trip: {
  readonly dueAt: Date | undefined
  readonly arrivedAt: Date | undefined
  readonly hasArrived: boolean
  readonly expectedAt: Date | undefined
  /** False where the arrival cannot be foreseen, or its earliest moment alone. */
  readonly isForeseeable?: boolean
  readonly stampAt: Date
}): NormState {
  const { dueAt, arrivedAt, hasArrived, expectedAt, isForeseeable = true, stampAt } = trip
  if (!dueAt) return { kind: 'unknown' }
  if (hasArrived) {
    if (!arrivedAt) return { kind: 'unknown' }
    const days = daysAfter(dueAt, arrivedAt)
    return days > 0 ? { kind: 'late', dueAt, days, isFinal: true } : { kind: 'in_time', dueAt }
  }
  const lateDays = daysAfter(dueAt, stampAt)
  if (lateDays > 0) return { kind: 'late', dueAt, days: lateDays, isFinal: false }
  const riskDays = expectedAt ? daysAfter(dueAt, expectedAt) : 0
  if (riskDays > 0) return { kind: 'at_risk', dueAt, days: riskDays }
  return { kind: isForeseeable ? 'in_time' : 'open', dueAt }
}

/** Begun days by which `moment` lies after the day of the norm; 0 when it does not. */
function daysAfter(dueAt: Date, moment: Date): number {
  if (!isAfterNorm(dueAt, moment.getTime())) return 0
  return Math.ceil((moment.getTime() - endOfNorm(dueAt).getTime()) / dayMs)
}
