import {
  type DueSubscription,
  type DueTarget,
  dueSubscriptions,
  finishedItems,
  noAccessNotices,
  slotReports,
  type SlotReport,
  type SourceFreshness,
  sourceFreshness,
  subscriptionItems,
  subscriptionTargets,
} from '@atermtrack/data'
import { type AccessPolicy, waitsForDataUntil } from '@atermtrack/domain'
import { type Outbox, transact, type Tx } from '@atermtrack/outbox'
import { buildReport, deliveryPriority, type Handler, sendTelegram } from '@atermtrack/queue'
import type { Logger } from 'pino'
import { notifyAboutLists } from './list-notices.ts'
import { planReports, type ReportPlan } from './plan-reports.ts'
import { releaseWaiting } from './release-waiting.ts'

/** Subscriptions per transaction; their rows stay locked for as long as it lasts. A batch takes about ten statements. */
const batchSize = 500
/** Rows per statement, far below the limit of bound values. */
const rowsPerInsert = 1_000
const putOffMs = 60 * 60_000

export interface DispatchDependencies extends Outbox {
  readonly policy: AccessPolicy
  /** Whether a mail server is configured. */
  readonly emailIsOn: boolean
  readonly staleAfterMinutes: number
  /** How long a report waits for newer data where those of its slot are old. */
  readonly reportWaitMinutes: number
  /** Zone of the times in notices to admins. */
  readonly scheduleZone: string
}

/**
 * Turns every planned moment that has come into a row of the ledger of reports, and enqueues the workbooks. Several missed moments
 * give one report for the newest, marked as late; see `planSlots`. A report whose data are old waits for newer ones. Any number
 * of processes may run it at once.
 */
export function createDispatchDueReports(dependencies: DispatchDependencies): Handler<object> {
  return async (_payload, { logger }) => {
    await releaseWaiting(dependencies, logger)
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
    const waiting = await insertReports(tx, due, plans, dependencies)
    await dueSubscriptions.advance(
      tx,
      plans.map(({ id, nextDueAt }) => ({ id, nextDueAt })),
    )
    const skipped = plans.flatMap(({ slots }) => slots).filter(({ skippedBecause }) => skippedBecause !== undefined)
    if (skipped.length > 0) logger.warn({ skipped: skipped.length }, 'reports are skipped')
    await notifyAboutAccess(tx, due)
    return { claimed: due.length, waiting }
  })
}

/** Returns how many reports are to be built. */
async function insertReports(
  tx: Tx,
  due: readonly DueSubscription[],
  plans: readonly ReportPlan[],
  dependencies: DispatchDependencies,
): Promise<number> {
  const isGoing = ({ slots }: ReportPlan) => slots.some(({ skippedBecause }) => skippedBecause === undefined)
  const going = new Set(plans.filter(isGoing).map(({ id }) => id))
  const subscriptions = new Map(due.map((subscription) => [subscription.id, subscription]))
  const lists = due.filter(({ id, subject }) => going.has(id) && subject === 'containers').map(({ id }) => id)
  await notifyAboutLists(tx, subscriptions, await finishedItems.updateLists(tx, lists))
  const about = await lookUp(tx, lists, going.size > lists.length)
  const rows = plans.flatMap(({ slots }) =>
    slots.map((slot) => toRow(slot, { ...about, due: subscriptions.get(slot.subscriptionId), dependencies })),
  )
  let waiting = 0
  for (let start = 0; start < rows.length; start += rowsPerInsert) {
    const owners = await slotReports.insertSlots(tx, rows.slice(start, start + rowsPerInsert))
    const others = await insertForTargets(tx, owners, dependencies.policy)
    const built = [...owners, ...others].filter(({ notBefore }) => notBefore === null)
    for (const { id } of built) tx.enqueue(buildReport, { reportId: id })
    waiting += built.length
  }
  return waiting
}

interface About {
  readonly containers: ReadonlyMap<number, readonly string[]>
  readonly sources: ReadonlyMap<number, SourceFreshness>
  /** The newest source, for what is not a list of known containers. */
  readonly newest: SourceFreshness | undefined
}

async function lookUp(tx: Tx, lists: readonly number[], hasOthers: boolean): Promise<About> {
  const containers = await subscriptionItems.listContainers(tx, lists)
  const sources = await sourceFreshness.findOfLists(tx, lists)
  const newest = hasOthers || sources.size < lists.length ? await sourceFreshness.findNewest(tx) : undefined
  return { containers, sources, newest }
}

function toRow(
  slot: Omit<SlotReport, 'containers'>,
  {
    containers,
    sources,
    newest,
    due,
    dependencies,
  }: About & {
    readonly due: DueSubscription | undefined
    readonly dependencies: DispatchDependencies
  },
): SlotReport {
  const listed = containers.get(slot.subscriptionId) ?? []
  if (slot.skippedBecause !== undefined || !due) return { ...slot, containers: listed }
  const source = sources.get(slot.subscriptionId) ?? newest
  const { staleAfterMinutes, reportWaitMinutes: waitMinutes } = dependencies
  const gate = { plannedAt: slot.plannedAt, heardAt: source?.heardAt, staleAfterMinutes, waitMinutes, now: due.now }
  return { ...slot, containers: listed, notBefore: waitsForDataUntil(gate), awaitedSourceId: source?.sourceId }
}

/** The same slots for further readers; a colleague who has lost their access loses the subscription. */
async function insertForTargets(
  tx: Tx,
  owners: readonly slotReports.WaitingSlot[],
  policy: AccessPolicy,
): Promise<readonly slotReports.WaitingSlot[]> {
  const slots = new Map(owners.map(({ id, subscriptionId }) => [subscriptionId, id]))
  const ids = [...slots.keys()].filter((id) => id !== null)
  const targets = await subscriptionTargets.listDue(tx, ids, policy)
  const isLost = ({ access }: DueTarget) => access !== undefined && access.kind !== 'allowed'
  await subscriptionTargets.removeAll(
    tx,
    targets.filter(isLost).map(({ id }) => id),
  )
  const kept = targets.filter((target) => !isLost(target))
  return slotReports.insertForTargets(
    tx,
    kept.flatMap(({ id: targetId, subscriptionId, access: _access, ...target }) => {
      const slotReportId = slots.get(subscriptionId)
      return slotReportId === undefined ? [] : [{ ...target, slotReportId, targetId }]
    }),
  )
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

/** One subscription that cannot be planned must not keep the reports of all others back. */
function planOrPutOff(subscription: DueSubscription, logger: Logger): ReportPlan {
  try {
    return planReports(subscription)
  } catch (error) {
    logger.error({ err: error, subscriptionId: subscription.id }, 'subscription cannot be planned, it is put off')
    return { id: subscription.id, slots: [], nextDueAt: new Date(subscription.now.getTime() + putOffMs) }
  }
}
