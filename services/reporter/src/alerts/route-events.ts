import {
  alertReaders,
  alerts,
  type Concerned,
  eventRouting,
  findConcerned,
  subscriptionTargets,
} from '@atermtrack/data'
import { type AccessPolicy, groupBy } from '@atermtrack/domain'
import type { Tx } from '@atermtrack/outbox'
import { planAlerts, type Wish } from './plan-alerts.ts'

/** Events per transaction: each can concern thousands of people. */
const batchSize = 500
/** Rows per statement. */
const rowsPerInsert = 20_000

/**
 * Finds the readers of the oldest events that nobody was looked for yet, and lets the events wait in their messages. Returns how many
 * events it took; 0 when there are none left. An event that is taken twice changes nothing.
 */
export async function routeEvents(tx: Tx, policy: AccessPolicy): Promise<number> {
  const now = await eventRouting.lockRouting(tx)
  const { taken, events } = await eventRouting.takeUnrouted(tx, { limit: batchSize })
  if (events.length === 0) return taken
  const containers = [...new Set(events.map(({ container }) => container))]
  const concerned = await addFurtherReaders(tx, await findConcerned(tx, containers), policy)
  if (concerned.length === 0) return taken
  const readers = await listReaders(tx, concerned, policy)
  const scopes = readers.flatMap(({ access }) => (access.kind === 'allowed' ? [access.scope] : []))
  const sees = await alertReaders.lookUpVisible(tx, scopes, containers)
  const plan = planAlerts(events, { concerned, readers, sees, now })
  const alertIdOf = await alerts.open(tx, plan.wanted)
  const waiting = plan.events.map(({ topic, ...event }) => ({ ...event, alertId: alertIdOf({ ...event, topic }) }))
  for (let start = 0; start < waiting.length; start += rowsPerInsert) {
    await alerts.insertEvents(tx, waiting.slice(start, start + rowsPerInsert))
  }
  return taken
}

/** Adds the further readers of the subscriptions: groups in which the bot is, and colleagues who have accepted. */
async function addFurtherReaders(
  tx: Tx,
  concerned: readonly Concerned[],
  policy: AccessPolicy,
): Promise<readonly Wish[]> {
  const ids = [...new Set(concerned.map(({ subscriptionId }) => subscriptionId))]
  const targets = groupBy(await subscriptionTargets.listDue(tx, ids, policy), ({ subscriptionId }) => subscriptionId)
  if (targets.size === 0) return concerned
  return concerned.flatMap((own): readonly Wish[] => [
    own,
    ...(targets.get(own.subscriptionId) ?? []).map(({ personId, chatId, threadId }) =>
      personId === undefined ? { ...own, group: { chatId, threadId } } : { ...own, personId },
    ),
  ])
}

async function listReaders(tx: Tx, concerned: readonly Wish[], policy: AccessPolicy) {
  const people = concerned.flatMap(({ personId, group }) => (group ? [] : [personId]))
  const groups = concerned.flatMap(({ personId, group }) => (group ? [{ ...group, personId }] : []))
  return [
    ...(await alertReaders.listReaders(tx, people, policy)),
    ...(await alertReaders.listGroupReaders(tx, groups, policy)),
  ]
}
