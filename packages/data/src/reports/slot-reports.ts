import { sql } from 'kysely'
import type { Db } from '../platform/client.ts'
import { selectRows } from '../platform/statements/typed-rows.ts'

export interface SlotReport {
  readonly subscriptionId: number
  readonly personId: number
  readonly chatId: number
  readonly name: string
  /** Empty for a subject that is resolved when the report is built. */
  readonly containers: readonly string[]
  /** `YYYY-MM-DD` in the subscription's zone. */
  readonly localDate: string
  /** `HH:MM` in the subscription's zone. */
  readonly slot: string
  readonly plannedAt: Date
  readonly late: boolean
  /** Why this slot gets no report; undefined for one that is to be built. */
  readonly skippedBecause?: string
  /** It waits for newer data until then. */
  readonly notBefore?: Date | undefined
  readonly awaitedSourceId?: number | undefined
}

/** A report of a slot that waits to be built: at once, or when there are newer data. */
export interface WaitingSlot {
  readonly id: number
  readonly subscriptionId: number | null
  readonly notBefore: Date | null
}

/** Records slots of subscriptions, each once for ever; returns the new ones that wait for their workbook. */
export async function insertSlots(db: Db, slots: readonly SlotReport[]): Promise<readonly WaitingSlot[]> {
  if (slots.length === 0) return []
  const rows = await db
    .insertInto('report')
    .values(slots.map(toRow))
    .onConflict((conflict) => conflict.columns(['subscriptionId', 'localDate', 'slot']).doNothing())
    .returning(['id', 'subscriptionId', 'notBefore', 'status'])
    .execute()
  return rows.filter(({ status }) => status === 'pending').map(({ status: _status, ...row }) => row)
}

/**
 * Records slots by order of an admin: one that has no report yet gets one, and one that was skipped or failed is built now. One
 * that waits or was sent stays as it is. Returns those that are to be built.
 */
export async function forceSlots(db: Db, slots: readonly SlotReport[]): Promise<readonly WaitingSlot[]> {
  if (slots.length === 0) return []
  return db
    .insertInto('report')
    .values(slots.map(toRow))
    .onConflict((conflict) =>
      conflict
        .columns(['subscriptionId', 'localDate', 'slot'])
        .doUpdateSet((eb) => ({
          status: 'pending',
          reason: null,
          late: true,
          attempts: 0,
          startedBy: null,
          startedAlone: false,
          notBefore: null,
          enqueuedAt: sql<Date>`now()`,
          containers: eb.ref('excluded.containers'),
        }))
        .where('report.status', 'in', ['skipped', 'failed']),
    )
    .returning(['id', 'subscriptionId', 'notBefore'])
    .execute()
}

/** A further reader of a slot. */
export interface TargetReport {
  readonly slotReportId: number
  readonly targetId: number
  readonly chatId: number
  readonly threadId: number | null
  /** A colleague; undefined for a group, which has the owner's name on it. */
  readonly personId: number | undefined
}

/** Records the reports of further readers of slots, each once for ever; returns the new ones. */
export async function insertForTargets(db: Db, targets: readonly TargetReport[]): Promise<readonly WaitingSlot[]> {
  if (targets.length === 0) return []
  const column = <Key extends keyof TargetReport>(key: Key) => targets.map((target) => target[key] ?? null)
  const columns = {
    id: sql<number>`id`,
    subscriptionId: sql<number | null>`subscription_id`,
    notBefore: sql<Date | null>`not_before`,
  }
  return selectRows(
    db,
    columns,
    (list) => sql`
    insert into report (kind, person_id, chat_id, thread_id, subscription_id, name, containers, planned_at, late, not_before,
      awaited_source_id, slot_report_id, target_id)
    select 'slot', coalesce(target.person_id, report.person_id), target.chat_id, target.thread_id, report.subscription_id,
      report.name, report.containers, report.planned_at, report.late, report.not_before, report.awaited_source_id, report.id,
      target.target_id
    from unnest(${column('slotReportId')}::bigint[], ${column('targetId')}::bigint[], ${column('chatId')}::bigint[],
      ${column('threadId')}::bigint[], ${column('personId')}::bigint[])
      as target (slot_report_id, target_id, chat_id, thread_id, person_id)
    join report on report.id = target.slot_report_id
    on conflict (slot_report_id, target_id) where slot_report_id is not null do nothing
    returning ${list}`,
  )
}

function toRow({ skippedBecause, containers, ...slot }: SlotReport) {
  return {
    ...slot,
    containers: [...containers],
    kind: 'slot' as const,
    status: skippedBecause === undefined ? ('pending' as const) : ('skipped' as const),
    reason: skippedBecause ?? null,
    notBefore: slot.notBefore ?? null,
    awaitedSourceId: slot.awaitedSourceId ?? null,
  }
}
