import { alertReaders, alerts, eventRouting, findConcerned } from '@atermtrack/data'
import type { AccessPolicy } from '@atermtrack/domain'
import type { Tx } from '@atermtrack/outbox'
import { planAlerts } from './plan-alerts.ts'

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
  const concerned = await findConcerned(tx, containers)
  if (concerned.length === 0) return taken
  const readers = await alertReaders.listReaders(
    tx,
    concerned.map(({ personId }) => personId),
    policy,
  )
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
