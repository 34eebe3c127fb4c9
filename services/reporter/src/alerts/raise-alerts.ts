import { alertCorrections, eventRouting } from '@atermtrack/data'
import { type Outbox, transact } from '@atermtrack/outbox'
import type { Handler, PayloadOf, raiseAlerts, sendDigests } from '@atermtrack/queue'
import { routeEvents } from './route-events.ts'
import { tellAlerts, type TellingSettings } from './tell-alerts.ts'

export interface AlertDependencies extends Outbox, TellingSettings {}

const correctionsPerBatch = 5_000

/**
 * Handles `raise-alerts`: finds out who is to know of the new events, and tells what cannot wait. It takes every event that nobody was
 * looked for yet, whatever import it followed from, in a transaction for some hundreds: killed in between, it goes on where it was.
 */
export function createRaiseAlerts(dependencies: AlertDependencies): Handler<PayloadOf<typeof raiseAlerts>> {
  return async ({ workbookId }, { logger, signal }) => {
    const dueAt = await eventRouting.findDue(dependencies.db, workbookId)
    if (dueAt === null) {
      logger.info({ workbookId }, 'alerts are raised already')
      return
    }
    await runAlerts(dependencies, signal)
    await eventRouting.markRaised(dependencies.db, workbookId, dueAt)
  }
}

/** Handles `send-digests`: tells what is due by now. */
export function createSendDigests(dependencies: AlertDependencies): Handler<PayloadOf<typeof sendDigests>> {
  return async (_payload, { signal }) => runAlerts(dependencies, signal)
}

async function runAlerts(dependencies: AlertDependencies, signal: AbortSignal): Promise<void> {
  const { policy } = dependencies
  const limit = correctionsPerBatch
  const untilNone = async (work: Parameters<typeof transact<number>>[1]) => {
    for (;;) {
      signal.throwIfAborted()
      if ((await transact(dependencies, work)) === 0) return
    }
  }
  await untilNone((tx) => alertCorrections.followWithdrawals(tx, { limit }))
  await untilNone((tx) => routeEvents(tx, policy))
  if (dependencies.emailIsOn) await untilNone((tx) => alertCorrections.followBlocked(tx, { limit }))
  await untilNone((tx) => tellAlerts(tx, dependencies))
}
