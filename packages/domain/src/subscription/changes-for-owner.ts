/** The changes that an admin can make to the subscription of somebody else, as the notice to its owner names them. */
export const subscriptionChanges = [
  'name',
  'subject',
  'items',
  'times',
  'days',
  'zone',
  'paused',
  'resumed',
  'options',
  'columns',
  'events',
  'removed',
  'restored',
  'sent',
] as const
export type SubscriptionChange = (typeof subscriptionChanges)[number]

/** The changes of one subscription, each once. */
export interface ChangedSubscription {
  readonly subscriptionId: number
  /** As it is called now. */
  readonly name: string
  readonly changes: readonly SubscriptionChange[]
}

const undoes: Readonly<Partial<Record<SubscriptionChange, SubscriptionChange>>> = {
  paused: 'resumed',
  resumed: 'paused',
  removed: 'restored',
  restored: 'removed',
}

/** Adds to what was changed before. Of a change and its undoing the later one stays. */
export function addChange(
  known: readonly ChangedSubscription[],
  added: ChangedSubscription,
): readonly ChangedSubscription[] {
  const before = known.find(({ subscriptionId }) => subscriptionId === added.subscriptionId)
  if (!before) return [...known, added]
  const undone = new Set(added.changes.map((change) => undoes[change]))
  const changes = [...new Set([...before.changes.filter((change) => !undone.has(change)), ...added.changes])]
  return known.map((one) => (one === before ? { ...added, changes } : one))
}
