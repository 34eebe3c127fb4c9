import { noAccessNotices, reports } from '@atermtrack/data'
import type { Access, Allowed } from '@atermtrack/domain'
import type { Tx } from '@atermtrack/outbox'
import { deliveryPriority, sendTelegram } from '@atermtrack/queue'
import type { WorkbookRequest } from './report/build-workbooks.ts'

/** Ends a report whose reader has lost access; they are notified once. A group is not notified, nor is anybody about a report that is sent to nobody. */
export async function passOver(
  tx: Tx,
  { id, personId, group, name, isUnsent }: WorkbookRequest['report'],
  access: Exclude<Access, Allowed>,
): Promise<void> {
  if (!(await reports.end(tx, id, { status: 'skipped', reason: 'access_denied' })) || group || isUnsent) return
  const notice = await noAccessNotices.insertOnce(tx, personId, { access, name })
  if (notice) tx.enqueue(sendTelegram, { deliveryId: notice.id }, { priority: deliveryPriority.alert })
}
