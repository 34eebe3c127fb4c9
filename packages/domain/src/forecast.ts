const kmPerDay = 600
const dayMs = 86_400_000

export interface Forecast {
  /** From the operation time, with one decimal. */
  readonly days: number
  readonly arrivesAt: Date
}

/**
 * Expected arrival: 600 km a day and one day more, counted from the operation; at once at the destination.
 * Undefined when the distance left (kilometres) is not known.
 */
export function forecastArrival(position: {
  readonly kmLeft: number | undefined
  readonly operatedAt: Date
  readonly atDestination: boolean
}): Forecast | undefined {
  const { kmLeft, operatedAt, atDestination } = position
  if (atDestination || kmLeft === 0) return { days: 0, arrivesAt: operatedAt }
  if (kmLeft === undefined || kmLeft < 0) return undefined
  const days = Math.round((kmLeft * 10) / kmPerDay + 10) / 10
  return { days, arrivesAt: new Date(operatedAt.getTime() + Math.round(days * dayMs)) }
}

/** Share of the way that is done, 0–100 in whole percent; undefined when a distance is not known. */
export function progressPercent(distance: {
  readonly kmTotal: number | undefined
  readonly kmLeft: number | undefined
}): number | undefined {
  const { kmTotal, kmLeft } = distance
  if (kmTotal === undefined || kmLeft === undefined || kmTotal <= 0) return undefined
  return Math.min(100, Math.max(0, Math.round(((kmTotal - kmLeft) / kmTotal) * 100)))
}
