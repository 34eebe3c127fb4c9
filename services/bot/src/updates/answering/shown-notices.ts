/** The notices that this process has shown about an update that it could not answer yet. */
interface Shown {
  /** The message that the answer replaces. */
  readonly messageId?: number
  /** The code of the failure that was reported to the person. */
  readonly reference?: string
  /** The error behind the code. */
  readonly failure?: unknown
}

export interface ShownNotices {
  of(updateId: number): Shown
  record(updateId: number, shown: Shown): void
  forget(updateId: number): void
}

/** Limit of stored notices: another process may answer instead, and this one does not learn that. */
const most = 1_000

/**
 * Remembers the notices that were shown while the database was away and could not store them. It need not be complete: a person
 * whose update is forgotten gets the notice again.
 */
export function createShownNotices(): ShownNotices {
  const updates = new Map<number, Shown>()
  return {
    of: (updateId) => updates.get(updateId) ?? {},
    record(updateId, shown) {
      updates.set(updateId, { ...updates.get(updateId), ...shown })
      const [first] = updates.keys()
      if (updates.size > most && first !== undefined) updates.delete(first)
    },
    forget: (updateId) => void updates.delete(updateId),
  }
}
