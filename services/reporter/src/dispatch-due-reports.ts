import { type DueSubscription, dueSubscriptions, noAccessNotices, reports, type SlotReport } from '@atermtrack/data'
import { type AccessPolicy, nextSlot, type PlannedSlot, type Slot, slotsBetween } from '@atermtrack/domain'
import { type Outbox, transact, type Tx } from '@atermtrack/outbox'
import { buildReport, deliveryPriority, type Handler, sendTelegram } from '@atermtrack/queue'
import type { Logger } from 'pino'

/** Subscriptions per transaction; their rows stay locked for as long as it lasts. */
const batchSize = 100
/** Rows per statement, far below the limit of bound values. */
const rowsPerInsert = 500
const lateAfterMs = 5 * 60_000
const putOffMs = 60 * 60_000

export interface DispatchDependencies extends Outbox {
  readonly policy: AccessPolicy
  /** Whether a mail server is configured. */
  readonly emailIsOn: boolean
}

/**
 * Turns every planned moment that has come into a row of the ledger of reports, and enqueues the workbooks: several missed
 * moments give one report for the newest, marked as late; the older ones are recorded as skipped. Any number of processes may run it at once.
 */
export function createDispatchDueReports(dependencies: DispatchDependencies): Handler<object> {
  return async (_payload, { logger }) => {
    for (;;) {
      const { claimed, waiting } = await dispatchBatch(dependencies, logger)
      if (waiting > 0) logger.info({ reports: waiting }, 'reports are due')
      if (claimed < batchSize) return
    }
  }
}

async function dispatchBatch(dependencies: DispatchDependencies, logger: Logger) {
  const { policy, emailIsOn } = dependencies
  return transact(dependencies, async (tx) => {
    const due = await dueSubscriptions.claim(tx, batchSize, policy)
    const plans = due.map((subscription) =>
      planOrPutOff({ ...subscription, hasEmail: subscription.hasEmail && emailIsOn }, logger),
    )
    const rows = plans.flatMap(({ slots }) => slots)
    let waiting = 0
    for (let start = 0; start < rows.length; start += rowsPerInsert) {
      const due = await reports.insertSlots(tx, rows.slice(start, start + rowsPerInsert))
      for (const { id } of due) tx.enqueue(buildReport, { reportId: id })
      waiting += due.length
    }
    await dueSubscriptions.advance(
      tx,
      plans.map(({ id, nextDueAt }) => ({ id, nextDueAt })),
    )
    const skipped = rows.filter(({ skippedBecause }) => skippedBecause !== undefined).length
    if (skipped > 0) logger.warn({ skipped }, 'reports are skipped')
    await notifyAboutAccess(tx, due)
    return { claimed: due.length, waiting }
  })
}

/** Notifies people who have lost access, once, that their reports have stopped. */
async function notifyAboutAccess(tx: Tx, due: readonly DueSubscription[]): Promise<void> {
  for (const { personId, name, access } of due) {
    const notice =
      access.kind === 'allowed' ? undefined : await noAccessNotices.insertOnce(tx, personId, { access, name })
    if (notice) tx.enqueue(sendTelegram, { deliveryId: notice.id }, { priority: deliveryPriority.alert })
  }
  const allowed = due.filter(({ access }) => access.kind === 'allowed')
  await noAccessNotices.forgetNotified(
    tx,
    allowed.map(({ personId }) => personId),
  )
}

interface ReportPlan {
  readonly id: number
  readonly slots: readonly SlotReport[]
  readonly nextDueAt: Date
}

/** One subscription that cannot be planned must not keep the reports of all others back. */
function planOrPutOff(subscription: DueSubscription, logger: Logger): ReportPlan {
  try {
    return planReports(subscription)
  } catch (error) {
    logger.error({ err: error, subscriptionId: subscription.id }, 'subscription cannot be planned, it is put off')
    return { id: subscription.id, slots: [], nextDueAt: new Date(subscription.now.getTime() + putOffMs) }
  }
}

/** Decides about each planned moment of a due subscription, and when the subscription is due again. */
export function planReports(subscription: DueSubscription): ReportPlan {
  const { id, zone, nextDueAt, now } = subscription
  const slots = subscription.slots as readonly Slot[]
  const planned = slotsBetween({ slots, zone, from: nextDueAt, until: now })
  const next = nextSlot({ slots, zone, after: now })
  if (!next) throw new Error(`subscription ${id} has no slots`)
  return {
    id,
    slots: planned.map((slot, index) => toReport(subscription, slot, index === planned.length - 1)),
    nextDueAt: next.plannedAt,
  }
}

function toReport(subscription: DueSubscription, planned: PlannedSlot, isNewest: boolean): SlotReport {
  const { id, personId, chatId, name, containers, now } = subscription
  const reason = isNewest ? reasonToSkip(subscription) : 'missed'
  return {
    subscriptionId: id,
    personId,
    chatId,
    name,
    containers,
    ...planned,
    late: now.getTime() - planned.plannedAt.getTime() > lateAfterMs,
    ...(reason !== undefined && { skippedBecause: reason }),
  }
}

function reasonToSkip({ access, isReachable, hasEmail }: DueSubscription): string | undefined {
  if (access.kind !== 'allowed') return 'access_denied'
  return isReachable || hasEmail ? undefined : 'unreachable'
}
