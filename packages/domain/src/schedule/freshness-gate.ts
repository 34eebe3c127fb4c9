/** The data of a report at its slot. */
export interface GateFacts {
  readonly plannedAt: Date
  /** When the newest of its sources last arrived; undefined when nothing ever came. */
  readonly heardAt: Date | undefined
  readonly staleAfterMinutes: number
  /** How long a report waits for newer data. */
  readonly waitMinutes: number
  readonly now: Date
}

/**
 * The moment until which a report waits for newer data; undefined for one that goes out at once, since its data are fresh, there
 * never were any, or it has waited long enough.
 */
export function waitsForDataUntil({ plannedAt, heardAt, ...gate }: GateFacts): Date | undefined {
  const { staleAfterMinutes, waitMinutes, now } = gate
  if (!heardAt || now.getTime() - heardAt.getTime() <= staleAfterMinutes * 60_000) return undefined
  const until = new Date(plannedAt.getTime() + waitMinutes * 60_000)
  return until > now ? until : undefined
}
