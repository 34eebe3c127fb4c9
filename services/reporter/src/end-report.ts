import { type Db, deliveries, reports } from '@atermtrack/data'
import { type Notice, notice } from '@atermtrack/messages'
import { type Outbox, transact, type Tx } from '@atermtrack/outbox'
import { deliveryPriority, sendTelegram } from '@atermtrack/queue'
import type { WorkbookRequest } from './report/build-workbooks.ts'
import type { Prepared } from './schedule/prepare-report.ts'

type Waiting = WorkbookRequest['report']

/** A report that cannot be built. */
export interface Refusal {
  readonly kind: 'refused'
  readonly reason: string
  /** By default it has failed. */
  readonly status?: 'failed' | 'skipped'
  /** The notice that its reader gets instead of the report. */
  readonly notice: Notice
}

/** Ends a report that cannot be built and notifies its reader. */
export async function refuse(
  dependencies: Outbox & { readonly db: Db },
  { id, chatId, threadId, personId, isUnsent }: Waiting,
  { reason, status = 'failed', notice }: Omit<Refusal, 'kind'>,
): Promise<void> {
  await transact(dependencies, async (tx) => {
    if (!(await reports.end(tx, id, { status, reason })) || isUnsent) return
    const message = await deliveries.insertMessage(tx, { kind: 'answer', chatId, threadId, personId, notice })
    tx.enqueue(sendTelegram, { deliveryId: message.id }, { priority: deliveryPriority.answer })
  })
}

/** Ends a report that has nothing to say; where its reader wants to know, they get a message. */
export async function skip(
  dependencies: Outbox & { readonly db: Db },
  { id, chatId, threadId, personId, name, isUnsent }: Waiting,
  prepared: Exclude<Prepared, { kind: 'ready' }>,
): Promise<void> {
  await transact(dependencies, async (tx) => {
    if (!(await reports.end(tx, id, { status: 'skipped', reason: prepared.kind }))) return
    if (prepared.kind !== 'empty' || !prepared.isSaid || isUnsent) return
    const empty = notice('report_empty', { name })
    const message = await deliveries.insertMessage(tx, { kind: 'answer', chatId, threadId, personId, notice: empty })
    tx.enqueue(sendTelegram, { deliveryId: message.id }, { priority: deliveryPriority.answer })
  })
}

/** Ends a report whose reader may not have it, without a word. */
export async function endDenied(tx: Tx, { id }: Waiting): Promise<void> {
  await reports.end(tx, id, { status: 'skipped', reason: 'access_denied' })
}
