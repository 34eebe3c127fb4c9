import { events } from '@atermtrack/data'
import type { Tx } from '@atermtrack/outbox'
import { detectEvents } from '@atermtrack/queue'

/** Has the events detected that an import or an undo has changed, after the commit. Without Redis the mark waits for the sweep. */
export async function requestDetection(tx: Tx, workbookId: number): Promise<void> {
  await events.requestDetection(tx, workbookId)
  tx.enqueue(detectEvents, { workbookId })
}
