import { adminChats, deliveries, type ReleasedReport, waitingReports } from '@atermtrack/data'
import type { AccessPolicy } from '@atermtrack/domain'
import { notice } from '@atermtrack/messages'
import { type Outbox, transact, type Tx } from '@atermtrack/outbox'
import { buildReport, deliveryPriority, sendTelegram } from '@atermtrack/queue'
import type { Logger } from 'pino'

export interface ReleaseDependencies extends Outbox {
  readonly policy: Pick<AccessPolicy, 'adminChatIds'>
  readonly staleAfterMinutes: number
  readonly scheduleZone: string
}

const batchSize = 500

/**
 * Enqueues the reports that waited for newer data: those whose source has arrived, and those that have waited long enough. The admins
 * are notified about the latter, once of each source and slot.
 */
export async function releaseWaiting(dependencies: ReleaseDependencies, logger: Logger): Promise<void> {
  const { staleAfterMinutes } = dependencies
  for (let taken = batchSize; taken === batchSize;) {
    taken = await transact(dependencies, async (tx) => {
      const released = await waitingReports.release(tx, { staleAfterMinutes, limit: batchSize })
      for (const { id, trace } of released) tx.enqueue(buildReport, { reportId: id }, { trace: trace ?? undefined })
      await notifyAdmins(tx, released, dependencies)
      return released.length
    })
    if (taken > 0) logger.info({ reports: taken }, 'reports that waited for newer data are released')
  }
}

async function notifyAdmins(tx: Tx, released: readonly ReleasedReport[], dependencies: ReleaseDependencies) {
  const stale = released.filter(({ isStale }) => isStale)
  const slots = new Map(stale.map((report) => [`${report.awaitedSourceId} ${report.plannedAt.getTime()}`, report]))
  for (const { plannedAt, awaitedSourceId: sourceId } of slots.values()) {
    if (!(await waitingReports.claimStaleSlot(tx, { plannedAt, sourceId }))) continue
    const source = await waitingReports.describeSource(tx, sourceId)
    const params = {
      plannedAt,
      zone: dependencies.scheduleZone,
      ...(source && { sender: source.sender, reportNumber: source.reportNumber }),
      ...(source?.heardAt && { heardAt: source.heardAt }),
    }
    for (const { chatId, personId } of await adminChats.list(tx, dependencies.policy.adminChatIds)) {
      const message = { kind: 'alert', audience: 'admin', chatId, personId } as const
      const { id } = await deliveries.insertMessage(tx, { ...message, notice: notice('reports_stale', params) })
      tx.enqueue(sendTelegram, { deliveryId: id }, { priority: deliveryPriority.alert })
    }
  }
}
