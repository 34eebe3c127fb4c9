/** What this process has shown to somebody whose update it could not answer yet. */
interface Shown {
  /** The message that the answer is to replace. */
  readonly messageId?: number
  /** The code that they were told. */
  readonly reference?: string
}

export interface OpenUpdates {
  of(updateId: number): Shown
  note(updateId: number, shown: Shown): void
  forget(updateId: number): void
}

/** Another process may answer instead, and nobody says so here. */
const most = 1_000

/** Remembers what was shown while the database could not be told. It need not be complete: who is not known is told anew. */
export function createOpenUpdates(): OpenUpdates {
  const updates = new Map<number, Shown>()
  return {
    of: (updateId) => updates.get(updateId) ?? {},
    note(updateId, shown) {
      updates.set(updateId, { ...updates.get(updateId), ...shown })
      const [first] = updates.keys()
      if (updates.size > most && first !== undefined) updates.delete(first)
    },
    forget: (updateId) => void updates.delete(updateId),
  }
}
