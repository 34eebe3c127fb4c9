import { events } from '@atermtrack/data'
import type { EventSettings } from '@atermtrack/domain'
import { type Outbox, transact } from '@atermtrack/outbox'
import { type Handler, raiseAlerts } from '@atermtrack/queue'

export interface DetectDependencies extends Outbox {
  readonly events: Omit<EventSettings, 'stampsOf'>
}

/**
 * Detects what has happened to the containers of a workbook that was imported or undone. One transaction stores the events, takes the
 * mark off the workbook and enqueues the alerts where there are any; killed before its end it leaves nothing behind.
 */
export function createDetectEvents(dependencies: DetectDependencies): Handler<{ workbookId: number }> {
  return async ({ workbookId }, { logger, signal }) => {
    const { events: settings } = dependencies
    const found = await transact(dependencies, async (tx) => {
      const detection = await events.detectEvents(tx, workbookId, { settings, signal })
      if (detection?.hasAlerts) tx.enqueue(raiseAlerts, { workbookId })
      return detection
    })
    if (!found) return logger.info({ workbookId }, 'the events of this workbook are detected already')
    logger.info({ workbookId, ...found }, 'events are detected')
  }
}
