import { events } from '@atermtrack/data'
import type { EventSettings } from '@atermtrack/domain'
import { type Outbox, transact } from '@atermtrack/outbox'
import { type Handler, raiseAlerts } from '@atermtrack/queue'
import type { ImportPrecedence } from './import-precedence.ts'

export interface DetectDependencies extends Outbox {
  readonly events: Omit<EventSettings, 'stampsOf'>
  readonly precedence: Pick<ImportPrecedence, 'giveWayFor'>
}

/** The import of a large report takes a few seconds. The server ends a transaction that is idle for a minute. */
const mostWaitMs = 20_000

/**
 * Detects what has happened to the containers of a workbook that was imported or undone. One transaction stores the events, takes the
 * mark off the workbook and enqueues the alerts where there are any; killed before its end it leaves nothing behind.
 */
export function createDetectEvents(dependencies: DetectDependencies): Handler<{ workbookId: number }> {
  const { events: settings, precedence } = dependencies
  return async function detect({ workbookId }, context) {
    const { logger, signal } = context
    const giveWay = precedence.giveWayFor(mostWaitMs)
    await giveWay(signal)
    const found = await transact(dependencies, async (tx) => {
      const detection = await events.detectEvents(tx, workbookId, { settings, signal, giveWay })
      if (detection?.hasAlerts) tx.enqueue(raiseAlerts, { workbookId })
      return detection
    })
    if (!found) return logger.info({ workbookId }, 'the events of this workbook are detected already')
    logger.info({ workbookId, ...found }, 'events are detected')
    // The job that was enqueued meanwhile was taken for this one.
    if (found.isDueAgain) await detect({ workbookId }, context)
  }
}
